/** Drawing an edge sets the link that stands for it; taking it away unsets it. */
import { cutting, joining, linksFrom } from '#core/links.ts';
import type { ModuleId } from '#core/module.ts';
import type { Selection } from '#core/selection.ts';
import { cutRefusal, joinRefusal, noLinks, edges as words } from '#words/edges.ts';
import { titleOf } from '#words/en.ts';
import { catalog } from '../../catalog.ts';
import { settle } from '../layout/place.ts';
import { commit, defineAction, say, show } from '../store/action.ts';
import { drawnOf, edgesOf, resolutionOf } from '../store/derive.ts';
import type { Positions, State } from '../store/state.ts';

const title = (id: ModuleId): string => titleOf(catalog, id);
const joiningOf = (selection: Selection, from: ModuleId, to: ModuleId) =>
  joining(catalog, resolutionOf(selection), from, to);

/** Modules that are not in the project and that an edge from this one would bring. */
export function absentTargets(selection: Selection, from: ModuleId): ModuleId[] {
  const there = new Set(drawnOf(selection).map(({ module }) => module.id));
  return [...new Set(linksFrom(catalog, from).map(({ to }) => to))].filter((id) => !there.has(id));
}

/** Where those would stand. */
export function absentPlaces({ selection, positions }: Pick<State, 'selection' | 'positions'>, from: ModuleId) {
  const nodes = drawnOf(selection);
  const absent = absentTargets(selection, from).flatMap((id) => catalog.modules.get(id) ?? []);
  const lines = absent.map(({ id }) => ({ from, to: id }));
  const placed = settle(positions, [...nodes, ...absent.map((module) => ({ module }))], lines);
  return Object.fromEntries(absent.flatMap(({ id }) => (placed[id] ? [[id, placed[id]]] : []))) as Positions;
}

/** Shows on the graph what a click would change; nothing when there is nothing to show. */
export const preview = defineAction<[selection: Selection | undefined, places?: Positions]>({
  name: 'Preview',
  run: ({ positions }, selection, places = {}) =>
    show({
      preview: selection && {
        selection,
        positions: settle({ ...places, ...positions }, drawnOf(selection), edgesOf(selection)),
      },
    }),
});

export const startConnecting = defineAction<[from: ModuleId]>({
  name: words.connectTo,
  refuse: (_, from) => (linksFrom(catalog, from).length > 0 ? undefined : noLinks(catalog, from)),
  run: (_, from) => {
    show({ connecting: { from }, preview: undefined });
    const targets = linksFrom(catalog, from).map(({ to }) => title(to));
    say(words.begun(title(from), [...new Set(targets)]), { visible: false });
  },
});

export const aim = defineAction<[over: ModuleId | undefined]>({
  name: 'Aim',
  run: (state, over) => {
    const { connecting } = state.ui;
    if (!connecting || connecting.over === over) return;
    const { from } = connecting;
    const given = over === undefined ? undefined : joiningOf(state.selection, from, over);
    show({ connecting: over === undefined ? { from } : { from, over } });
    preview.run(state, given?.kind === 'link' ? given.selection : undefined, absentPlaces(state, from));
  },
});

/** @param isRefused something has been said already */
export const stopConnecting = defineAction<[isRefused?: boolean]>({
  name: words.stop,
  run: ({ ui }, isRefused = false) => {
    if (!ui.connecting) return;
    show({ connecting: undefined, preview: undefined });
    if (!isRefused) say(words.stopped, { visible: false });
  },
});

export const connect = defineAction<[from: ModuleId, to: ModuleId]>({
  name: words.connectTo,
  refuse: ({ selection }, from, to) => joinRefusal(catalog, from, to, joiningOf(selection, from, to)),
  run: (state, from, to) => {
    const given = joiningOf(state.selection, from, to);
    if (given.kind !== 'link') return;
    const at = absentPlaces(state, from)[to];
    show({ connecting: undefined });
    commit({
      name: words.connected(title(from), title(to)),
      selection: given.selection,
      positions: { ...(at ? { [to]: at } : {}), ...state.positions },
      about: [from],
    });
  },
});

/** Of an edge on the graph, by its id. */
export const disconnect = defineAction<[edge: string]>({
  name: 'Disconnect',
  refuse: ({ selection }, id) => {
    const edge = edgesOf(selection).find((candidate) => candidate.id === id);
    if (!edge) return words.gone;
    return cutRefusal(catalog, edge.from, edge.to, cutting(catalog, resolutionOf(selection), edge.from, edge.to));
  },
  run: ({ selection }, id) => {
    const edge = edgesOf(selection).find((candidate) => candidate.id === id);
    const given = edge && cutting(catalog, resolutionOf(selection), edge.from, edge.to);
    if (!edge || given?.kind !== 'link') return;
    show({ pickedEdge: undefined, hotEdge: undefined });
    commit({ name: words.disconnected(title(edge.from), title(edge.to)), selection: given.selection });
  },
});

export const pickEdge = defineAction<[edge: string | undefined]>({
  name: 'Select',
  run: (_, edge) => show({ pickedEdge: edge, ...(edge === undefined ? {} : { picked: [] }) }),
});

/** What would follow if this were the selection, as one sentence. */
export function follows(selection: Selection, next: Selection): string {
  const [was, is] = [selection, next].map((given) => drawnOf(given).map(({ module }) => module.id));
  const came = (is ?? []).filter((id) => !was?.includes(id)).map(title);
  const went = (was ?? []).filter((id) => !is?.includes(id)).map(title);
  const isWorse = resolutionOf(next).problems.length > resolutionOf(selection).problems.length;
  return [words.adds(came), words.removes(went), isWorse ? words.settles : ''].filter(Boolean).join(' ');
}
