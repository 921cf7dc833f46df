/** What the pane shows of a comparison, each made once and only when it is asked for. */
import type { FileChange } from '#core/compare.ts';
import { countLines, type DiffLine, type LineCount, linesOf } from '#core/diff.ts';

function once<T>(make: (change: FileChange) => T): (change: FileChange) => T {
  const known = new WeakMap<FileChange, { readonly value: T }>();
  return (change) => {
    const entry = known.get(change) ?? { value: make(change) };
    known.set(change, entry);
    return entry.value;
  };
}

export const countIn: (change: FileChange) => LineCount = once(countLines);
export const linesIn: (change: FileChange) => readonly DiffLine[] = once(linesOf);

export function total(changes: readonly FileChange[]): LineCount {
  return changes.map(countIn).reduce((a, b) => ({ added: a.added + b.added, removed: a.removed + b.removed }), {
    added: 0,
    removed: 0,
  });
}

/** By folder, each with its files: paths are sorted, and files at the top come first. */
export function byFolder(changes: readonly FileChange[]): readonly (readonly [string, readonly FileChange[]])[] {
  const folders = new Map<string, FileChange[]>();
  for (const change of changes) {
    const folder = change.path.slice(0, change.path.lastIndexOf('/') + 1);
    folders.set(folder, [...(folders.get(folder) ?? []), change]);
  }
  return [...folders].sort(([a], [b]) => (a < b ? -1 : 1));
}
