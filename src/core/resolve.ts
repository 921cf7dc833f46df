/**
 * Resolution: everything that follows from a selection. Requirements only grow (the catalog has proven
 * it), so this is reachability: it ends, does not depend on order, and finds nothing new the second time.
 */
import { type Catalog, requirementsOf } from './catalog.ts';
import type { Condition, Module, ModuleId, OptionId, OptionValue, OptionValues, Requirement } from './module.ts';
import { topological } from './order.ts';
import { type Repair, repairsFor } from './repair.ts';
import { canonical, optionOf, refuseValue, type Selection } from './selection.ts';

export type Reason =
  | { readonly kind: 'always' }
  | { readonly kind: 'chosen' }
  | { readonly kind: 'required'; readonly by: ModuleId; readonly because: string; readonly option?: OptionId };

export interface Demand {
  readonly by: ModuleId;
  readonly because: string;
  readonly value: OptionValue;
}
/** Said wins over demanded, demanded over default. */
export type Origin =
  | { readonly kind: 'said' }
  | { readonly kind: 'demanded'; readonly demands: readonly Demand[] }
  | { readonly kind: 'default' };

export interface ResolvedModule {
  readonly module: Module;
  readonly options: OptionValues;
  readonly origins: Readonly<Record<OptionId, Origin>>;
  readonly reasons: readonly Reason[];
}
/** Why one module needs another; `option` is the one that switched the need on, a link's own id among them. */
export interface Edge {
  readonly from: ModuleId;
  readonly to: ModuleId;
  readonly because: string;
  readonly option?: OptionId;
}
export type ProblemCode =
  | 'unknown-module'
  | 'planned-module'
  | 'unknown-option'
  | 'refused-value'
  | 'said-against-demand'
  | 'demand-against-demand'
  | 'conflict'
  | 'clash';
export interface Finding {
  readonly code: ProblemCode;
  readonly modules: readonly ModuleId[];
  readonly values: Readonly<Record<string, string>>;
}
export interface Problem extends Finding {
  /** Whole selections without this problem, the fewest said things changed first. */
  readonly repairs: readonly Repair[];
}
export interface Resolution {
  readonly selection: Selection;
  /** Required ones first. */
  readonly modules: readonly ResolvedModule[];
  readonly edges: readonly Edge[];
  readonly problems: readonly Problem[];
}
export interface Bare extends Omit<Resolution, 'problems'> {
  readonly findings: readonly Finding[];
}

/** Total: any selection, also one of unknown ids and impossible values, gets a resolution. */
export function resolve(catalog: Catalog, selection: Selection): Resolution {
  const { findings, ...rest } = resolveBare(catalog, selection);
  const problems = findings.map((finding) => ({ ...finding, repairs: repairsFor(catalog, rest.selection, finding) }));
  return { ...rest, problems };
}

/** Resolution without repairs, which are themselves found by resolving. */
export function resolveBare(catalog: Catalog, said: Selection): Bare {
  const selection = canonical(said);
  const reach = reachable(catalog, selection);
  const edges = [...reach.modules].flatMap((id) => {
    const module = moduleOf(catalog, id);
    return requirementsOf(module)
      .filter((requirement) => isActive(reach, module, requirement.when))
      .map(({ need, because, when }): Edge => ({
        from: id,
        to: provider(catalog, selection, need),
        because,
        ...(when ? { option: when.option } : {}),
      }));
  });
  const order = topological([...reach.modules], (id) => edges.filter((edge) => edge.from === id).map((edge) => edge.to));
  const modules = order.map((id): ResolvedModule => {
    const module = moduleOf(catalog, id);
    const options: Record<OptionId, OptionValue> = {};
    const origins: Record<OptionId, Origin> = {};
    for (const option of Object.keys(module.options ?? {})) {
      [options[option], origins[option]] = settle(reach, module, option);
    }
    return { module, options, origins, reasons: reasonsFor(module, selection, edges) };
  });
  edges.sort((a, b) => order.indexOf(a.to) - order.indexOf(b.to) || order.indexOf(a.from) - order.indexOf(b.from));
  return { selection, modules, edges, findings: findingsIn(catalog, selection, reach, modules) };
}

interface Reach {
  readonly modules: Set<ModuleId>;
  /** Demands by module and option. */
  readonly demands: Map<ModuleId, Map<OptionId, Demand[]>>;
  readonly said: Selection['options'];
}

