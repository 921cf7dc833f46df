/** Every project the catalog can make, while they can be counted. */
import type { Contents } from '#core/contents.ts';
import type { Module, ModuleId, OptionId, OptionValue } from '#core/module.ts';
import { type History, plan } from '#core/plan.ts';
import { render } from '#core/render.ts';
import { type Resolution, resolve } from '#core/resolve.ts';
import { configure, emptySelection, type Selection } from '#core/selection.ts';
import type { FileTree } from '#core/tree.ts';
import { catalog, contentIds, loadContents } from './catalog.ts';

export const contents: Contents = await loadContents(contentIds);

export interface Combination {
  /** `auth[engine=postgres]`, for messages. */
  readonly name: string;
  readonly selection: Selection;
  readonly resolution: Resolution;
}
export interface Project extends Combination {
  readonly tree: FileTree;
}

/** More than these take a covering set and a seeded sample instead: see the issue of the spine. */
const COUNTABLE = 3000;

const open = (module: Module): boolean => module.status !== 'planned';

function valuesOf(module: Module): [OptionId, OptionValue[]][] {
  return Object.entries(module.options ?? {}).flatMap(([id, option]): [OptionId, OptionValue[]][] => {
    if (option.kind === 'text') return [];
    return [[id, option.kind === 'choice' ? option.values.map((value) => value.id) : [true, false]]];
  });
}

/** Every set of choices with every value said of every module that is then there. */
export function everySelection(): Selection[] {
  const choosable = [...catalog.modules.values()]
    .filter((module) => open(module) && !module.always)
    .map(({ id }) => id);
  const chosen = choosable.reduce<ModuleId[][]>((sets, id) => sets.flatMap((set) => [set, [...set, id]]), [[]]);
  const selections = chosen.flatMap((ids) => {
    const bare: Selection = { ...emptySelection(), chosen: ids };
    return resolve(catalog, bare).modules.reduce<Selection[]>(
      (some, { module }) =>
        valuesOf(module).reduce<Selection[]>(
          (list, [option, values]) =>
            list.flatMap((one) => [one, ...values.map((value) => configure(one, module.id, option, value))]),
          some,
        ),
      [bare],
    );
  });
  if (selections.length > COUNTABLE)
    throw new Error(`${selections.length} combinations: time for a covering set and a seeded sample`);
  return selections;
}

function nameOf({ chosen, options }: Selection): string {
  const said = Object.entries(options).flatMap(([id, values]) =>
    Object.entries(values).map(([option, value]) => `${id}.${option}=${value}`),
  );
  return [...chosen, ...said].join(' ') || 'nothing chosen';
}

export function combination(selection: Selection): Combination {
  return { name: nameOf(selection), selection, resolution: resolve(catalog, selection) };
}

const rendered = new Map<string, Project>();

/** Rendered once for each selection and history. */
export function project(selection: Selection, history?: History): Project {
  const key = JSON.stringify([selection, history]);
  const known = rendered.get(key);
  if (known) return known;
  const one = combination(selection);
  const made = { ...one, tree: render(catalog, plan(catalog, one.resolution, contents, history), contents, history) };
  rendered.set(key, made);
  return made;
}

/** One for each set of modules and values, whoever said them. */
export function distinct(combinations: readonly Combination[]): Combination[] {
  const seen = new Map(
    combinations.map((one) => [
      JSON.stringify(one.resolution.modules.map(({ module, options }) => [module.id, options])),
      one,
    ]),
  );
  return [...seen.values()];
}
