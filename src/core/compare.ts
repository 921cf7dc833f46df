/** Which files differ between two trees. The lines within them, which cost more, are in `diff.ts`. */
import { withoutSecrets } from './fill.ts';
import { type FileTree, isEnv, MANIFEST_PATH, type ProjectFile } from './tree.ts';

export type ChangeKind = 'added' | 'removed' | 'changed';

/** Without either text only the files are known, not their lines. */
export interface FileChange {
  readonly path: string;
  readonly kind: ChangeKind;
  readonly before?: ProjectFile;
  readonly after?: ProjectFile;
}

/** How many lines of a file came and went. */
export interface LineCount {
  readonly added: number;
  readonly removed: number;
}
export const addCounts = (a: LineCount, b: LineCount): LineCount => ({
  added: a.added + b.added,
  removed: a.removed + b.removed,
});

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

/** A project as it was found, by somebody who has it already. */
export interface Found {
  /** Mode and SHA-256 by path, as a manifest lists them: what is left of all that was made. */
  readonly files: Readonly<Record<string, string>>;
  /** Its texts, where they are at hand, and with them those of its own. */
  readonly tree?: FileTree;
  /** Changed by hand since it was made. */
  readonly edited: readonly string[];
}

/** Secrets are nobody's to compare, and files of its own are only where one that is made now would take their place. */
export function changesSince({ files, tree }: Found, now: FileTree): FileChange[] {
  const made = now.filter(({ path }) => !isEnv(path));
  if (!tree) return compareListed(files, listedIn(now));
  const paths = new Set(made.map(({ path }) => path));
  return compareTrees(
    tree.filter(({ path }) => Object.hasOwn(files, path) || paths.has(path)),
    made,
  );
}

/** A tree's own manifest, its last file to be made, lists all the others. */
function listedIn(tree: FileTree): Found['files'] {
  const manifest = tree.find(({ path }) => path === MANIFEST_PATH)?.content ?? '{}';
  return (JSON.parse(manifest) as { files?: Found['files'] }).files ?? {};
}

function compareListed(was: Found['files'], is: Found['files']): FileChange[] {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].sort().flatMap((path): FileChange[] => {
    if (!Object.hasOwn(is, path)) return [{ path, kind: 'removed' }];
    if (!Object.hasOwn(was, path)) return [{ path, kind: 'added' }];
    return was[path] === is[path] ? [] : [{ path, kind: 'changed' }];
  });
}
