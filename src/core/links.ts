/** Edges a person can draw: which link could join two modules, and if none can, why not. */
import type { Catalog } from './catalog.ts';
import type { ModuleId, OptionId } from './module.ts';
import { provider } from './reach.ts';
import { type Demand, type Resolution, resolveBare } from './resolve.ts';
import { choose, configure, optionOf, type Selection } from './selection.ts';

/** A link option of a module, and a module that it can lead to. */
export interface Link {
  readonly from: ModuleId;
  readonly option: OptionId;
  readonly to: ModuleId;
}

/** What drawing an edge comes to: the selection with the link in it, or what is in the way. */
export type Joining =
  | { readonly kind: 'link'; readonly link: Link; readonly selection: Selection }
  | { readonly kind: 'required'; readonly because: string }
  | { readonly kind: 'itself' | 'linked' | 'turned' | 'none' };

/** What taking an edge away comes to. */
export type Cutting =
  | { readonly kind: 'link'; readonly links: readonly Link[]; readonly selection: Selection }
  | { readonly kind: 'demanded'; readonly by: ModuleId; readonly because: string }
  | { readonly kind: 'follows'; readonly option: OptionId }
  | { readonly kind: 'required'; readonly because: string };

/** Every edge that can be drawn from this module; a capability leads to each of its providers that can be added. */
export function linksFrom(catalog: Catalog, from: ModuleId): Link[] {
  return Object.entries(catalog.modules.get(from)?.options ?? {}).flatMap(([option, declared]) =>
    declared.kind === 'link'
      ? (catalog.providers.get(declared.target) ?? [declared.target])
          .filter((to) => catalog.modules.get(to)?.status !== 'planned')
          .map((to) => ({ from, option, to }))
      : [],
  );
}

/** Every edge that can be drawn to this module. */
export function linksTo(catalog: Catalog, to: ModuleId): Link[] {
  return [...catalog.modules.keys()].flatMap((id) => linksFrom(catalog, id).filter((link) => link.to === to));
}

/** Whether a link is switched on and leads there in this project. */
export function isLinked(catalog: Catalog, { modules, selection }: Resolution, { from, option, to }: Link): boolean {
  const entry = modules.find(({ module }) => module.id === from);
  const declared = entry && optionOf(entry.module, option);
  return (
    declared?.kind === 'link' && entry?.options[option] === true && provider(catalog, selection, declared.target) === to
  );
}

export function joining(catalog: Catalog, resolution: Resolution, from: ModuleId, to: ModuleId): Joining {
  if (from === to) return { kind: 'itself' };
  const links = linksFrom(catalog, from).filter((link) => link.to === to);
  const link = links.find((candidate) => !isLinked(catalog, resolution, candidate));
  if (link) return { kind: 'link', link, selection: linked(catalog, resolution.selection, link) };
  if (links.length > 0) return { kind: 'linked' };
  const needed = resolution.edges.find((edge) => edge.from === from && edge.to === to);
  if (needed) return { kind: 'required', because: needed.because };
  return linksTo(catalog, from).some((candidate) => candidate.from === to) ? { kind: 'turned' } : { kind: 'none' };
}

function linked(catalog: Catalog, selection: Selection, { from, option, to }: Link): Selection {
  const said = configure(selection, from, option, true);
  const declared = catalog.modules.get(from)?.options?.[option];
  const leadsThere = declared?.kind !== 'link' || provider(catalog, said, declared.target) === to;
  // Of several providers, one is said by choosing it.
  return leadsThere ? said : choose(said, to);
}

export function cutting(catalog: Catalog, resolution: Resolution, from: ModuleId, to: ModuleId): Cutting {
  const edges = resolution.edges.filter((edge) => edge.from === from && edge.to === to);
  const links = linksFrom(catalog, from).filter(
    (link) =>
      link.to === to && edges.some(({ option }) => option === link.option) && isLinked(catalog, resolution, link),
  );
  if (links.length > 0) return unlinked(catalog, resolution.selection, links);
  const bare = edges.find(({ option }) => option === undefined);
  const option = edges[0]?.option;
  if (bare || option === undefined) return { kind: 'required', because: (bare ?? edges[0])?.because ?? '' };
  return { kind: 'follows', option };
}

function unlinked(catalog: Catalog, selection: Selection, links: readonly Link[]): Cutting {
  const after = links.reduce((said, { from, option }) => configure(said, from, option, undefined), selection);
  const { modules } = resolveBare(catalog, after);
  for (const { from, option } of links) {
    const origin = modules.find(({ module }) => module.id === from)?.origins[option];
    const demand: Demand | undefined = origin?.kind === 'demanded' ? origin.demands[0] : undefined;
    if (demand) return { kind: 'demanded', by: demand.by, because: demand.because };
  }
  return { kind: 'link', links, selection: after };
}

/** Whether an edge stands for nothing but links, so that it goes with them. */
export function isLinkAlone(catalog: Catalog, resolution: Resolution, from: ModuleId, to: ModuleId): boolean {
  const options = new Set(linksFrom(catalog, from).flatMap((link) => (link.to === to ? link.option : [])));
  const edges = resolution.edges.filter((edge) => edge.from === from && edge.to === to);
  return edges.length > 0 && edges.every(({ option }) => option !== undefined && options.has(option));
}
