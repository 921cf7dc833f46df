/** Random catalogs, contents and selections for the property tests. Valid by construction, and small. */
import fc from 'fast-check';
import { type Catalog, type CatalogSource, createCatalog, requirementsOf } from './catalog.ts';
import type { Contents } from './contents.ts';
import { contentsFor, TEST_PINS } from './contents-testing.ts';
import type { Category, Conflict, LinkOption, Module, ModuleId, Option, OptionValue, Requirement } from './module.ts';
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
/** Random bytes to decide by. fast-check makes and shrinks them; where they end, everything is no. */
export class Draw {
  readonly #bytes: Uint8Array;
  #at = 0;
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** A whole number from 0; `count` is at most 256. */
  below(count: number): number {
    const byte = this.#bytes[this.#at] ?? 0;
    this.#at += 1;
    return (byte * Math.max(1, count)) >> 8;
  }
}

export function drawn<T>(make: (draw: Draw) => T): fc.Arbitrary<T> {
  // Four bytes at a time, which fast-check makes four times as quickly.
  const size = { minLength: 125, maxLength: 125, size: 'max' } as const;
  return fc.uint32Array(size).map(({ buffer }) => make(new Draw(new Uint8Array(buffer))));
}

export const CATEGORIES: readonly Category[] = [
  { id: 'services', kind: 'service', title: 'Services' },
  { id: 'components', kind: 'component', title: 'Components' },
  { id: 'central', kind: 'platform', title: 'Central' },
];
const KINDS = ['service', 'component', 'platform'] as const;
const CATEGORY_OF = { service: 'services', component: 'components', platform: 'central' } as const;
const IDS = ['alpha', 'beta', 'gamma', 'delta', 'eps-1', 'zeta', 'eta-x', 'theta'];

/** Shrinks towards no. */
export const chance = (draw: Draw, percent: number): boolean => draw.below(100) >= 100 - percent;
export const below = (draw: Draw, count: number): number => draw.below(count);
export function pick<T>(draw: Draw, items: readonly T[]): T | undefined {
  return items[below(draw, items.length)];
}
export function some<T>(draw: Draw, items: readonly T[], percent = 50): T[] {
  return items.filter(() => chance(draw, percent));
}

/** A declaration while it is being put together. */
type Draft = Module & {
  options: Record<string, Option>;
  requires: Requirement[];
  conflicts: Conflict[];
  provides: { capability: string; default?: true }[];
};

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

const choice = (values: readonly string[], fallback: string): Option => ({
  kind: 'choice',
  title: 'Choice',
  summary: '',
  values: values.map((id, index) => ({ id, title: id, ...(index === 0 ? { aliases: [`old-${id}`] } : {}) })),
  default: fallback,
});
const toggle = (fallback: boolean): Option => ({ kind: 'toggle', title: 'Toggle', summary: '', default: fallback });
const text = (fallback: string, multiline: boolean): Option => ({
  kind: 'text',
  title: 'Text',
  summary: '',
  default: fallback,
  maxLength: 40,
  ...(multiline ? { multiline: true } : {}),
});

function drawModules(draw: Draw): Draft[] {
  const count = 3 + below(draw, IDS.length - 2);
  return IDS.slice(0, count).map((id, index): Draft => {
    const kind = pick(draw, KINDS) ?? 'service';
    const always = index === 0 || chance(draw, 12);
    const planned = !always && chance(draw, 12);
    const options: Record<string, Option> = {};
    if (chance(draw, 65)) options.mode = choice(['m-a', 'm-b', 'm-c'], pick(draw, ['m-a', 'm-b']) ?? 'm-a');
    if (chance(draw, 25)) options.tier = choice(['t-a', 't-b'], 't-a');
    if (chance(draw, 50)) options.fast = toggle(chance(draw, 30));
    if (chance(draw, 35)) options.note = text(chance(draw, 50) ? '' : 'as "it" was', true);
    if (chance(draw, 15)) options.label = text('', false);
    return {
      id,
      kind,
      category: CATEGORY_OF[kind],
      title: `Title of ${id}`,
      summary: '',
      status: planned ? 'planned' : chance(draw, 15) ? 'preview' : 'available',
      ...(always ? { always: true } : {}),
      ...(index === 0 ? { drawn: false } : {}),
      ...(kind === 'platform' && !always ? { unit: chance(draw, 70) ? 'central' : id } : {}),
      ...(chance(draw, 10) ? { aliases: [`old-${id}`] } : {}),
      options,
      requires: [],
      conflicts: [],
      provides: [],
    };
  });
}

