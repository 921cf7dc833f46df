/** Every direct dependency that any module can give, whatever its options are. */

import type { Catalog } from '#core/catalog.ts';
import type { Contents } from '#core/contents.ts';
import { type Dependency, dependency } from '#core/facts.ts';
import type { Module, Option, OptionId, OptionValue } from '#core/module.ts';

/** Merged by name and sorted. */
export function directDependencies(catalog: Catalog, contents: Contents): Dependency[] {
  const merged = new Map<string, Dependency>();
  for (const [id, { contribution }] of contents) {
    const module = catalog.modules.get(id);
    if (!module) continue;
    for (const values of combinations(module)) {
      for (const fact of contribution.give((option) => values[option] ?? '')) {
        if (fact.kind.kind !== dependency.kind) continue;
        // Only `dependency` itself makes facts of its kind.
        const given = fact.value as unknown as Dependency;
        const known = merged.get(given.name);
        merged.set(given.name, known && dependency.merge ? dependency.merge(known, given) : given);
      }
    }
  }
  return [...merged.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Every way to set a module's options; of texts, the default. */
export function combinations(module: Module): Readonly<Record<OptionId, OptionValue>>[] {
  return Object.entries(module.options ?? {}).reduce<Record<OptionId, OptionValue>[]>(
    (sofar, [id, option]) => sofar.flatMap((values) => valuesOf(option).map((value) => ({ ...values, [id]: value }))),
    [{}],
  );
}

function valuesOf(option: Option): readonly OptionValue[] {
  switch (option.kind) {
    case 'choice':
      return option.values.map((value) => value.id);
    case 'toggle':
    case 'link':
      return [false, true];
    case 'text':
      return [option.default];
  }
}
