/**
 * Provenance marks: while a template renders, values and blocks stand between private-use characters that
 * say where they came from. Afterwards the marks become line spans, and the text is clean.
 */
import type { Source } from './facts.ts';

const OPEN = '\ue000';
const INDEX_END = '\ue001';
const CLOSE = '\ue002';
/** A secret's slot in `.env`: `\ue003NAME:BYTES\ue004`, filled on the person's machine. */
export const SLOT_OPEN = '\ue003';
export const SLOT_CLOSE = '\ue004';

/** Any character a mark or slot could be made of; none may come in with a text. */
export const MARK_CHARACTER = /[\ue000-\ue00f]/;
const MARK_CHARACTERS = new RegExp(MARK_CHARACTER, 'g');
/** Where something happens while marks are taken out. */
const STOPS = /[\ue000\ue002\n]/g;

/** A text from anywhere, with none that could be taken for a mark. */
export function withoutMarks(text: string): string {
  return MARK_CHARACTER.test(text) ? text.replace(MARK_CHARACTERS, '\ufffd') : text;
}

/** Lines `fromLine` to `toLine`, counted from 1, both included. */
export interface Span {
  readonly fromLine: number;
  readonly toLine: number;
  readonly from: readonly Source[];
}

/** Collects the sources of one rendering and writes the marks. */
export class Marker {
  readonly #sources: (readonly Source[])[] = [];

  mark(text: string, from: readonly Source[]): string {
    if (from.length === 0) return text;
    this.#sources.push(from);
    return `${OPEN}${this.#sources.length - 1}${INDEX_END}${text}${CLOSE}`;
  }

  /**
   * Takes the marks out; every line without one belongs to `owner`.
   * @param everywhere the owner stands at every line: the file is not always there
   */
  unmark(marked: string, owner: Source, everywhere = false): { text: string; spans: Span[] } {
    const alone = [owner];
    const open: (readonly Source[])[] = [];
    let touched = new Set<readonly Source[]>();
    const lines: (readonly Source[])[] = [];
    const parts: string[] = [];
    let lineStart = true;
    // Most lines stand in one mark, and its next line in the same.
    const ofOne = new Map<readonly Source[], readonly Source[]>();
    const settled = (sources: ReadonlySet<readonly Source[]>): readonly Source[] => {
      const [first = alone] = sources;
      const before = sources.size === 1 ? ofOne.get(first) : undefined;
      const from = before ?? joined(sources, owner, everywhere);
      if (sources.size === 1) ofOne.set(first, from);
      return from;
    };
    const take = (piece: string): void => {
      if (piece === '') return;
      for (const from of open) touched.add(from);
      parts.push(piece);
      lineStart = false;
    };
    const endLine = (): void => {
      lines.push(touched.size === 0 ? alone : settled(touched));
      if (touched.size > 0) touched = new Set();
      lineStart = true;
    };
    let at = 0;
    for (const { 0: stop, index } of marked.matchAll(STOPS)) {
      // The digits of a mark that was just read lie behind.
      if (index < at) continue;
      take(marked.slice(at, index));
      at = index + 1;
      if (stop === OPEN) {
        const end = marked.indexOf(INDEX_END, at);
        const from = this.#sources[Number(marked.slice(at, end))] ?? [];
        open.push(from);
        at = end + 1;
        // A block that came to nothing still decided how this line looks, unless the line has not begun.
        if (marked.charAt(at) === CLOSE && !lineStart) touched.add(from);
      } else if (stop === CLOSE) {
        open.pop();
      } else {
        take(stop);
        endLine();
      }
    }
    take(marked.slice(at));
    if (!lineStart) endLine();
    return { text: parts.join(''), spans: spansOf(lines) };
  }
}

function joined(touched: ReadonlySet<readonly Source[]>, owner: Source, everywhere: boolean): readonly Source[] {
  return distinct([...(everywhere ? [owner] : []), ...[...touched].flat()]);
}

/** Each source once, in one order. */
export function distinct(sources: readonly Source[]): readonly Source[] {
  const named = new Map(sources.map((source) => [`${source.module}.${source.option ?? ''}`, source]));
  return [...named.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, source]) => source);
}

/** Neighbouring lines with the same sources become one span. */
export function spansOf(lines: readonly (readonly Source[])[]): Span[] {
  const spans: { fromLine: number; toLine: number; from: readonly Source[] }[] = [];
  lines.forEach((from, index) => {
    const last = spans.at(-1);
    if (last && (last.from === from || JSON.stringify(last.from) === JSON.stringify(from))) last.toLine = index + 1;
    else spans.push({ fromLine: index + 1, toLine: index + 1, from });
  });
  return spans;
}
