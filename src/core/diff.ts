/** The lines that differ between two trees, and the patch that `git apply` makes the one of the other with. */
// Myers' algorithm with git's own patch format: alive, without dependencies, 4 KB.
import { diffLines, FILE_HEADERS_ONLY, formatPatch, type StructuredPatch, structuredPatch } from 'diff';
import { type FileChange, type LineCount, textOf } from './compare.ts';
import { holdsSecrets } from './fill.ts';
import type { ProjectFile } from './tree.ts';

export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
  /** Its number in the file before, and in the one after; a line that is the same has both. */
  readonly before?: number;
  readonly after?: number;
  /** The last of a file that ends without a newline. */
  readonly unended?: true;
}

/** Every line of both files; of a change what goes stands before what comes. */
export function linesOf({ before, after }: FileChange): DiffLine[] {
  const at = { before: 0, after: 0 };
  return diffLines(textOf(before), textOf(after)).flatMap(({ value, added, removed }) => {
    const kind = added ? 'added' : removed ? 'removed' : 'same';
    return value.split(/(?<=\n)/).flatMap((line): DiffLine[] => {
      if (line === '') return [];
      if (kind !== 'added') at.before += 1;
      if (kind !== 'removed') at.after += 1;
      return [
        {
          kind,
          text: line.replace(/\n$/, ''),
          ...(kind === 'added' ? {} : { before: at.before }),
          ...(kind === 'removed' ? {} : { after: at.after }),
          ...(line.endsWith('\n') ? {} : { unended: true }),
        },
      ];
    });
  });
}

export function countLines(change: FileChange): LineCount {
  // A file that came or went needs no comparing.
  const all = (file: ProjectFile | undefined): number =>
    textOf(file)
      .split(/(?<=\n)/)
      .filter(Boolean).length;
  if (change.kind !== 'changed') return { added: all(change.after), removed: all(change.before) };
  return diffLines(textOf(change.before), textOf(change.after)).reduce(
    (sum, { added, removed, count }) => ({
      added: sum.added + (added ? count : 0),
      removed: sum.removed + (removed ? count : 0),
    }),
    { added: 0, removed: 0 },
  );
}

/**
 * A unified patch in git's form, of every file but those of `unpatched`: it fits what was downloaded, whatever
 * the secrets there are.
 */
export function patchOf(changes: readonly FileChange[]): string {
  return changes
    .filter((change) => !hasSecrets(change))
    .map(filePatch)
    .join('');
}

/** Files that differ and hold secrets. Those are made on the person's machine, so no patch could know the lines around. */
export function unpatched(changes: readonly FileChange[]): string[] {
  return changes.filter(hasSecrets).map(({ path }) => path);
}
const hasSecrets = ({ before, after }: FileChange): boolean =>
  [before, after].some((file) => file !== undefined && holdsSecrets(file));

function filePatch(change: FileChange): string {
  const { path, kind, before, after } = change;
  const name = (side: 'a' | 'b', file: ProjectFile | undefined): string => (file ? `${side}/${path}` : '/dev/null');
  const mode = (file: ProjectFile | undefined): string => `100${file?.mode ?? '644'}`;
  const patch: StructuredPatch = {
    ...structuredPatch(name('a', before), name('b', after), textOf(before), textOf(after), undefined, undefined, {
      context: 3,
    }),
    isGit: true,
    ...(kind === 'added' ? { isCreate: true, newMode: mode(after) } : {}),
    ...(kind === 'removed' ? { isDelete: true, oldMode: mode(before) } : {}),
    ...(kind === 'changed' && before?.mode !== after?.mode ? { oldMode: mode(before), newMode: mode(after) } : {}),
  };
  return formatPatch(patch, FILE_HEADERS_ONLY);
}
