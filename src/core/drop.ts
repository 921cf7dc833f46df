/** Taking things back: a choice, or a module together with whatever keeps it in. */
import { type Catalog, requirementsOf } from './catalog.ts';
import type { ModuleId, OptionId } from './module.ts';
import { type Bare, type Edge, type Origin, resolveBare } from './resolve.ts';
import { canonical, configure, type Selection } from './selection.ts';

/**
 * Takes back a choice and, in the same step, the tuning of every module that leaves with it.
 * A module that is still required stays, with its tuning.
 */
export function drop(catalog: Catalog, selection: Selection, id: ModuleId): Selection {
  return takeBack(catalog, selection, { modules: new Set([id]), options: [] });
}

/**
 * Takes back `id` and every choice that would bring it back; of modules that are always there, the said
 * options that ask for it. What nothing said has brought in stays: then only the choice goes.
 */
export function dropWithDependents(catalog: Catalog, selection: Selection, id: ModuleId): Selection {
  let current = drop(catalog, selection, id);
  // A default provider may step in for one that went, so once is not always enough. Each round takes back something.
  for (;;) {
    const bare = resolveBare(catalog, current);
    if (!bare.modules.some(({ module }) => module.id === id)) return current;
    const next = takeBack(catalog, current, whatKeeps(bare, id));
    if (JSON.stringify(next) === JSON.stringify(current)) return drop(catalog, selection, id);
    current = next;
  }
}

interface Doomed {
  readonly modules: Set<ModuleId>;
  readonly options: { readonly module: ModuleId; readonly option: OptionId }[];
}

/**
 * The modules through which `id` is required; and where it is required by one that would be there whatever
 * was said, the said options that made it so.
 */
function whatKeeps(bare: Bare, id: ModuleId): Doomed {
  const { edges } = bare;
  const held = heldModules(bare);
  const doomed: Doomed = { modules: new Set([id]), options: [] };
  const seen = new Set<Edge>();
  const cut = (edge: Edge): void => {
    if (seen.has(edge)) return;
    seen.add(edge);
    const { from, option } = edge;
    if (!held.has(from)) {
      doomed.modules.add(from);
      for (const other of edges) if (other.to === from) cut(other);
    } else if (option !== undefined) {
      if (originOf(bare, edge)?.kind === 'said') doomed.options.push({ module: from, option });
      for (const other of demanding(bare, edge)) cut(other);
    }
  };
  for (const edge of edges) if (edge.to === id) cut(edge);
  return doomed;
}

/**
 * What is always there and what that requires by itself: without a word of the person. A provider beside
 * the default one is never held, since it comes in by choice alone.
 */
function heldModules(bare: Bare): Set<ModuleId> {
  const held = new Set(bare.modules.filter(({ module }) => module.always).map(({ module }) => module.id));
  const byChoice = new Set(
    bare.modules
      .filter(({ module }) => module.provides?.some((given) => !given.default))
      .map(({ module }) => module.id),
  );
  const firm = new Set<Edge>();
  for (let size = -1; size !== firm.size; ) {
    size = firm.size;
    for (const edge of bare.edges.filter(({ from, to }) => held.has(from) && !byChoice.has(to))) {
      const byItself = edge.option === undefined || originOf(bare, edge)?.kind === 'default';
      if (!byItself && !demanding(bare, edge).some((other) => firm.has(other))) continue;
      firm.add(edge);
      held.add(edge.to);
    }
  }
  return held;
}

function originOf({ modules }: Bare, { from, option = '' }: Edge): Origin | undefined {
  return modules.find(({ module }) => module.id === from)?.origins[option];
}

/** The edges that carry the demands by which this one is switched on. */
function demanding(bare: Bare, edge: Edge): Edge[] {
  const origin = originOf(bare, edge);
  const module = bare.modules.find((entry) => entry.module.id === edge.from)?.module;
  if (origin?.kind !== 'demanded' || !module) return [];
  const conditions = requirementsOf(module).filter(
    ({ because, when }) => because === edge.because && when?.option === edge.option,
  );
  const switching = origin.demands.filter(({ value }) => conditions.some(({ when }) => when?.is.includes(value)));
  return bare.edges.filter(
    ({ from, to, because }) =>
      to === edge.from && switching.some((demand) => demand.by === from && demand.because === because),
  );
}

function takeBack(catalog: Catalog, selection: Selection, { modules, options }: Doomed): Selection {
  const present = (candidate: Selection): Set<ModuleId> =>
    new Set(resolveBare(catalog, candidate).modules.map(({ module }) => module.id));
  const before = present(selection);
  const chosen = selection.chosen.filter((id) => !modules.has(id));
  const said = options.reduce(
    (current, { module, option }) => configure(current, module, option, undefined),
    canonical({ ...selection, chosen }),
  );
  const after = present(said);
  const leaves = (id: ModuleId): boolean => !after.has(id) && (before.has(id) || modules.has(id));
  return canonical({
    ...said,
    options: Object.fromEntries(Object.entries(said.options).filter(([id]) => !leaves(id))),
  });
}
