/** Where nodes stand. */
import type { ModuleId } from '#core/module.ts';
import { titleOf } from '#words/en.ts';
import { did } from '#words/page.ts';
import { catalog } from '../../catalog.ts';
import { clamp } from '../layout/lanes.ts';
import { tidy as layOut } from '../layout/tidy.ts';
import { commit, defineAction, show } from '../store/action.ts';
import { drawnOf, edgesOf } from '../store/derive.ts';
import type { Positions } from '../store/state.ts';
import { getState, write } from '../store/store.ts';

/** @param gesture tells drags apart; without one it is a burst of arrow keys */
export const move = defineAction<[places: Positions, gesture?: number]>({
  name: 'Move',
  run: ({ selection, positions }, places, gesture) => {
    // A link that is opened, or another finger's undo, may take away what is being dragged.
    const drawn = new Set(drawnOf(selection).map(({ module }) => module.id));
    const moved = Object.entries(places).filter(([id]) => drawn.has(id));
    if (moved.length === 0) return;
    const clamped = Object.fromEntries(
      moved.map(([id, point]) => [id, clamp(catalog.modules.get(id)?.kind ?? 'component', point)]),
    );
    const ids: ModuleId[] = Object.keys(clamped);
    commit({
      name: did.moved(ids.map((id) => titleOf(catalog, id))),
      positions: { ...positions, ...clamped },
      merge: `move:${gesture ?? ids.join()}`,
    });
  },
});

export const tidy = defineAction({
  name: 'Tidy',
  run: async () => {
    const { selection } = getState();
    const tidied = await layOut(drawnOf(selection), edgesOf(selection));
    if (getState().selection === selection)
      commit({ name: did.tidied, positions: { ...getState().positions, ...tidied } });
  },
});

/** The first view: no step, since nobody asked for it. Whoever acts before it is there keeps what he sees. */
export const arrange = defineAction({
  name: 'Arrange',
  run: async ({ selection, positions, history }) => {
    const tidied = await layOut(drawnOf(selection), edgesOf(selection)).catch(() => positions);
    // Who added and undid is back at the same project, but has a step to redo from these places.
    if (getState().history === history && getState().positions === positions)
      write({ positions: { ...positions, ...tidied } });
    show({ arranged: true });
  },
});
