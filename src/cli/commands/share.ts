/** `stackwright share`: the share code of arguments, of another code, or of a project's folder. */
import { type InitArguments, parseInit, SELECTION_FLAGS } from '#core/init.ts';
import { resolve } from '#core/resolve.ts';
import { encode } from '#core/share.ts';
import * as words from '#words/cli.ts';
import { catalog, presetCodes } from '../../catalog.ts';
import { compose } from '../compose.ts';
import { argumentsRefused, codeRefused, problemsRefused } from '../obstacles.ts';
import { done, type Outcome, refuse } from '../outcome.ts';
import { hasManifest, manifestOf } from '../project.ts';
import { absolute } from '../terminal.ts';

const FLAGS = { ...SELECTION_FLAGS, exact: 'switch', json: 'switch', help: 'switch' } as const;

export async function share(argv: readonly string[], version: string): Promise<Outcome> {
  const given = parseInit(catalog, argv, FLAGS, presetCodes);
  if (given.switches.has('help')) return (await import('./help.ts')).help(['share'], version);
  const exact = given.switches.has('exact');
  const folder = folderIn(given);
  if (folder !== undefined) {
    // A path is no project name, and need not be one.
    argumentsRefused(
      catalog,
      given.refusals.filter(({ code }) => code !== 'bad-name'),
    );
    const { code, catalog: made, hash } = manifestOf(folder);
    const full = exact ? `${code}/${made}-${hash.slice(0, 8)}` : code;
    return done([full], { code: full, catalog: made, hash });
  }
  if (given.word === '') refuse('no-name', words.noShare, 2);
  argumentsRefused(catalog, given.refusals);
  if (given.word === undefined) refuse('no-name', words.noShare, 2);
  if (given.decoded) codeRefused(catalog, given.decoded, false);
  const { selection } = given;
  const resolution = resolve(catalog, selection);
  if (resolution.problems.length > 0) throw problemsRefused(catalog, resolution.problems, given);
  if (!exact) return done([encode(catalog, selection)], { code: encode(catalog, selection) });
  const project = await compose(resolution);
  if ('problems' in project) throw problemsRefused(catalog, project.problems, given);
  const code = encode(catalog, selection, { catalog: catalog.version, hash8: project.hash.slice(0, 8) });
  return done([code], { code, catalog: catalog.version, hash: project.hash });
}

/** A word that is a path, or the name of a folder with a project in it, means that project. */
function folderIn({ word, decoded, said }: InitArguments): string | undefined {
  if (decoded || said || word === '') return undefined;
  const path = absolute(word ?? '.');
  return (word !== undefined && /[/\\.]/.test(word)) || hasManifest(path) ? path : undefined;
}
