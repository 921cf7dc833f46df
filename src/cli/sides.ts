/** The two projects that are compared, each from a share code, a project's folder, or a preset. */
import { codeIn } from '#core/init.ts';
import type { History } from '#core/plan.ts';
import { resolve } from '#core/resolve.ts';
import { emptySelection, rename, type Selection } from '#core/selection.ts';
import { decode } from '#core/share.ts';
import * as words from '#words/cli-diff.ts';
import { catalog, presetCodes } from '../catalog.ts';
import { type Project, unfilled } from './compose.ts';
import { codeRefused, problemsRefused } from './obstacles.ts';
import { refuse } from './outcome.ts';
import { hasManifest, manifestOf } from './project.ts';
import { absolute } from './terminal.ts';

export interface Side {
  readonly selection: Selection;
  /** Of the project in a folder, whose migrations keep their order. */
  readonly history?: History;
  /** Has no name of its own, and takes that of the other. */
  readonly unnamed?: true;
}

/**
 * @param other behind the first word; without it the project one stands in is compared, as git compares the
 * folder one stands in, and without a project there the first with nothing chosen
 */
export function sidesOf(word: string, other: string | undefined): [Side, Side] {
  const one = sideOf(word);
  if (other !== undefined) return named(one, sideOf(other));
  const here = absolute('.');
  return hasManifest(here) ? named(one, inFolder(here)) : named({ selection: emptySelection(), unnamed: true }, one);
}

function named(before: Side, after: Side): [Side, Side] {
  const as = (side: Side, other: Side): Side =>
    side.unnamed ? { ...side, selection: rename(side.selection, other.selection.project) } : side;
  return [as(before, after), as(after, before)];
}

/** A folder with a project in it goes before a preset of its name: a preset has no other name to be called by. */
function sideOf(word: string): Side {
  const code = codeIn(word);
  if (code !== undefined) return coded(code);
  const path = absolute(word);
  if (/[/\\.]/.test(word) || hasManifest(path)) return inFolder(path);
  const preset = presetCodes.get(word);
  if (preset === undefined) refuse('no-such-side', words.noSide(word, [...presetCodes.keys()]));
  return { ...coded(preset), unnamed: true };
}

function coded(code: string): Side {
  const decoded = decode(catalog, code);
  codeRefused(catalog, decoded, false);
  return { selection: decoded.selection };
}

function inFolder(path: string): Side {
  const { code, history } = manifestOf(path);
  return { ...coded(code), history };
}

/** @throws Refused where it has problems */
export async function renderedSide({ selection, history }: Side): Promise<Project> {
  const given = { explicit: false, output: undefined, zip: undefined, force: false, selection };
  const resolution = resolve(catalog, selection);
  if (resolution.problems.length > 0) throw problemsRefused(catalog, resolution.problems, given);
  const project = await unfilled(resolution, history);
  if ('problems' in project) throw problemsRefused(catalog, project.problems, given);
  return project;
}
