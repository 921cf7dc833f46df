/** Random catalogs, contents and selections for the property tests. Valid by construction, and small. */
import fc from 'fast-check';
import { type Catalog, type CatalogSource, createCatalog } from './catalog.ts';
import type { Contents } from './contents.ts';
import { contentsFor, TEST_PINS } from './contents-testing.ts';
import {
  drawCapabilities,
  drawConflicts,
  drawDemands,
  drawModules,
  drawNeeds,
  IDS,
  valuesOf,
} from './drafts-testing.ts';
import { type Draw, drawn, pick, some } from './draw-testing.ts';
import type { Category, Module, ModuleId, Option, OptionValue } from './module.ts';
import { plan } from './plan.ts';
import { resolve } from './resolve.ts';
import { canonical, emptySelection, optionOf, refuseValue, type Selection } from './selection.ts';

/** A random catalog, with the source it was made of. */
export interface Made {
  readonly source: CatalogSource;
  readonly catalog: Catalog;
}
/** With contents for every module: kinds of facts, templates, verbatim files. */
export interface World extends Made {
  readonly contents: Contents;
}
export const CATEGORIES: readonly Category[] = [
  { id: 'services', kind: 'service', title: 'Services' },
  { id: 'components', kind: 'component', title: 'Components' },
  { id: 'central', kind: 'platform', title: 'Central' },
];

export const made = (): fc.Arbitrary<Made> => drawn((draw) => readable(drawCatalog(draw)));
export const world = (): fc.Arbitrary<World> => drawn((draw) => readable(drawWorld(draw)));

/** What a failure prints: the declarations without their words, and the selection. */
function readable<T extends Made>(drawn: T): T {
  function print(this: unknown): string {
    const rest = { ...(this as Made & Record<string, unknown>) };
    for (const key of ['source', 'catalog', 'contents']) delete rest[key];
    const modules = drawn.source.modules.map(({ title: _, summary: _s, category: _c, options, ...rest }) => ({
      ...rest,
      options: Object.fromEntries(
        Object.entries(options ?? {}).map(([id, option]) => [
          id,
          option.kind === 'link' ? { to: option.target, asks: option.options } : option.default,
        ]),
      ),
    }));
    return JSON.stringify({ modules, ...rest });
  }
  // Enumerable, so that a copy with more fields prints as shortly.
  return Object.assign(drawn, { [fc.toStringMethod]: print });
}

export function drawCatalog(draw: Draw): Made {
  const drafts = drawModules(draw);
  const capabilities = drawCapabilities(draw, drafts);
  drawNeeds(draw, drafts, capabilities);
  drawDemands(draw, drafts);
  drawConflicts(draw, drafts);
  // Copies, for a declaration never changes once the core has seen it.
  const modules = drafts.map((draft): Module => ({ ...draft }));
  return settled({ version: '20261122-0a1b2c3d', modules, categories: CATEGORIES, pins: TEST_PINS });
}

export function drawWorld(draw: Draw): World {
  const { source, catalog } = drawCatalog(draw);
  const contents = contentsFor(draw, catalog, true);
  // What a test promises for the real contents: the empty project has no clash.
  const bare = plan(catalog, resolve(catalog, emptySelection()), contents);
  return { source, catalog, contents: bare.problems.length > 0 ? contentsFor(draw, catalog, false) : contents };
}

/** A catalog whose empty project has problems is refused, so conflicts and then demands give way. */
function settled(source: CatalogSource): Made {
  const without = (change: (module: Module) => Module): CatalogSource => ({
    ...source,
    modules: source.modules.map(change),
  });
  const noConflicts = without((module) => ({ ...module, conflicts: [] }));
  const noDemands = without((module) => ({
    ...module,
    conflicts: [],
    requires: (module.requires ?? []).map(({ options: _, ...rest }) => rest),
  }));
  return loaded(source) ?? loaded(noConflicts) ?? { source: noDemands, catalog: createCatalog(noDemands) };
}

/** Any other mistake is one of this generator. */
function loaded(source: CatalogSource): Made | undefined {
  try {
    return { source, catalog: createCatalog(source) };
  } catch (error) {
    if (String(error).includes('nothing chosen')) return undefined;
    throw error;
  }
}

/** A catalog, and something a person could have said about it. */
export const selected = (said: 'some' | 'none' = 'some'): fc.Arbitrary<Made & { readonly selection: Selection }> =>
  drawn((draw) => {
    const one = drawCatalog(draw);
    return readable({ ...one, selection: drawSelection(draw, one.catalog, said) });
  });
export const selectedWorld = (): fc.Arbitrary<World & { readonly selection: Selection }> =>
  drawn((draw) => {
    const one = drawWorld(draw);
    return readable({ ...one, selection: drawSelection(draw, one.catalog) });
  });

const TEXTS = [
  '',
  'plain',
  'two\nlines',
  `q"uo'te`,
  '{{x}} ]]> $(y) `z`',
  '\\n \\',
  'é 😀 ü',
  '-',
  '- ',
  "'''",
  '#!',
  '%s %',
  '../x',
  '<b>',
];

