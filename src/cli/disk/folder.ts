/** Writes a project's folder, all of it or nothing: a new one is made beside its place and renamed. */
import { mkdirSync, readdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import type { FileTree } from '#core/tree.ts';
import * as words from '#words/cli.ts';
import { refuse } from '../outcome.ts';
import { shown } from '../terminal.ts';
import type { Written } from './env.ts';
import { onDisk } from './errors.ts';
import { writeFiles } from './files.ts';
import { writeInto } from './into.ts';
import { makeParents, quietly, stats, temporaryName } from './paths.ts';

/** @throws Refused where a project cannot go, before anything is asked or rendered */
export function checkFolder(folder: string, force: boolean): void {
  onDisk(folder, () => {
    const found = stats(folder);
    if (!found) return;
    if (!stats(folder, true)?.isDirectory()) refuse('not-a-folder', words.notAFolder(shown(folder)));
    if (!force && readdirSync(folder).length > 0) refuse('folder-not-empty', words.notEmpty(shown(folder)));
  });
}

/** @returns what became of the files that were there */
export function writeFolder(folder: string, tree: FileTree, force: boolean): Written {
  checkFolder(folder, force);
  return onDisk(folder, () => (stats(folder) ? writeInto(realpathSync(folder), tree) : writeNew(folder, tree)));
}

function writeNew(folder: string, tree: FileTree): Written {
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
  return { kept: [], removed: [], left: [] };
}
