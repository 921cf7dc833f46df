/** Small steps on the disk that can be taken back. */
import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, realpathSync, rmdirSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';

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
  const undo = (): void => {
    for (const folder of made.toReversed()) quietly(() => rmdirSync(folder));
  };
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

/** For tidying up after a failure, which must not hide it. @returns whether it went well */
export function quietly(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

/** Beside `path`, so that renaming it there is one step. */
export function temporaryName(path: string): string {
  return join(dirname(path), `.stackwright-${randomBytes(6).toString('hex')}`);
}
