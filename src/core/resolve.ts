/**
 * Resolution: everything that follows from a selection. Requirements only grow (the catalog has proven
 * it), so this is reachability: it ends, does not depend on order, and finds nothing new the second time.
 */
import { type Catalog, requirementsOf } from './catalog.ts';
import { findingsIn } from './findings.ts';
import type { Module, ModuleId, OptionId, OptionValue, OptionValues } from './module.ts';
import { topological } from './order.ts';
import { isActive, moduleOf, provider, reachable, settle } from './reach.ts';
import { type Repair, repairsFor } from './repair.ts';
import { canonical, type Selection } from './selection.ts';

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
      .map(
        ({ need, because, when }): Edge => ({
          from: id,
          to: provider(catalog, selection, need),
          because,
          ...(when ? { option: when.option } : {}),
        }),
      );
  });
  const order = topological(
    [...reach.modules],
    (id) => edges.filter((edge) => edge.from === id).map((edge) => edge.to),
    (id) => catalog.ranks.get(id) ?? 0,
  );
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

function reasonsFor(module: Module, selection: Selection, edges: readonly Edge[]): Reason[] {
  return [
    ...(module.always ? [{ kind: 'always' } as const] : []),
    ...(selection.chosen.includes(module.id) ? [{ kind: 'chosen' } as const] : []),
    ...edges
      .filter((edge) => edge.to === module.id)
      .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
      .map(
        ({ from, because, option }): Reason => ({
          kind: 'required',
          by: from,
          because,
          ...(option === undefined ? {} : { option }),
        }),
      ),
  ];
}
