/**
 * Writes a project's folder, all of it or nothing: a new folder is made beside its place and renamed; into
 * a folder that is there, files are moved one by one and moved back if one cannot be.
 */
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ENV_PATH, type FileTree, type ProjectFile } from '#core/tree.ts';
import * as words from '#words/cli.ts';
import { refuse } from '../outcome.ts';
import { shown } from '../terminal.ts';
import { type Kept, lackingIn } from './env.ts';
import { onDisk } from './errors.ts';

/** @throws Refused where a project cannot go, before anything is asked or rendered */
export function checkFolder(folder: string, force: boolean): void {
  onDisk(folder, () => {
    const found = stats(folder);
    if (!found) return;
    if (!stats(folder, true)?.isDirectory()) refuse('not-a-folder', words.notAFolder(shown(folder)));
    if (!force && readdirSync(folder).length > 0) refuse('folder-not-empty', words.notEmpty(shown(folder)));
  });
}

/** @returns files that were there and were kept */
export function writeFolder(folder: string, tree: FileTree, force: boolean): readonly Kept[] {
  checkFolder(folder, force);
  return onDisk(folder, () => (stats(folder) ? writeInto(realpathSync(folder), tree) : writeNew(folder, tree)));
}

/** @param followed what a symbolic link leads to, instead of the link */
export function stats(path: string, followed = false): Stats | undefined {
  try {
    return lstatSync(followed ? realpathSync(path) : path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Makes the folders above `path`. @returns takes back those that were not there before */
export function makeParents(path: string): () => void {
  const made: string[] = [];
  const undo = (): void => made.toReversed().forEach((folder) => quietly(() => rmdirSync(folder)));
  const make = (folder: string): void => {
    if (stats(folder, true)) return;
    make(dirname(folder));
    mkdirSync(folder);
    made.push(folder);
  };
  try {
    make(dirname(path));
  } catch (error) {
    undo();
    throw error;
  }
  return undo;
}

/** For tidying up after a failure, which must not hide it. */
export function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // The failure itself is what counts.
  }
}

/** Beside `path`, so that renaming it there is one step. */
export function temporaryName(path: string): string {
  return join(dirname(path), `.stackwright-${randomBytes(6).toString('hex')}`);
}

function writeNew(folder: string, tree: FileTree): readonly Kept[] {
  const undoParents = makeParents(folder);
  const temporary = temporaryName(folder);
  try {
    mkdirSync(temporary);
    writeFiles(temporary, tree);
    renameSync(temporary, folder);
  } catch (error) {
    quietly(() => rmSync(temporary, { recursive: true, force: true }));
    undoParents();
    throw error;
  }
  return [];
}

function writeFiles(root: string, tree: FileTree): void {
  for (const file of tree) {
    const path = join(root, file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file.content, { mode: modeOf(file), flag: 'wx' });
    // Secrets are nobody else's, whatever the umask.
    if (isEnv(file.path)) chmodSync(path, 0o600);
  }
}

const isEnv = (path: string): boolean => basename(path) === ENV_PATH;
const modeOf = (file: ProjectFile): number => (isEnv(file.path) ? 0o600 : Number.parseInt(file.mode, 8));

/** A person's `.env` is kept: it may hold the only copy of a password. */
function writeInto(root: string, tree: FileTree): readonly Kept[] {
  const kept = tree.filter(({ path }) => isEnv(path) && stats(join(root, path)));
  const files = tree.filter((file) => !kept.includes(file));
  for (const { path } of files) refuseObstacles(root, path);
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
  } catch (error) {
    undo.reverse().forEach(quietly);
    quietly(() => rmSync(staging, { recursive: true, force: true }));
    throw error;
  }
  rmSync(staging, { recursive: true, force: true });
  return kept.map(({ path, content }) => ({ path, lacking: lackingIn(readKept(join(root, path)), content) }));
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
    refuse('in-the-way', isLast ? words.folderInTheWay(shown(place)) : words.fileInTheWay(shown(place), found.isSymbolicLink()));
  });
}
