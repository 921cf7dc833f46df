/** Reads a project that stackwright made, from a folder. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Manifest, readManifest } from '#core/manifest.ts';
import type { History } from '#core/plan.ts';
import { MANIFEST_PATH } from '#core/tree.ts';
import { manifestRefusal } from '#words/cli.ts';
import { onDisk } from './disk/errors.ts';
import { stats } from './disk/paths.ts';
import { refuse } from './outcome.ts';
import { shown } from './terminal.ts';

export function hasManifest(folder: string): boolean {
  return onDisk(
    folder,
    () => stats(folder, true)?.isDirectory() === true && stats(join(folder, MANIFEST_PATH), true)?.isFile() === true,
  );
}

/** @throws Refused where there is none, or one that cannot be read */
export function manifestOf(folder: string): Manifest {
  const path = join(folder, MANIFEST_PATH);
  if (!hasManifest(folder)) {
    const isFolder = onDisk(path, () => stats(path, true)?.isDirectory() === true);
    const why = isFolder ? 'a-folder' : 'absent';
    refuse(why, manifestRefusal(why, shown(path)));
  }
  const manifest = readManifest(onDisk(path, () => readFileSync(path, 'utf8')));
  if ('refusal' in manifest) refuse(manifest.refusal, manifestRefusal(manifest.refusal, shown(path)));
  return manifest;
}

/** What the project in a folder remembers of its migrations; nothing where none is, or none that can be read. */
export function historyAt(folder: string): History {
  if (!hasManifest(folder)) return {};
  const path = join(folder, MANIFEST_PATH);
  const manifest = readManifest(onDisk(path, () => readFileSync(path, 'utf8')));
  return 'refusal' in manifest ? {} : manifest.history;
}
