/** The one store. It is written by actions alone: what the rest of the page imports from here only reads. */
import { useDeferredValue } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { emptySelection, type Selection } from '#core/selection.ts';
import { NOTHING_RECORDED, problemsOf, renderingOf } from './derive.ts';
import { emptyHistory } from './history.ts';
import type { State } from './state.ts';
import type { Rendering } from './texts.ts';

export const initialState: State = {
  selection: emptySelection(),
  positions: {},
  recorded: NOTHING_RECORDED,
  history: emptyHistory,
  ui: {
    picked: [],
    file: { path: 'README.md' },
    theme: 'system',
    tab: 'files',
    pane: 'modules',
    resultsOpen: true,
    notices: [],
    texts: { loads: 0, failed: false },
    arranged: false,
    downloading: false,
    diffView: 'unified',
    newVersion: false,
  },
};

const composer = createStore<State>(() => initialState);

export const getState = composer.getState;
export const subscribe = composer.subscribe;
/** For `action.ts` alone. */
export const write = composer.setState;

export function useComposer<T>(select: (state: State) => T): T {
  return useStore(composer, select);
}
export function useSelection(): Selection {
  return useComposer((state) => state.selection);
}
/** For what may come a frame later than the change itself: consequences in words, sums over all files. */
export function useLaterSelection(): Selection {
  return useDeferredValue(useSelection());
}
/** Reading the number of loads is what makes it render again when texts arrive. */
export function useRendering(): Rendering | undefined {
  return useComposer(({ selection, recorded, ui }) =>
    ui.texts.loads >= 0 ? renderingOf(selection, recorded) : undefined,
  );
}
export function useLaterRendering(): Rendering | undefined {
  const selection = useLaterSelection();
  const recorded = useDeferredValue(useComposer((state) => state.recorded));
  return useComposer(({ ui }) => (ui.texts.loads >= 0 ? renderingOf(selection, recorded) : undefined));
}
export function useProblems() {
  const selection = useSelection();
  const recorded = useComposer((state) => state.recorded);
  useRendering();
  return problemsOf(selection, recorded);
}
