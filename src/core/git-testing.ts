/** Trees on a disk, and what the real git makes of a patch there. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { textOf } from './compare.ts';
import { patchOf } from './diff.ts';
import type { FileTree, ProjectFile } from './tree.ts';

type Listed = Pick<ProjectFile, 'path' | 'mode' | 'content'>;

/** What a patch speaks of, in one order. */
export function listed(tree: FileTree): Listed[] {
  return tree
    .map((file) => ({ path: file.path, mode: file.mode, content: textOf(file) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Each pair in a folder of its own, so that one run of git proves all of them. */
export function together(pairs: readonly (readonly [FileTree, FileTree])[]): [FileTree, FileTree] {
  const side = (at: 0 | 1): FileTree =>
    pairs.flatMap((pair, index) => pair[at].map((file) => ({ ...file, path: `p${index}/${file.path}` })));
  return [side(0), side(1)];
}

/** The tree that `git apply` makes of the one before and the patch between them. */
export function appliedByGit(before: FileTree, after: FileTree): Listed[] {
  const folder = mkdtempSync(join(tmpdir(), 'stackwright-patch-'));
  try {
    for (const { path, content, mode } of listed(before)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content, { mode: Number.parseInt(mode, 8) });
    }
    execFileSync('git', ['apply', '--whitespace=nowarn', '-'], {
      cwd: folder,
      input: patchOf(before, after),
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
