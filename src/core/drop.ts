/** Taking things back: a choice, or a module together with whatever keeps it in. */
import type { Catalog } from './catalog.ts';
import type { ModuleId, OptionId } from './module.ts';
import { type Bare, type Edge, resolveBare } from './resolve.ts';
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

/** The modules through which `id` is required, and the said options where that begins at one always there. */
function whatKeeps({ modules, edges }: Bare, id: ModuleId): Doomed {
  const doomed: Doomed = { modules: new Set([id]), options: [] };
  const seen = new Set<Edge>();
  const cut = (edge: Edge): void => {
    if (seen.has(edge)) return;
    seen.add(edge);
    const from = modules.find(({ module }) => module.id === edge.from);
    if (!from?.module.always) {
      doomed.modules.add(edge.from);
      cutAll(edge.from);
    } else if (edge.option !== undefined) {
      const origin = from.origins[edge.option];
      if (origin?.kind === 'said') doomed.options.push({ module: edge.from, option: edge.option });
      if (origin?.kind !== 'demanded') return;
      const demanders = new Set(origin.demands.map(({ by }) => by));
      for (const other of edges) if (other.to === edge.from && demanders.has(other.from)) cut(other);
    }
  };
  const cutAll = (to: ModuleId): void => {
    for (const edge of edges) if (edge.to === to) cut(edge);
  };
  cutAll(id);
  return doomed;
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
  return canonical({ ...said, options: Object.fromEntries(Object.entries(said.options).filter(([id]) => !leaves(id))) });
}
