/** Projects that stand for all the catalog can make: every two things that can be said meet in one of them. */
import type { Contents } from '#core/contents.ts';
import type { ModuleId, OptionId, OptionValue } from '#core/module.ts';
import { type History, plan } from '#core/plan.ts';
import { render } from '#core/render.ts';
import { type Resolution, resolve } from '#core/resolve.ts';
import { canonical, configure, emptySelection, refuseValue, type Selection } from '#core/selection.ts';
import { decode } from '#core/share.ts';
import type { FileTree } from '#core/tree.ts';
import { amount } from '../e2e/support/uncut.ts';
import { catalog, contentIds, loadContents, presets } from './catalog.ts';

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

const SAMPLED = amount(12, 96);
const PER_FLIP = 2;
const PER_MODULE = 6;
const PER_WORD = 6;

const modules = [...catalog.modules.values()].filter(({ status }) => status !== 'planned');
const choosable: readonly ModuleId[] = modules.filter(({ always }) => !always).map(({ id }) => id);

/** An option that can be counted, with the values a person can say: every one but texts. */
export const countedOptions = modules.flatMap((module) =>
  Object.entries(module.options ?? {}).flatMap(([option, declared]) => {
    const values: OptionValue[] = declared.kind === 'choice' ? declared.values.map(({ id }) => id) : [true, false];
    return declared.kind === 'text' ? [] : [{ module: module.id, option, values }];
  }),
);

/** One thing about a selection that can be combined with the others: a module, or a value of an option. */
interface Trait {
  readonly module: ModuleId;
  /** None: whether the module is chosen. */
  readonly option?: OptionId;
  readonly value: OptionValue | undefined;
}
const traits: readonly Trait[] = [
  ...choosable.flatMap((module): Trait[] => [true, false].map((value) => ({ module, value }))),
  ...countedOptions.flatMap(({ module, option, values }): Trait[] =>
    [undefined, ...values].map((value) => ({ module, option, value })),
  ),
];
const about = ({ module, option }: Trait): string => `${module}.${option ?? ''}`;

export const isSound = (selection: Selection): boolean => resolve(catalog, selection).problems.length === 0;
const isIn = (selection: Selection, id: ModuleId): boolean =>
  resolve(catalog, selection).modules.some(({ module }) => module.id === id);
export const withModule = (selection: Selection, id: ModuleId): Selection =>
  canonical({ ...selection, chosen: [...selection.chosen, id] });

function apply(selection: Selection, { module, option, value }: Trait): Selection {
  if (option === undefined)
    return value === true
      ? withModule(selection, module)
      : canonical({ ...selection, chosen: selection.chosen.filter((id) => id !== module) });
  return configure(isIn(selection, module) ? selection : withModule(selection, module), module, option, value);
}

function holds(selection: Selection, { module, option, value }: Trait): boolean {
  if (option === undefined) return selection.chosen.includes(module) === value;
  return selection.options[module]?.[option] === value && isIn(selection, module);
}

/**
 * Selections in which every two traits meet, so that what two options do to each other shows in one of them.
 * Made greedily, the same each time; what cannot meet without a problem meets in one that has it.
 */
export function coveringSelections(): Selection[] {
  let wanted = traits.flatMap((a, at) =>
    traits.slice(at + 1).flatMap((b) => (about(a) === about(b) ? [] : [[a, b] as const])),
  );
  const rows: Selection[] = [];
  for (let pair = wanted[0]; pair; pair = wanted[0]) {
    const start = pair.reduce(apply, emptySelection());
    const row = isSound(start) ? filled(start, pair, wanted) : start;
    rows.push(row);
    const met = new Set(traits.filter((trait) => holds(row, trait)));
    // The pair itself is done with, also where the one cannot be while the other is.
    wanted = wanted.slice(1).filter(([a, b]) => !(met.has(a) && met.has(b)));
  }
  return rows;
}

/** The start, and of all else what makes the most wanted pairs meet without a problem. */
function filled(start: Selection, pair: readonly Trait[], wanted: readonly (readonly [Trait, Trait])[]): Selection {
  const settled = new Set(pair.map(about));
  let row = start;
  for (const next of traits) {
    if (settled.has(about(next))) continue;
    settled.add(about(next));
    const candidates = traits
      .filter((trait) => about(trait) === about(next))
      .map((trait) => apply(row, trait))
      .filter(
        (selection) => isSound(selection) && pair.every((trait) => !holds(start, trait) || holds(selection, trait)),
      )
      .map((selection) => {
        const met = new Set(traits.filter((trait) => holds(selection, trait)));
        return { selection, gain: wanted.filter(([a, b]) => met.has(a) && met.has(b)).length };
      });
    const best = candidates.reduce((a, b) => (b.gain > a.gain ? b : a), { selection: row, gain: -1 });
    row = best.selection;
  }
  return row;
}

export const presetSelections: readonly Selection[] = presets.map(({ code }) => decode(catalog, code).selection);

/** Nothing, each module alone, the presets, a covering set, and a sample by the seed that `FC_SEED` can set. */
export function someSelections(): Selection[] {
  const random = seeded(Number(process.env.FC_SEED ?? 20261122));
  const sample = Array.from({ length: SAMPLED }, () =>
    traits.filter(() => random() < 0.25).reduce(apply, emptySelection()),
  );
  return [
    emptySelection(),
    ...choosable.map((id) => withModule(emptySelection(), id)),
    ...presetSelections,
    ...coveringSelections(),
    ...sample,
  ];
}

/** Words of which one suits every text that can be said. */
const WORDS = ['ops@example.org', 'example.org'];

/** Of every text that can be said a word, of every number its ends, in a few selections that can take it. */
export function typedSelections(rows: readonly Selection[]): Selection[] {
  return modules.flatMap((module) =>
    Object.entries(module.options ?? {}).flatMap(([option, declared]) => {
      if (declared.kind !== 'text') return [];
      const word = WORDS.find((one) => !refuseValue(declared, one));
      const values = declared.range ? [declared.range.from, declared.range.to].map(String) : [word];
      return values.flatMap((value) => {
        if (value === undefined) throw new Error(`no word suits ${module.id}.${option}`);
        return rows
          .filter((row) => isIn(row, module.id))
          .map((row) => configure(row, module.id, option, value))
          .filter(isSound)
          .slice(0, PER_WORD);
      });
    }),
  );
}

/** Pairs of sound selections that differ in one said value, a few for each two values of each option. */
export function flips(rows: readonly Selection[]): [Selection, Selection][] {
  return countedOptions.flatMap(({ module, option, values }) => {
    const said = [undefined, ...values];
    return said.flatMap((a, at) =>
      said.slice(at + 1).flatMap((b) =>
        rows
          .filter((row) => isIn(row, module))
          .map((row): [Selection, Selection] => [configure(row, module, option, a), configure(row, module, option, b)])
          .filter((pair) => pair.every((one) => isSound(one) && isIn(one, module)))
          .slice(0, PER_FLIP),
      ),
    );
  });
}

/** Pairs of sound selections of which the second has one chosen module more, a few for each module. */
export function additions(rows: readonly Selection[]): [Selection, Selection][] {
  return choosable.flatMap((id) =>
    rows
      .filter((row) => !row.chosen.includes(id))
      .map((row): [Selection, Selection] => [row, withModule(row, id)])
      .filter((pair) => pair.every(isSound))
      .slice(0, PER_MODULE),
  );
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
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
