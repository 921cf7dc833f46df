/** `stackwright verify DIR`: whether a project's files are still those that were made. */
import { join } from 'node:path';
import { type FlagTable, readFlags } from '#core/flags.ts';
import { type HashedFile, projectHash } from '#core/hash.ts';
import { filesIn, type Manifest } from '#core/manifest.ts';
import { refusePath } from '#core/paths.ts';
import { MANIFEST_PATH } from '#core/tree.ts';
import * as words from '#words/cli.ts';
import { catalog } from '../../catalog.ts';
import { hashed } from '../disk/hashed.ts';
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
    ...(extra === undefined ? [] : [{ code: 'too-many-words', text: extra, takes: 'folder' } as const]),
  ]);
  // An empty word would be the folder one stands in, which nobody meant who wrote it.
  if (given === undefined || given === '') refuse('no-folder', words.noFolder(), 2);
  const folder = absolute(given);
  const manifest = manifestOf(folder);
  const recorded = filesIn(manifest);
  if (recorded.some(({ path }) => refusePath(path)))
    refuse('not-a-manifest', words.manifestRefusal('not-a-manifest', shown(join(folder, MANIFEST_PATH))));
  const found = recorded.map((file) => ({ recorded: file, now: hashed(folder, file) }));
  const missing = found.filter(({ now }) => now === undefined).map((file) => file.recorded.path);
  const differ = found.flatMap(({ now, recorded: was }) =>
    now && (now.sha256 !== was.sha256 || now.mode !== was.mode) ? [{ was, now }] : [],
  );
  const changed = differ.map(({ was }) => was.path);
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
  const said = differ.map(({ was, now }) =>
    now.sha256 === was.sha256 ? words.changedMode(was.path, was.mode, now.mode) : words.changedFile(was.path),
  );
  return differing(data, said, manifest, recorded);
}

function differing(
  data: { hash: string; missing: string[] },
  changed: readonly string[],
  manifest: Manifest,
  recorded: readonly HashedFile[],
): Outcome {
  const files = [
    ...changed.map((message) => ({ code: 'changed', message })),
    ...data.missing.map((path) => ({ code: 'missing', message: words.missingFile(path) })),
    ...(projectHash(recorded) === manifest.hash ? [] : [{ code: 'manifest-changed', message: words.manifestChanged }]),
  ];
  const outcome = refused(1, files, data);
  return { ...outcome, out: [words.hashIs(data.hash), words.recordedHashIs(manifest.hash)] };
}
