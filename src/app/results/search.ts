/** A literal search in the names and texts of the files. */
import { withoutSecrets } from '#core/fill.ts';
import type { FileTree, ProjectFile } from '#core/tree.ts';

/** A text with the parts of it that were looked for. */
export type Pieces = readonly { readonly text: string; readonly isHit: boolean }[];
export interface Hit {
  readonly line: number;
  readonly pieces: Pieces;
}
export interface FileHits {
  readonly path: string;
  readonly name: Pieces;
  readonly hits: readonly Hit[];
}
export interface Found {
  /** At most {@link SHOWN} lines in all. */
  readonly files: readonly FileHits[];
  readonly lines: number;
  readonly names: number;
  /** Files with a hit in name or text. */
  readonly inFiles: number;
  readonly shown: number;
}

/** More than anyone reads; whoever gets more narrows the search down. */
export const SHOWN = 200;
/** Around a hit in a long line. */
const BEFORE = 24;
const LONGEST = 160;

export function expressionOf(query: string, matchesCase: boolean): RegExp {
  return new RegExp(query.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'), matchesCase ? 'g' : 'gi');
}

/** Searches file by file, so that whoever calls can let others have their turn in between. */
export function* searching(tree: FileTree, query: string, matchesCase: boolean): Generator<undefined, Found> {
  const expression = expressionOf(query, matchesCase);
  const files: FileHits[] = [];
  let [lines, names, inFiles, shown] = [0, 0, 0, 0];
  for (const file of tree) {
    const name = piecesOf(file.path, expression);
    const isNamed = name.some(({ isHit }) => isHit);
    const found = linesWith(file, expression);
    if (isNamed || found.length > 0) {
      const hits = found
        .slice(0, SHOWN - shown)
        .map(({ line, text }) => ({ line, pieces: piecesOf(excerpt(text, expression), expression) }));
      inFiles += 1;
      names += isNamed ? 1 : 0;
      lines += found.length;
      if (files.length < SHOWN && (isNamed || hits.length > 0)) files.push({ path: file.path, name, hits });
      shown += hits.length;
    }
    yield;
  }
  return { files, lines, names, inFiles, shown };
}

function linesWith(file: ProjectFile, expression: RegExp): { line: number; text: string }[] {
  const content = withoutSecrets(file.content);
  const found: { line: number; text: string }[] = [];
  let [line, start] = [1, 0];
  expression.lastIndex = 0;
  for (let match = expression.exec(content); match; match = expression.exec(content)) {
    let end = content.indexOf('\n', start);
    while (end >= 0 && end < match.index) {
      line += 1;
      start = end + 1;
      end = content.indexOf('\n', start);
    }
    found.push({ line, text: content.slice(start, end < 0 ? undefined : end) });
    if (end < 0) break;
    // A line is one hit, however often it says it.
    expression.lastIndex = end + 1;
  }
  return found;
}

/** Without the indentation, and of a long line what stands around its first hit. */
function excerpt(text: string, expression: RegExp): string {
  const trimmed = text.trim();
  if (trimmed.length <= LONGEST) return trimmed;
  expression.lastIndex = 0;
  const at = Math.max(0, (expression.exec(trimmed)?.index ?? 0) - BEFORE);
  return `${at > 0 ? '…' : ''}${trimmed.slice(at, at + LONGEST)}${at + LONGEST < trimmed.length ? '…' : ''}`;
}

function piecesOf(text: string, expression: RegExp): Pieces {
  const pieces: { text: string; isHit: boolean }[] = [];
  let at = 0;
  // `matchAll` would begin where the search before stopped.
  expression.lastIndex = 0;
  for (const match of text.matchAll(expression)) {
    if (match.index > at) pieces.push({ text: text.slice(at, match.index), isHit: false });
    pieces.push({ text: match[0], isHit: true });
    at = match.index + match[0].length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), isHit: false });
  return pieces;
}
