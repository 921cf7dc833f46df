/** What the project is compared with. It is shown, not said: none of it is part of the project. */
import type { Selection } from '#core/selection.ts';
import { compared as words } from '#words/open.ts';
import { defineAction, perform, show } from '../store/action.ts';
import { resolutionOf } from '../store/derive.ts';
import type { Base, DiffView } from '../store/state.ts';
import { getState } from '../store/store.ts';
import * as texts from '../store/texts.ts';

export const compareWith = defineAction<[against: Base]>({
  name: 'Compare with',
  run: (_, against) => show({ against }),
});

/** Against what was opened, as it was; the notices that spoke of it have done their part. */
export const showOpened = defineAction({
  name: words.show,
  refuse: ({ ui }) => (ui.opened ? undefined : words.none),
  run: () => {
    perform(compareWith, { kind: 'opened' });
    show({ tab: 'changes', pane: 'results', resultsOpen: true, message: undefined });
  },
});

export const setDiffView = defineAction<[view: DiffView]>({
  name: 'Show differences',
  run: (_, diffView) => show({ diffView }),
});

/** Loads what the base is rendered from, if it is not there. */
export const loadBase = defineAction<[base: Selection]>({
  name: 'Load the base',
  run: async (_, base) => {
    const resolution = resolutionOf(base);
    if (texts.isLoaded(resolution)) return;
    try {
      await texts.load(resolution);
      show({ texts: { loads: getState().ui.texts.loads + 1, failed: false } });
    } catch {
      show({ texts: { ...getState().ui.texts, failed: true } });
    }
  },
});
