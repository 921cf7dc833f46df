/** `stackwright verify DIR`: whether a project's files are still those that were made. */
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FlagTable, readFlags } from '#core/flags.ts';
import { type HashedFile, projectHash, sha256Hex } from '#core/hash.ts';
import { filesIn, type Manifest } from '#core/manifest.ts';
import { refusePath } from '#core/paths.ts';
import * as words from '#words/cli.ts';
import { catalog } from '../../catalog.ts';
import { onDisk } from '../disk/errors.ts';
import { stats } from '../disk/paths.ts';
import { argumentsRefused } from '../obstacles.ts';
import { done, type Outcome, refuse, refused } from '../outcome.ts';
import { manifestOf } from '../project.ts';
import { absolute, shown } from '../terminal.ts';

const FLAGS: FlagTable = { json: 'switch', help: 'switch' };

export async function verify(argv: readonly string[], version: string): Promise<Outcome> {
  const {
    words: [given, extra],
    switches,
    refusals,
  } = readFlags(argv, FLAGS);
  if (switches.has('help')) return (await import('./help.ts')).help(['verify'], version);
  argumentsRefused(catalog, [
    ...refusals,
    ...(extra === undefined ? [] : [{ code: 'too-many-words', text: extra } as const]),
  ]);
  if (given === undefined) refuse('no-folder', words.noFolder, 2);
  const folder = absolute(given);
  const manifest = manifestOf(folder);
  const recorded = filesIn(manifest);
  if (recorded.some(({ path }) => refusePath(path)))
    refuse('not-a-manifest', words.manifestRefusal('not-a-manifest', shown(folder)));
  const found = recorded.map((file) => ({ recorded: file, now: hashed(folder, file) }));
  const missing = found.filter(({ now }) => now === undefined).map((file) => file.recorded.path);
  const changed = found
    .filter(({ now, recorded: was }) => now && (now.sha256 !== was.sha256 || now.mode !== was.mode))
    .map((file) => file.recorded.path);
  const hash = projectHash(found.flatMap(({ now }) => now ?? []));
  const data = {
    project: manifest.selection.project,
    code: manifest.code,
    catalog: manifest.catalog,
    hash,
    recorded: manifest.hash,
    changed,
    missing,
  };
  if (hash === manifest.hash) return done([words.intact(found.length), words.hashIs(hash)], data);
  return differing(data, manifest, recorded);
}

function differing(
  data: { hash: string; changed: string[]; missing: string[] },
  manifest: Manifest,
  recorded: readonly HashedFile[],
): Outcome {
  const files = [
    ...data.changed.map((path) => ({ code: 'changed', message: words.changedFile(path) })),
    ...data.missing.map((path) => ({ code: 'missing', message: words.missingFile(path) })),
    ...(projectHash(recorded) === manifest.hash ? [] : [{ code: 'manifest-changed', message: words.manifestChanged }]),
  ];
  const outcome = refused(1, files, data);
  return { ...outcome, out: [words.hashIs(data.hash), words.recordedHashIs(manifest.hash)] };
}

/** The file as it is now; a link, or whatever else is no file, is not the one that was made. */
function hashed(folder: string, { path, mode }: HashedFile): HashedFile | undefined {
  const full = join(folder, path);
  return onDisk(full, () => {
    if (throughLink(folder, path) || !stats(full)?.isFile()) return undefined;
    // Windows keeps no modes. Elsewhere only the owner's right to run it is the file's own; the rest is the umask's.
    const isProgram = (lstatSync(full).mode & 0o100) !== 0;
    const now = process.platform === 'win32' ? mode : isProgram ? '755' : '644';
    return { path, mode: now, sha256: sha256Hex(new Uint8Array(readFileSync(full))) };
  });
}

function throughLink(folder: string, path: string): boolean {
  const parts = path.split('/');
  return parts.some(
    (_, index) => index > 0 && stats(join(folder, ...parts.slice(0, index)))?.isSymbolicLink() === true,
  );
}
