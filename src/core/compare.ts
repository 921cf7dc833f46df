/** Which files differ between two trees. The lines within them, which cost more, are in `diff.ts`. */
import { withoutSecrets } from './fill.ts';
import type { FileTree, ProjectFile } from './tree.ts';

export type ChangeKind = 'added' | 'removed' | 'changed';

export interface FileChange {
  readonly path: string;
  readonly kind: ChangeKind;
  readonly before?: ProjectFile;
  readonly after?: ProjectFile;
}

/** What a person may read of a file: secrets are words, whoever compares. */
export const textOf = (file: ProjectFile | undefined): string => withoutSecrets(file?.content ?? '');

/** Sorted by path; a file that only has another mode is changed, too. */
export function compareTrees(before: FileTree, after: FileTree): FileChange[] {
  const was = new Map(before.map((file) => [file.path, file]));
  const is = new Map(after.map((file) => [file.path, file]));
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((path): FileChange[] => {
    const [old, now] = [was.get(path), is.get(path)];
    if (!now) return old ? [{ path, kind: 'removed', before: old }] : [];
    if (!old) return [{ path, kind: 'added', after: now }];
    return isSame(old, now) ? [] : [{ path, kind: 'changed', before: old, after: now }];
  });
}

function isSame(one: ProjectFile, other: ProjectFile): boolean {
  return one.mode === other.mode && (one.content === other.content || textOf(one) === textOf(other));
}
