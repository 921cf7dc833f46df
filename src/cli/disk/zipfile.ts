/** Writes the zip: beside its place first, then renamed, so that it is there whole or not at all. */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import * as words from '#words/cli.ts';
import { refuse } from '../outcome.ts';
import { shown } from '../terminal.ts';
import { onDisk } from './errors.ts';
import { makeParents, quietly, stats, temporaryName } from './paths.ts';

/** @throws Refused where the zip cannot go, before anything is asked or rendered */
export function checkZip(file: string, force: boolean): void {
  const found = onDisk(file, () => stats(file));
  if (found?.isDirectory()) refuse('is-a-folder', words.zipIsFolder(shown(file)));
  // A device would be replaced by a file, and so would a link to one, such as /dev/stdout.
  if (found && !found.isFile()) refuse('not-a-file', words.zipIsNoFile(shown(file)));
  if (found && !force) refuse('file-exists', words.zipExists(shown(file)));
}

export function writeZip(file: string, bytes: Uint8Array, force: boolean): void {
  checkZip(file, force);
  onDisk(file, () => {
    const undoParents = makeParents(file);
    const temporary = temporaryName(file);
    try {
      writeFileSync(temporary, bytes, { flag: 'wx' });
      renameSync(temporary, file);
    } catch (error) {
      quietly(() => rmSync(temporary, { force: true }));
      undoParents();
      throw error;
    }
  });
}
