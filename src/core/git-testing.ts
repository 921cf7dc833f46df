/** Trees on a disk, and what the real git makes of a patch there. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { compareTrees } from './compare.ts';
import { patchOf, unpatched } from './diff.ts';
import { fill, holdsSecrets } from './fill.ts';
import type { FileTree, ProjectFile } from './tree.ts';

type Listed = Pick<ProjectFile, 'path' | 'mode' | 'content'>;

/** What a disk holds of a tree, in one order. */
export function listed(tree: FileTree): Listed[] {
  return tree.map(({ path, mode, content }) => ({ path, mode, content })).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** As it was downloaded: with secrets of its own. */
export const downloaded = (tree: FileTree): FileTree => fill(tree, (count) => randomBytes(count));

/** What the patch is to make of a download: the other tree, and files with secrets as they were. */
export function patched(before: FileTree, after: FileTree, disk: FileTree): FileTree {
  const left = new Set(unpatched(compareTrees(before, after)));
  const was = new Set(before.filter(holdsSecrets).map(({ path }) => path));
  const kept = disk.filter(({ path }) => left.has(path) || was.has(path));
  const paths = new Set(kept.map(({ path }) => path));
  return [...after.filter(({ path }) => !left.has(path) && !paths.has(path)), ...kept];
}

/** Each pair in a folder of its own, so that one run of git proves all of them. */
export function together(pairs: readonly (readonly [FileTree, FileTree])[]): [FileTree, FileTree] {
  const side = (at: 0 | 1): FileTree =>
    pairs.flatMap((pair, index) => pair[at].map((file) => ({ ...file, path: `p${index}/${file.path}` })));
  return [side(0), side(1)];
}

/** The tree that `git apply` makes of what is on the disk and the patch between two trees. */
export function appliedByGit(before: FileTree, after: FileTree, disk: FileTree = before): Listed[] {
  const folder = mkdtempSync(join(tmpdir(), 'stackwright-patch-'));
  try {
    for (const { path, content, mode } of listed(disk)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content, { mode: Number.parseInt(mode, 8) });
    }
    execFileSync('git', ['apply', '--whitespace=nowarn', '-'], {
      cwd: folder,
      input: patchOf(compareTrees(before, after)),
      // Of a person's own settings, and of a checkout around it, git knows nothing here.
      env: {
        PATH: process.env.PATH,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CEILING_DIRECTORIES: dirname(folder),
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile())
      .map((path) => ({
        path: relative(folder, path),
        mode: statSync(path).mode & 0o100 ? ('755' as const) : ('644' as const),
        content: readFileSync(path, 'utf8'),
      }))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
