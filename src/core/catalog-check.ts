/** Everything an author can get wrong in a declaration, as sentences that name it. */
import { type Catalog, requirementsOf, tokenList } from './catalog.ts';
import type { Condition, Module, ModuleId, Option, Requirement } from './module.ts';
import { resolveBare } from './resolve.ts';
import { emptySelection, optionOf, refuseValue } from './selection.ts';

/** @param declared as they were handed in, so that two of one id are seen */
export function mistakesIn(catalog: Catalog, declared: readonly Module[]): string[] {
  const modules = [...catalog.modules.values()];
  const aliases = modules.flatMap((module) => module.aliases ?? []);
  const mistakes = [
    ...duplicates(declared.map((module) => module.id)).map((id) => `two modules are called ${id}`),
    ...modules.flatMap((module) => mistakesOf(module, catalog).map((mistake) => `${module.id}: ${mistake}`)),
    ...capabilityMistakes(catalog),
    ...aliases.filter((alias) => catalog.modules.has(alias)).map((alias) => `alias ${alias} is a module`),
    ...duplicates(aliases).map((alias) => `alias ${alias} stands for two modules`),
  ];
  // Only a sound catalog can be resolved.
  return mistakes.length > 0 ? mistakes : bareMistakes(catalog);
}

/** Taking everything back has to be a way out of every problem. */
function bareMistakes(catalog: Catalog): string[] {
  return resolveBare(catalog, emptySelection()).findings.map(
    ({ code, modules }) => `the project with nothing chosen has a problem already: ${code} of ${modules.join(' and ')}`,
  );
}

/** What every object inherits is no id: a lookup of it would find something. */
const isId = (text: string): boolean => /^[a-z][a-z0-9-]*$/.test(text) && !(text in {});

function duplicates(texts: readonly string[]): string[] {
  return [...new Set(texts.filter((text, index) => texts.indexOf(text) !== index))];
}

function capabilityMistakes(catalog: Catalog): string[] {
  return [...catalog.providers].flatMap(([capability, ids]) => {
    const given = (id: ModuleId) =>
      catalog.modules.get(id)?.provides?.filter((one) => one.capability === capability) ?? [];
    const defaults = ids.filter((id) => given(id).some((one) => one.default));
    return [
      ...(isId(capability) ? [] : [`capability ${capability} is no id`]),
      ...(catalog.modules.has(capability) ? [`capability ${capability} has the name of a module`] : []),
      ...(defaults.length === 1 ? [] : [`capability ${capability} needs one default provider, has ${defaults.length}`]),
      ...duplicates(ids).map((id) => `${id} provides ${capability} twice`),
    ];
  });
}

function mistakesOf(module: Module, catalog: Catalog): string[] {
  const mistakes: string[] = [];
  const check = (holds: boolean, mistake: string): void => {
    if (!holds) mistakes.push(mistake);
  };
  check(
    isId(module.id),
    'an id is a lower-case letter, then letters, digits and hyphens, and no word of JavaScript objects',
  );
  for (const alias of module.aliases ?? []) check(isId(alias), `alias ${alias} is no id`);
  check(module.unit === undefined || isId(module.unit), `unit ${module.unit} is no id, and would be a folder`);
  const category = catalog.categories.find((candidate) => candidate.id === module.category);
  check(category?.kind === module.kind, `category ${module.category} is not one for ${module.kind}s`);
  check(!(module.always && module.status === 'planned'), 'a planned module cannot always be there');
  mistakes.push(...optionMistakes(module));
  for (const capability of besideOthers(module)) {
    check(!module.always, `is always there, so it has to be the default provider of ${capability}`);
    const byDefault = module.provides?.find((given) => given.default)?.capability;
    check(
      byDefault === undefined,
      `provides ${byDefault} by default, so it cannot stand beside others for ${capability}`,
    );
  }
  for (const requirement of requirementsOf(module)) mistakes.push(...requirementMistakes(module, requirement, catalog));
  for (const conflict of module.conflicts ?? []) {
    const other = catalog.modules.get(conflict.module);
    check(conflict.module !== module.id, 'conflicts with itself');
    if (!other) mistakes.push(`conflicts with ${conflict.module}, which is no module`);
    else mistakes.push(...conditionMistakes(module, conflict.when), ...conditionMistakes(other, conflict.unless));
  }
  for (const { module: id } of module.recommends ?? [])
    check(catalog.modules.has(id), `recommends ${id}, which is no module`);
  return mistakes;
}

function optionMistakes(module: Module): string[] {
  const words = Object.entries(module.options ?? {}).flatMap(([id, option]) => [
    ...(isId(id) ? [] : [`option id ${id} is no id`]),
    ...(refuseValue(option, option.default) ? [`the default of ${id} is not one of its values`] : []),
    ...(option.kind === 'choice'
      ? option.values
          .flatMap((value) => [value.id, ...(value.aliases ?? [])])
          .filter((value) => !isId(value))
          .map((value) => `value id ${value} is no id`)
      : []),
  ]);
  const shared = duplicates(tokenList(module).map(([token]) => token)).map(
    (token) => `two options share the word ${token}`,
  );
  return [...words, ...shared];
}

/**
 * Capabilities that have a provider by default and this module for whom it is chosen. Such a module comes
 * in by choice alone; else choosing it where it came by itself would move others over to it.
 */
function besideOthers(module: Module): string[] {
  return (module.provides ?? []).filter((given) => !given.default).map((given) => given.capability);
}

function requirementMistakes(module: Module, requirement: Requirement, catalog: Catalog): string[] {
  const { need, when } = requirement;
  const named = catalog.modules.get(need);
  const targets = named ? [named] : (catalog.providers.get(need) ?? []).flatMap((id) => catalog.modules.get(id) ?? []);
  const [fallback] = targets;
  const [instead] = named ? besideOthers(named) : [];
  return [
    ...(fallback ? [] : [`requires ${need}, which is neither a module nor a capability`]),
    ...(module.status !== 'planned' && fallback?.status === 'planned'
      ? [`requires ${need}, which is only planned`]
      : []),
    ...(instead === undefined
      ? []
      : [`requires ${need}, which comes in by choice alone: require the capability ${instead}`]),
    ...conditionMistakes(module, when),
    ...targets.flatMap((target) => demandMistakes(requirement, target)),
  ];
}

function conditionMistakes(module: Module, condition: Condition | undefined): string[] {
  if (!condition) return [];
  const option = optionOf(module, condition.option);
  if (!option) return [`a condition looks at option ${condition.option} of ${module.id}, which does not exist`];
  if (condition.is.length === 0) return [`a condition waits for no value of ${module.id}.${condition.option}`];
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
    const option: Option | undefined = optionOf(target, id);
    if (!option) return [`asks for ${target.id}.${id}, which does not exist`];
    if (refuseValue(option, value)) return [`asks for ${target.id}.${id} = ${String(value)}, which cannot be`];
    if (option.kind === 'text')
      return [`asks for the text ${target.id}.${id}; only choices, toggles and links can be asked for`];
    return requirementsOf(target)
      .filter(({ when }) => when?.option === id && when.is.includes(option.default) && !when.is.includes(value))
      .map(({ need }) => `asks for ${target.id}.${id} = ${String(value)}, which would switch off its need of ${need}`);
  });
}