/** One default each; the others come in by choice alone. */
function drawCapabilities(draw: Draw, drafts: readonly Draft[]): string[] {
  return ['cap-x', 'cap-y'].filter((capability) => {
    if (chance(draw, 40)) return false;
    const isOther = (draft: Draft): boolean => draft.provides.some((given) => !given.default);
    const first = pick(
      draw,
      drafts.filter((draft) => draft.status !== 'planned' && !isOther(draft)),
    );
    if (!first) return false;
    first.provides.push({ capability, default: true });
    const others = drafts.filter(
      (draft) => draft !== first && !draft.always && !draft.provides.some((given) => given.default),
    );
    for (const draft of some(draw, others, 30)) draft.provides.push({ capability });
    return true;
  });
}

const isOnlyChosen = (draft: Draft): boolean => draft.provides.some((given) => !given.default);

function drawNeeds(draw: Draw, drafts: readonly Draft[], capabilities: readonly string[]): void {
  for (const draft of drafts) {
    const targets = [
      ...drafts
        .filter(
          (other) =>
            other !== draft && !isOnlyChosen(other) && (draft.status === 'planned' || other.status !== 'planned'),
        )
        .map(({ id }) => id),
      ...capabilities,
    ];
    for (let count = below(draw, 4); count > 0; count -= 1) {
      const need = pick(draw, targets);
      if (need === undefined) continue;
      const when = chance(draw, 50) ? drawCondition(draw, draft) : undefined;
      draft.requires.push({ need, because: `${draft.id} works with ${need}`, ...(when ? { when } : {}) });
    }
    for (const target of some(draw, targets, 12)) {
      draft.options[`to-${target}`] = {
        kind: 'link',
        title: 'Link',
        summary: '',
        target,
        because: `linked to ${target}`,
        default: false,
      };
    }
  }
}

function drawCondition(draw: Draw, draft: Draft): { option: string; is: OptionValue[] } | undefined {
  const options = Object.entries(draft.options).filter(
    ([, option]) => option.kind === 'choice' || option.kind === 'toggle',
  );
  const [id, option] = pick(draw, options) ?? [];
  if (id === undefined || !option) return undefined;
  const is = some(draw, valuesOf(option));
  return { option: id, is: is.length > 0 ? is : valuesOf(option).slice(-1) };
}

export function valuesOf(option: Option): OptionValue[] {
  if (option.kind === 'choice') return option.values.map(({ id }) => id);
  return option.kind === 'text' ? [] : [true, false];
}

/** Only such values as switch off no need that the default switches on, as the loader demands. */
function drawDemands(draw: Draw, drafts: readonly Draft[]): void {
  const allowed = (target: Draft, option: string, value: OptionValue): boolean => {
    const declared = target.options[option];
    if (!declared || refuseValue(declared, value) || declared.kind === 'text') return false;
    return requirementsOf(target).every(
      ({ when }) => when?.option !== option || !when.is.includes(declared.default) || when.is.includes(value),
    );
  };
  const demandFor = (need: string): Record<string, OptionValue> | undefined => {
    const targets = drafts.filter(
      (draft) => draft.id === need || draft.provides.some(({ capability }) => capability === need),
    );
    const first = targets[0];
    if (!first) return undefined;
    const candidates = Object.entries(first.options)
      .flatMap(([option, declared]) => valuesOf(declared).map((value) => [option, value] as const))
      .filter(([option, value]) => targets.every((target) => allowed(target, option, value)));
    const taken = pick(draw, candidates);
    return taken ? { [taken[0]]: taken[1] } : undefined;
  };
  for (const draft of drafts) {
    draft.requires = draft.requires.map((requirement) => {
      const options = chance(draw, 75) ? demandFor(requirement.need) : undefined;
      return options ? { ...requirement, options } : requirement;
    });
    for (const [id, option] of Object.entries(draft.options)) {
      if (option.kind !== 'link' || !chance(draw, 40)) continue;
      const options = demandFor(option.target);
      if (options) draft.options[id] = { ...option, options } satisfies LinkOption;
    }
  }
}

function drawConflicts(draw: Draw, drafts: readonly Draft[]): void {
  for (const draft of drafts) {
    if (!chance(draw, 40)) continue;
    const other = pick(
      draw,
      drafts.filter((candidate) => candidate !== draft),
    );
    if (!other) continue;
    const when = chance(draw, 50) ? drawCondition(draw, draft) : undefined;
    const unless = chance(draw, 40) ? drawCondition(draw, other) : undefined;
    draft.conflicts.push({
      module: other.id,
      because: `${draft.id} and ${other.id} quarrel`,
      ...(when ? { when } : {}),
      ...(unless ? { unless } : {}),
    });
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

/** `FC_TIMES=50` searches longer; `FC_LIMIT=5000` cuts the search for the smallest failure short. */
export function runs(numRuns: number): fc.Parameters<unknown> {
  const limit = Number(process.env.FC_LIMIT ?? 0);
  return {
    numRuns: numRuns * Number(process.env.FC_TIMES ?? 1),
    ...(limit > 0 ? { interruptAfterTimeLimit: limit } : {}),
  };
}
