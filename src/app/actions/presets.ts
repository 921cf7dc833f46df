/** Opening a preset, and putting away the presets of the first visit. */
import { presets as words } from '#words/presets.ts';
import type { Preset } from '../../catalog.ts';
import { commit, defineAction, say, show } from '../store/action.ts';
import { codeOf, drawnOf } from '../store/derive.ts';
import { selectionOfPreset } from '../store/presets.ts';

export const openPreset = defineAction<[preset: Preset]>({
  name: 'Open a preset',
  run: (state, preset) => {
    const selection = selectionOfPreset(preset, state.selection.project);
    if (codeOf(selection) === codeOf(state.selection)) {
      say(words.isOpen(preset.title));
      return;
    }
    show({ picked: [] });
    commit({
      name: words.opened(preset.title),
      selection,
      words: `${words.opened(preset.title)}.`,
      // What came with it is on the graph; only what went is news.
      about: drawnOf(selection).map(({ module }) => module.id),
    });
  },
});

export const dismissPresets = defineAction({
  name: 'Dismiss presets',
  run: () => show({ firstVisit: undefined }),
});
