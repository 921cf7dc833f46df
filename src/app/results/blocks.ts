/**
 * A file's lines in blocks that end where the text itself takes a breath: one that moves down because something was
 * added above it stays the block it was.
 */
import type { Span } from '#core/marks.ts';
import type { Token } from './colour.ts';

export interface Block {
  /** What its first line says, and how often a block above begins so. */
  readonly key: string;
  /** The number of its first line, from 1. */
  readonly from: number;
  readonly lines: readonly (readonly Token[])[];
  /** Equal in blocks that look the same. */
  readonly looks: string;
}

/** A paragraph without end is cut after so many lines. */
const LONGEST = 10;

/** All lines in order; a block ends behind the blank lines that follow its text. */
export function blocksOf(lines: readonly (readonly Token[])[]): Block[] {
  const times = new Map<string, number>();
  const blocks: Block[] = [];
  let begin = 0;
  lines.forEach((line, at) => {
    const next = lines[at + 1];
    const breathes = line.length === 0 && next !== undefined && next.length > 0;
    if (next !== undefined && !breathes && at + 1 - begin < LONGEST) return;
    const own = lines.slice(begin, at + 1);
    const first = own[0]?.map(({ text }) => text).join('') ?? '';
    const time = (times.get(first) ?? 0) + 1;
    times.set(first, time);
    const looks = own.map((tokens) => tokens.map(({ kind, text }) => `${kind} ${text}`).join('\t')).join('\n');
    blocks.push({ key: `${time} ${first}`, from: begin + 1, lines: own, looks });
    begin = at + 1;
  });
  return blocks;
}

export interface LitBlock extends Block {
  /** A plus for each line that lights up. */
  readonly lit: string;
}

export function litBy(blocks: readonly Block[], spans: readonly Span[]): LitBlock[] {
  const isLit = (line: number): boolean => spans.some(({ fromLine, toLine }) => fromLine <= line && line <= toLine);
  return blocks.map((block) => ({
    ...block,
    lit: block.lines.map((_, at) => (isLit(block.from + at) ? '+' : '-')).join(''),
  }));
}

/** The blocks of now as far as this line, and below them those of before: nothing that is out of sight has to change at once. */
export function spliced(now: readonly LitBlock[], before: readonly LitBlock[], line: number): readonly LitBlock[] {
  const due = now.filter(({ from }) => from <= line);
  // Where the text ends in sight, nothing may stand below it.
  if (due.length === now.length) return now;
  const keys = new Set(due.map(({ key }) => key));
  return [...due, ...before.slice(before.findLastIndex(({ key }) => keys.has(key)) + 1)];
}
