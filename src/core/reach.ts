/** Which modules a selection reaches, and what is demanded of their options on the way. */
import { type Catalog, requirementsOf } from './catalog.ts';
import type { Condition, Module, ModuleId, OptionId, OptionValue, Requirement } from './module.ts';
import type { Demand, Origin } from './resolve.ts';
import { optionOf, refuseValue, type Selection } from './selection.ts';

export interface Reach {
  readonly modules: Set<ModuleId>;
  /** Demands by module and option. */
  readonly demands: Map<ModuleId, Map<OptionId, Demand[]>>;
  readonly said: Selection['options'];
}

export function reachable(catalog: Catalog, selection: Selection): Reach {
  const addable = (id: ModuleId): boolean => {
    const module = catalog.modules.get(id);
    return module !== undefined && module.status !== 'planned';
  };
  const always = [...catalog.modules.values()].filter((module) => module.always).map((module) => module.id);
  const reach: Reach = {
    modules: new Set([...always, ...selection.chosen.filter(addable)]),
    demands: new Map(),
    said: selection.options,
  };
  // Each round adds a module or a demand, of which the catalog holds finitely many.
  for (let grew = true; grew; ) {
    grew = false;
    for (const id of [...reach.modules]) {
      const module = moduleOf(catalog, id);
      for (const requirement of requirementsOf(module)) {
        if (!isActive(reach, module, requirement.when)) continue;
        const target = provider(catalog, selection, requirement.need);
        if (!reach.modules.has(target)) {
          reach.modules.add(target);
          grew = true;
        }
        if (addDemands(reach, target, id, requirement)) grew = true;
      }
    }
  }
  return reach;
}

function addDemands(reach: Reach, target: ModuleId, by: ModuleId, requirement: Requirement): boolean {
  let grew = false;
  for (const [option, value] of Object.entries(requirement.options ?? {})) {
    const ofTarget = reach.demands.get(target) ?? new Map<OptionId, Demand[]>();
    const demands = ofTarget.get(option) ?? [];
    const demand = { by, because: requirement.because, value };
    if (demands.some((known) => known.by === by && known.value === value && known.because === demand.because)) continue;
    ofTarget.set(
      option,
      [...demands, demand].sort((a, b) => (demandKey(a) < demandKey(b) ? -1 : 1)),
    );
    reach.demands.set(target, ofTarget);
    grew = true;
  }
  return grew;
}

const demandKey = (demand: Demand): string => JSON.stringify([demand.by, demand.value, demand.because]);

/**
 * A chosen provider, else the declared default: fixed by the selection alone, before anything is reached.
 * One beside the default wins over it, so that choosing the default where it came by itself, or as well,
 * moves nothing.
 */
export function provider(catalog: Catalog, selection: Selection, need: string): ModuleId {
  if (catalog.modules.has(need)) return need;
  const [fallback, ...others] = catalog.providers.get(need) ?? [];
  const chosen = others.find((id) => selection.chosen.includes(id) && catalog.modules.get(id)?.status !== 'planned');
  return chosen ?? fallback ?? need;
}

export function moduleOf(catalog: Catalog, id: ModuleId): Module {
  const module = catalog.modules.get(id);
  if (!module) throw new Error(`${id} was reached but is no module: the catalog was not checked`);
  return module;
}

export function saidValue(reach: Reach, module: Module, option: OptionId): OptionValue | undefined {
  const declared = optionOf(module, option);
  const said = Object.hasOwn(reach.said, module.id) ? reach.said[module.id] : undefined;
  const value = said && Object.hasOwn(said, option) ? said[option] : undefined;
  return declared && value !== undefined && !refuseValue(declared, value) ? value : undefined;
}

/**
 * Every value counts that is demanded, not only the one that will win: with one demand more, nothing
 * that was switched on goes off again.
 */
export function isActive(reach: Reach, module: Module, condition: Condition | undefined): boolean {
  if (!condition) return true;
  const said = saidValue(reach, module, condition.option);
  if (said !== undefined) return condition.is.includes(said);
  const demands = reach.demands.get(module.id)?.get(condition.option) ?? [];
  if (demands.length > 0) return demands.some((demand) => condition.is.includes(demand.value));
  const declared = optionOf(module, condition.option);
  return declared !== undefined && condition.is.includes(declared.default);
}

export function settle(reach: Reach, module: Module, option: OptionId): [OptionValue, Origin] {
  const said = saidValue(reach, module, option);
  if (said !== undefined) return [said, { kind: 'said' }];
  const demands = reach.demands.get(module.id)?.get(option) ?? [];
  if (demands[0]) return [demands[0].value, { kind: 'demanded', demands }];
  return [optionOf(module, option)?.default ?? '', { kind: 'default' }];
}