function reachable(catalog: Catalog, selection: Selection): Reach {
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
    ofTarget.set(option, [...demands, demand].sort((a, b) => (demandKey(a) < demandKey(b) ? -1 : 1)));
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
function provider(catalog: Catalog, selection: Selection, need: string): ModuleId {
  if (catalog.modules.has(need)) return need;
  const [fallback, ...others] = catalog.providers.get(need) ?? [];
  const chosen = others.find((id) => selection.chosen.includes(id) && catalog.modules.get(id)?.status !== 'planned');
  return chosen ?? fallback ?? need;
}

function moduleOf(catalog: Catalog, id: ModuleId): Module {
  const module = catalog.modules.get(id);
  if (!module) throw new Error(`${id} was reached but is no module: the catalog was not checked`);
  return module;
}

function saidValue(reach: Reach, module: Module, option: OptionId): OptionValue | undefined {
  const declared = optionOf(module, option);
  const said = Object.hasOwn(reach.said, module.id) ? reach.said[module.id] : undefined;
  const value = said && Object.hasOwn(said, option) ? said[option] : undefined;
  return declared && value !== undefined && !refuseValue(declared, value) ? value : undefined;
}

/**
 * Every value counts that is demanded, not only the one that will win: with one demand more, nothing
 * that was switched on goes off again.
 */
function isActive(reach: Reach, module: Module, condition: Condition | undefined): boolean {
  if (!condition) return true;
  const said = saidValue(reach, module, condition.option);
  if (said !== undefined) return condition.is.includes(said);
  const demands = reach.demands.get(module.id)?.get(condition.option) ?? [];
  if (demands.length > 0) return demands.some((demand) => condition.is.includes(demand.value));
  const declared = optionOf(module, condition.option);
  return declared !== undefined && condition.is.includes(declared.default);
}

function settle(reach: Reach, module: Module, option: OptionId): [OptionValue, Origin] {
  const said = saidValue(reach, module, option);
  if (said !== undefined) return [said, { kind: 'said' }];
  const demands = reach.demands.get(module.id)?.get(option) ?? [];
  if (demands[0]) return [demands[0].value, { kind: 'demanded', demands }];
  return [optionOf(module, option)?.default ?? '', { kind: 'default' }];
}

function reasonsFor(module: Module, selection: Selection, edges: readonly Edge[]): Reason[] {
  return [
    ...(module.always ? [{ kind: 'always' } as const] : []),
    ...(selection.chosen.includes(module.id) ? [{ kind: 'chosen' } as const] : []),
    ...edges
      .filter((edge) => edge.to === module.id)
      .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
      .map(({ from, because, option }): Reason => ({
        kind: 'required',
        by: from,
        because,
        ...(option === undefined ? {} : { option }),
      })),
  ];
}

function findingsIn(
  catalog: Catalog,
  selection: Selection,
  reach: Reach,
  modules: readonly ResolvedModule[],
): Finding[] {
  const findings: Finding[] = [];
  for (const id of selection.chosen) {
    const module = catalog.modules.get(id);
    if (!module) findings.push({ code: 'unknown-module', modules: [id], values: {} });
    else if (module.status === 'planned') findings.push({ code: 'planned-module', modules: [id], values: {} });
  }
  for (const [id, values] of Object.entries(selection.options)) {
    const module = catalog.modules.get(id);
    if (!module) {
      if (!selection.chosen.includes(id)) findings.push({ code: 'unknown-module', modules: [id], values: {} });
      continue;
    }
    for (const [option, value] of Object.entries(values)) {
      const declared = optionOf(module, option);
      if (!declared) findings.push({ code: 'unknown-option', modules: [id], values: { option } });
      else if (refuseValue(declared, value)) {
        findings.push({ code: 'refused-value', modules: [id], values: { option, value: String(value) } });
      }
    }
  }
  for (const { module } of modules) {
    const demands = [...(reach.demands.get(module.id) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [option, ofOption] of demands) {
      findings.push(...demandFindings(reach, module, option, ofOption));
    }
    for (const conflict of module.conflicts ?? []) {
      const other = modules.find((entry) => entry.module.id === conflict.module);
      if (!other || !isActive(reach, module, conflict.when)) continue;
      if (conflict.unless && isActive(reach, other.module, conflict.unless)) continue;
      findings.push({ code: 'conflict', modules: [module.id, conflict.module], values: { because: conflict.because } });
    }
  }
  return findings;
}

function demandFindings(reach: Reach, module: Module, option: OptionId, demands: readonly Demand[]): Finding[] {
  const said = saidValue(reach, module, option);
  if (said !== undefined) {
    return demands
      .filter((demand) => demand.value !== said)
      .map((demand) => ({
        code: 'said-against-demand',
        modules: [module.id, demand.by],
        values: { option, said: String(said), demanded: String(demand.value), because: demand.because },
      }));
  }
  const [first, other] = [demands[0], demands.find((demand) => demand.value !== demands[0]?.value)];
  if (!first || !other) return [];
  const values = { option, one: String(first.value), other: String(other.value), because: first.because, otherBecause: other.because };
  return [{ code: 'demand-against-demand', modules: [module.id, first.by, other.by], values }];
}
