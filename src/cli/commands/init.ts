/** `stackwright init`: a project from a name and modules, from a share code, or from questions. */
import { INIT_FLAGS, type InitArguments, parseInit } from '#core/init.ts';
import { resolve } from '#core/resolve.ts';
import type { Selection } from '#core/selection.ts';
import * as words from '#words/cli.ts';
import { catalog, presetCodes } from '../../catalog.ts';
import type { Settled } from '../ask/questions.ts';
import { compose } from '../compose.ts';
import type { Written } from '../disk/env.ts';
import { checkFolder, writeFolder } from '../disk/folder.ts';
import { uninterrupted } from '../disk/uninterrupted.ts';
import { checkZip, writeZip } from '../disk/zipfile.ts';
import { argumentsRefused, codeRefused, commandFor, missingRefused, problemsRefused } from '../obstacles.ts';
import { type Outcome, refuse } from '../outcome.ts';
import { historyAt } from '../project.ts';
import { made, type Target } from '../summary.ts';
import { absolute, isTerminal } from '../terminal.ts';

export async function init(argv: readonly string[], version: string): Promise<Outcome> {
  const given = parseInit(catalog, argv, INIT_FLAGS, presetCodes);
  if (given.switches.has('help')) return (await import('./help.ts')).help(['init'], version);
  argumentsRefused(catalog, given.refusals);
  if (given.decoded) codeRefused(catalog, given.decoded, true);
  const wantsReport = given.switches.has('json');
  const output = wantsReport ? process.stderr : process.stdout;
  const asks = given.interactive ?? (isTerminal(output) && !given.said && !wantsReport);
  if (!asks) return write(given, await decided(given));
  if (!isTerminal(output)) refuse('no-terminal', words.noTerminal, 2);
  const { asked } = await import('../ask/asked.ts');
  return write(given, await asked(given, (selection) => checkTarget(given, selection), output));
}

/** Everything was said; what cannot be done is refused before anything is written. */
async function decided(given: InitArguments): Promise<Settled> {
  const { selection } = given;
  if (given.word === undefined) refuse('no-name', words.noName(commandFor(catalog, selection, given)), 2);
  const target = checkTarget(given, selection);
  const resolution = resolve(catalog, selection);
  if (resolution.problems.length > 0) throw problemsRefused(catalog, resolution.problems, given);
  missingRefused(catalog, resolution, given);
  const project = await compose(resolution, target.zip ? {} : historyAt(target.path));
  if ('problems' in project) throw problemsRefused(catalog, project.problems, given);
  return { resolution, project };
}

async function write(given: InitArguments, { resolution, project }: Settled): Promise<Outcome> {
  const { selection } = resolution;
  const target = targetOf(given, selection);
  let written: Written = { kept: [], removed: [], left: [] };
  if (target.zip) {
    const { zip } = await import('#core/zip.ts');
    const bytes = await zip(selection.project, project.tree);
    uninterrupted(() => writeZip(target.path, bytes, given.force));
  } else written = uninterrupted(() => writeFolder(target.path, project.tree, given.force));
  return made({ resolution, project, target, written, decoded: given.decoded });
}

/** @throws Refused where the project cannot be written */
function checkTarget(given: InitArguments, selection: Selection): Target {
  const target = targetOf(given, selection);
  if (target.zip) checkZip(target.path, given.force);
  else checkFolder(target.path, given.force);
  return target;
}

function targetOf({ zip, output }: InitArguments, { project }: Selection): Target {
  return zip === undefined ? { path: absolute(output ?? project), zip: false } : { path: absolute(zip), zip: true };
}
