/** What the pane shows of a comparison, each made once and only when it is asked for. */
import { addCounts, type FileChange, type LineCount } from '#core/compare.ts';
import { countLines, type DiffLine, linesOf } from '#core/diff.ts';

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
  return changes.map(countIn).reduce(addCounts, { added: 0, removed: 0 });
}
