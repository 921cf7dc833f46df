/**
 * The catalog: all modules with the version pins, checked once when it is made. What an author can get
 * wrong throws here, so that no selection can make anything later throw.
 */
import type { Capability, Category, Condition, Module, ModuleId, Option, OptionValue, Requirement } from './module.ts';
import type { Pins } from './pins.ts';
import { refuseValue } from './selection.ts';

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
}

export class CatalogError extends Error {
  override name = 'CatalogError' as const;
  readonly mistakes: readonly string[];
  constructor(mistakes: readonly string[]) {
    super(`The catalog cannot be loaded:\n${mistakes.map((mistake) => `- ${mistake}`).join('\n')}`);
    this.mistakes = mistakes;
  }
}

const ID = /^[a-z][a-z0-9-]*$/;

/** @throws CatalogError naming every mistake in the declarations */
export function createCatalog(source: CatalogSource): Catalog {
  const sorted = [...source.modules].sort((a, b) => (a.id < b.id ? -1 : 1));
  const modules = new Map(sorted.map((module) => [module.id, module]));
  const catalog: Catalog = {
    version: source.version,
    modules,
    categories: source.categories,
    pins: source.pins,
    providers: providersOf(sorted),
    aliases: new Map(sorted.flatMap((module) => (module.aliases ?? []).map((alias) => [alias, module.id] as const))),
  };
  const mistakes = [
    ...duplicates(sorted.map((module) => module.id)).map((id) => `two modules are called ${id}`),
    ...sorted.flatMap((module) => mistakesOf(module, catalog).map((mistake) => `${module.id}: ${mistake}`)),
    ...capabilityMistakes(catalog),
    ...[...catalog.aliases.keys()].filter((alias) => modules.has(alias)).map((alias) => `alias ${alias} is a module`),
  ];
  if (mistakes.length > 0) throw new CatalogError(mistakes);
  return catalog;
}

/** What a requirement or link asks for: the link options of a module are requirements while switched on. */
export function requirementsOf(module: Module): Requirement[] {
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

function tokenList(module: Module): [string, { option: string; value: OptionValue }][] {
  return Object.entries(module.options ?? {}).flatMap(([option, declared]): [string, { option: string; value: OptionValue }][] => {
    switch (declared.kind) {
      case 'choice':
        return declared.values.flatMap(({ id, aliases }) =>
          [id, ...(aliases ?? [])].map((token): [string, { option: string; value: OptionValue }] => [token, { option, value: id }]),
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
  });
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

function duplicates(texts: readonly string[]): string[] {
  return [...new Set(texts.filter((text, index) => texts.indexOf(text) !== index))];
}

function capabilityMistakes(catalog: Catalog): string[] {
  return [...catalog.providers].flatMap(([capability, ids]) => {
    const defaults = ids.filter((id) =>
      catalog.modules.get(id)?.provides?.some((given) => given.capability === capability && given.default),
    );
    return [
      ...(catalog.modules.has(capability) ? [`capability ${capability} has the name of a module`] : []),
      ...(defaults.length === 1 ? [] : [`capability ${capability} needs one default provider, has ${defaults.length}`]),
    ];
  });
}

function mistakesOf(module: Module, catalog: Catalog): string[] {
  const mistakes: string[] = [];
  const check = (holds: boolean, mistake: string): void => {
    if (!holds) mistakes.push(mistake);
  };
  check(ID.test(module.id), 'an id is a lower-case letter, then letters, digits and hyphens');
  const category = catalog.categories.find((candidate) => candidate.id === module.category);
  check(category?.kind === module.kind, `category ${module.category} is not one for ${module.kind}s`);
  check(!(module.always && module.status === 'planned'), 'a planned module cannot always be there');

  for (const [id, option] of Object.entries(module.options ?? {})) {
    check(ID.test(id), `option id ${id} is not one`);
    check(refuseValue(option, option.default) === undefined, `the default of ${id} is not one of its values`);
    if (option.kind === 'choice') for (const value of option.values) check(ID.test(value.id), `value id ${value.id} is not one`);
  }
  for (const token of duplicates(tokenList(module).map(([token]) => token))) mistakes.push(`two options share the word ${token}`);

  for (const requirement of requirementsOf(module)) {
    const targets = targetsOf(requirement.need, catalog);
    check(targets.length > 0, `requires ${requirement.need}, which is neither a module nor a capability`);
    const fallback = targets[0];
    check(
      module.status === 'planned' || fallback?.status !== 'planned',
      `requires ${requirement.need}, which is only planned`,
    );
    mistakes.push(...conditionMistakes(module, requirement.when));
    for (const target of targets) mistakes.push(...demandMistakes(requirement, target));
  }
  for (const conflict of module.conflicts ?? []) {
    const other = catalog.modules.get(conflict.module);
    if (!other) mistakes.push(`conflicts with ${conflict.module}, which is no module`);
    else mistakes.push(...conditionMistakes(module, conflict.when), ...conditionMistakes(other, conflict.unless));
  }
  for (const { module: id } of module.recommends ?? []) check(catalog.modules.has(id), `recommends ${id}, which is no module`);
  return mistakes;
}

function targetsOf(need: string, catalog: Catalog): Module[] {
  const ids = catalog.modules.has(need) ? [need] : (catalog.providers.get(need) ?? []);
  return ids.flatMap((id) => catalog.modules.get(id) ?? []);
}

function conditionMistakes(module: Module, condition: Condition | undefined): string[] {
  if (!condition) return [];
  const option = module.options?.[condition.option];
  if (!option) return [`a condition looks at option ${condition.option} of ${module.id}, which does not exist`];
  return condition.is
    .filter((value) => refuseValue(option, value) !== undefined)
    .map((value) => `a condition waits for ${module.id}.${condition.option} = ${String(value)}, which cannot be`);
}

/**
 * Resolution only grows because a demanded value never switches off a requirement that the default
 * switched on. This is where that is proven for every demand in the catalog.
 */
function demandMistakes(requirement: Requirement, target: Module): string[] {
  return Object.entries(requirement.options ?? {}).flatMap(([id, value]): string[] => {
    const option: Option | undefined = target.options?.[id];
    if (!option) return [`asks for ${target.id}.${id}, which does not exist`];
    if (refuseValue(option, value)) return [`asks for ${target.id}.${id} = ${String(value)}, which cannot be`];
    if (option.kind === 'text') return [`asks for the text ${target.id}.${id}; only choices, toggles and links can be asked for`];
    return requirementsOf(target)
      .filter(({ when }) => when?.option === id && when.is.includes(option.default) && !when.is.includes(value))
      .map(({ need }) => `asks for ${target.id}.${id} = ${String(value)}, which would switch off its need of ${need}`);
  });
}