export function drawValue(draw: Draw, option: Option): OptionValue {
  if (option.kind !== 'text') return pick(draw, valuesOf(option)) ?? option.default;
  const value = pick(draw, TEXTS) ?? '';
  return refuseValue(option, value) ? 'plain' : value;
}

export function drawSelection(draw: Draw, catalog: Catalog, said: 'some' | 'none' = 'some'): Selection {
  const modules = [...catalog.modules.values()].filter(({ status }) => status !== 'planned');
  const options: Record<string, Record<string, OptionValue>> = {};
  for (const module of said === 'some' ? some(draw, modules, 40) : []) {
    const values = some(draw, Object.entries(module.options ?? {}), 60);
    options[module.id] = Object.fromEntries(values.map(([id, option]) => [id, drawValue(draw, option)]));
  }
  const project = pick(draw, ['my-app', 'shop', 'a1']) ?? 'my-app';
  return canonical({ project, chosen: some(draw, modules, 45).map(({ id }) => id), options });
}

// fast-check's own unit for this lays out a table of a million characters in every test file.
const character = fc
  .oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0x10ffff }))
  .map((code) => String.fromCodePoint(code));

/** Any text, with control characters, lone surrogates and the marks among its characters. */
export function anyText(maxLength = 20): fc.Arbitrary<string> {
  return fc.string({ unit: character, maxLength });
}

/** Names that trip careless code, among them those every object inherits. */
export const HOSTILE_WORDS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '',
  ' ',
  '.',
  '..',
  '../..',
  '/',
  '%',
  '%2f',
  '%zz',
  '\u0000',
  '\ue000',
  '\ue003X:9\ue004',
  '\ud800',
  '😀',
  'a'.repeat(5000),
  '{{x}}',
  '${x}',
  'v1',
  ',',
  '+',
  '=',
  '-',
  '\u001b[31m',
];

const word = fc.oneof(fc.constantFrom(...HOSTILE_WORDS), anyText(12));
const known = fc.constantFrom(...IDS);
const hostileId = fc.oneof(known, known, word);
const hostileOption = fc.oneof(fc.constantFrom('mode', 'tier', 'fast', 'note', 'label', 'to-beta', 'to-cap-x'), word);
const hostileValue = fc.oneof(fc.boolean(), word, fc.constantFrom('m-a', 'm-c', 't-b'));
// Object.fromEntries makes `__proto__` an own key, as JSON.parse does.
const recordOf = <T>(key: fc.Arbitrary<string>, item: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc.array(fc.tuple(key, item), { maxLength: 6 }).map((entries) => Object.fromEntries(entries));

/** Anything that has the shape of a selection, also what no catalog knows. */
export const hostileSelection: fc.Arbitrary<Selection> = fc.record({
  project: fc.oneof(fc.constant('my-app'), word),
  chosen: fc.array(hostileId, { maxLength: 8 }),
  options: recordOf(hostileId, recordOf(hostileOption, hostileValue)),
});

export const hostilelySelected = (): fc.Arbitrary<Made & { readonly selection: Selection }> =>
  fc.tuple(made(), hostileSelection).map(([one, selection]) => readable({ ...one, selection }));

/** What a foreign object could have left behind on everything. */
export function pollution(): string[] {
  const left: string[] = [];
  for (const key in {}) left.push(key);
  const names =
    Object.getOwnPropertyNames(Object.prototype).length + Object.getOwnPropertyNames(Array.prototype).length;
  return names === NAMES ? left : [...left, 'a built-in prototype grew'];
}
const NAMES = Object.getOwnPropertyNames(Object.prototype).length + Object.getOwnPropertyNames(Array.prototype).length;

export const idsOf = (resolution: { readonly modules: readonly { readonly module: Module }[] }): ModuleId[] =>
  resolution.modules.map(({ module }) => module.id);

/** Who stands for each capability under a selection, for statements about growth. */
export function providersFixed(catalog: Catalog, selection: Selection): string {
  return JSON.stringify(
    [...catalog.providers].map(
      ([, [fallback, ...others]]) => others.find((id) => selection.chosen.includes(id)) ?? fallback,
    ),
  );
}

export const isOption = (module: Module, option: string): boolean => optionOf(module, option) !== undefined;

/** The same search each time, so that a run means the same everywhere; `FC_SEED=7` searches elsewhere, `FC_TIMES=50` longer; `FC_LIMIT=5000` cuts the search for the smallest failure short. */
export function runs(numRuns: number): fc.Parameters<unknown> {
  const limit = Number(process.env.FC_LIMIT ?? 0);
  return {
    numRuns: numRuns * Number(process.env.FC_TIMES ?? 1),
    seed: Number(process.env.FC_SEED ?? 1),
    ...(limit > 0 ? { interruptAfterTimeLimit: limit } : {}),
  };
}
