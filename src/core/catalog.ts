/**
 * The catalog: all modules with the version pins, checked once when it is made. What an author can get
 * wrong throws here, so that no selection can make anything later throw.
 */
import { mistakesIn } from './catalog-check.ts';
import type { Capability, Category, Module, ModuleId, OptionValue, Requirement } from './module.ts';
import { topological } from './order.ts';
import type { Pins } from './pins.ts';

export interface CatalogSource {
  /** Date and first 8 hex digits of SHA-256 over all module files, pins and the engine. */
  readonly version: string;
  readonly modules: readonly Module[];
  readonly categories: readonly Category[];
  readonly pins: Pins;
}
export interface Catalog {
  readonly version: string;
  /** Sorted by id. */
  readonly modules: ReadonlyMap<ModuleId, Module>;
  readonly categories: readonly Category[];
  readonly pins: Pins;
  /** Who provides each capability; the first is the declared default. */
  readonly providers: ReadonlyMap<Capability, readonly ModuleId[]>;
  /** Earlier ids, and what they are called now. */
  readonly aliases: ReadonlyMap<ModuleId, ModuleId>;
  /** The place of each module behind all it can ever ask for: what is listed keeps its order when an option is flipped. */
  readonly ranks: ReadonlyMap<ModuleId, number>;
}

export class CatalogError extends Error {
  override name = 'CatalogError' as const;
  readonly mistakes: readonly string[];
  constructor(mistakes: readonly string[]) {
    super(`The catalog cannot be loaded:\n${mistakes.map((mistake) => `- ${mistake}`).join('\n')}`);
    this.mistakes = mistakes;
  }
}

/** @throws CatalogError naming every mistake in the declarations */
export function createCatalog(source: CatalogSource): Catalog {
  const sorted = [...source.modules].sort((a, b) => (a.id < b.id ? -1 : 1));
  const modules = new Map(sorted.map((module) => [module.id, module]));
  const providers = providersOf(sorted);
  const catalog: Catalog = {
    version: source.version,
    modules,
    categories: source.categories,
    pins: source.pins,
    providers,
    aliases: new Map(sorted.flatMap((module) => (module.aliases ?? []).map((alias) => [alias, module.id] as const))),
    ranks: ranksOf(sorted, providers),
  };
  const mistakes = mistakesIn(catalog, source.modules);
  if (mistakes.length > 0) throw new CatalogError(mistakes);
  return catalog;
}

function ranksOf(modules: readonly Module[], providers: Catalog['providers']): Map<ModuleId, number> {
  const needs = new Map(
    modules.map((module) => [module.id, requirementsOf(module).flatMap(({ need }) => providers.get(need) ?? need)]),
  );
  return new Map(topological([...needs.keys()], (id) => needs.get(id) ?? []).map((id, rank) => [id, rank]));
}

const requirements = new WeakMap<Module, readonly Requirement[]>();

/** What a module asks for: its link options are requirements while switched on. */
export function requirementsOf(module: Module): readonly Requirement[] {
  // Resolution asks thousands of times for what never changes.
  const known = requirements.get(module) ?? gatherRequirements(module);
  requirements.set(module, known);
  return known;
}

function gatherRequirements(module: Module): Requirement[] {
  const links = Object.entries(module.options ?? {}).flatMap(([id, option]): Requirement[] =>
    option.kind === 'link'
      ? [
          {
            need: option.target,
            because: option.because,
            when: { option: id, is: [true] },
            ...(option.options ? { options: option.options } : {}),
          },
        ]
      : [],
  );
  return [...(module.requires ?? []), ...links];
}

/** The short words a module's values have in a share code: a choice's value, a toggle's or link's id, `no-<toggle>`. */
export function tokensOf(module: Module): Map<string, { option: string; value: OptionValue }> {
  const tokens = new Map<string, { option: string; value: OptionValue }>();
  for (const [token, meaning] of tokenList(module)) tokens.set(token, meaning);
  return tokens;
}

/** The same with repetitions, which the catalog refuses. */
export function tokenList(module: Module): [string, { option: string; value: OptionValue }][] {
  return Object.entries(module.options ?? {}).flatMap(
    ([option, declared]): [string, { option: string; value: OptionValue }][] => {
      switch (declared.kind) {
        case 'choice':
          return declared.values.flatMap(({ id, aliases }) =>
            [id, ...(aliases ?? [])].map((token): [string, { option: string; value: OptionValue }] => [
              token,
              { option, value: id },
            ]),
          );
        case 'toggle':
        case 'link':
          return [
            [option, { option, value: true }],
            [`no-${option}`, { option, value: false }],
          ];
        case 'text':
          return [];
      }
    },
  );
}

function providersOf(modules: readonly Module[]): Map<Capability, ModuleId[]> {
  const providers = new Map<Capability, ModuleId[]>();
  for (const module of modules) {
    for (const { capability, default: isDefault } of module.provides ?? []) {
      const list = providers.get(capability) ?? [];
      providers.set(capability, isDefault ? [module.id, ...list] : [...list, module.id]);
    }
  }
  return providers;
}
