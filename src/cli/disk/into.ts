/** Writes a project into a folder that is there: all files move in, or all that moved moves back. */
import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type FileTree, isEnv } from '#core/tree.ts';
import * as words from '#words/cli.ts';
import { refuse } from '../outcome.ts';
import { shown } from '../terminal.ts';
import { earlierFiles, removeEmptied } from './earlier.ts';
import { lackingIn, type Written } from './env.ts';
import { writeFiles } from './files.ts';
import { makeParents, quietly, stats, temporaryName } from './paths.ts';

/** A person's `.env` is kept: it may hold the only copy of a password. */
export function writeInto(root: string, tree: FileTree): Written {
  const kept = tree.filter(({ path }) => isEnv(path) && stats(join(root, path)));
  const files = tree.filter((file) => !kept.includes(file));
  for (const { path } of files) refuseObstacles(root, path);
  const earlier = earlierFiles(root, tree);
  const staging = temporaryName(join(root, 'new'));
  const undo: (() => void)[] = [];
  try {
    mkdirSync(join(staging, 'old'), { recursive: true });
    writeFiles(join(staging, 'new'), files);
    files.forEach(({ path }, index) => {
      const target = join(root, path);
      undo.push(makeParents(target));
      if (stats(target)) {
        const old = join(staging, 'old', String(index));
        renameSync(target, old);
        undo.push(() => renameSync(old, target));
      }
      renameSync(join(staging, 'new', path), target);
      undo.push(() => rmSync(target, { force: true }));
    });
    earlier.unchanged.forEach((path, index) => {
      const old = join(staging, 'old', `gone-${index}`);
      renameSync(join(root, path), old);
      undo.push(() => renameSync(old, join(root, path)));
    });
  } catch (error) {
    // What could not be moved back is still in the staging folder, so that then stays.
    if (!undo.toReversed().map(quietly).every(Boolean))
      refuse('left-behind', words.leftBehind(shown(join(staging, 'old'))));
    quietly(() => rmSync(staging, { recursive: true, force: true }));
    throw error;
  }
  rmSync(staging, { recursive: true, force: true });
  removeEmptied(root, earlier.unchanged);
  return {
    kept: kept.map(({ path, content }) => ({ path, lacking: lackingIn(readKept(join(root, path)), content) })),
    removed: earlier.unchanged,
    left: earlier.changed,
  };
}

/** A link is not followed, so its settings count as lacking. */
function readKept(path: string): string {
  return stats(path)?.isFile() ? readFileSync(path, 'utf8') : '';
}

/** Neither a folder that is really a link out of the project, nor a folder where a file has to go. */
function refuseObstacles(root: string, path: string): void {
  const parts = path.split('/');
  parts.forEach((_, index) => {
    const place = join(root, ...parts.slice(0, index + 1));
    const found = stats(place);
    const isLast = index === parts.length - 1;
    if (!found || (isLast ? !found.isDirectory() : found.isDirectory())) return;
    refuse(
      'in-the-way',
      isLast ? words.folderInTheWay(shown(place)) : words.fileInTheWay(shown(place), found.isSymbolicLink()),
    );
  });
}
