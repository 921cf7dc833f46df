/** Undo and redo, and the steps that are about the whole project. */

import { emptySelection, rename } from '#core/selection.ts';
import { steps as stepWords } from '#words/history.ts';
import { did, redoTip, undoTip } from '#words/page.ts';
import { commit, defineAction, message, show, takeStep } from '../store/action.ts';
import { NOTHING_RECORDED } from '../store/derive.ts';
import { back, forward, go, typedKey } from '../store/history.ts';
import type { History, Snapshot, Step } from '../store/state.ts';
import { whyNotName } from './projects.ts';

/** Takes up where a walk through the history ends. */
function travel(moved: { to: Snapshot; history: History } | undefined, words: string): void {
  if (!moved) return;
  takeStep(moved.to, moved.history, {
    nameDraft: undefined,
    message: message(words, { visible: false }),
  });
}

export const undo = defineAction({
  name: 'Undo',
  refuse: ({ history }) => (history.past.length > 0 ? undefined : undoTip(undefined)),
  run: ({ history }) => travel(back(history), did.undid(history.past.at(-1)?.name ?? '')),
});

/** That step alone: a second click, while the first is still to be seen, finds another step there. */
export const takeBack = defineAction<[step: Step]>({
  name: 'Take back',
  run: (state, step) => (state.history.past.at(-1) === step ? undo.run(state) : undefined),
});

export const redo = defineAction({
  name: 'Redo',
  refuse: ({ history }) => (history.future.length > 0 ? undefined : redoTip(undefined)),
  run: ({ history }) => travel(forward(history), did.redid(history.future.at(-1)?.name ?? '')),
});

/** To a step of the list: as many are done then. */
export const goTo = defineAction<[done: number]>({
  name: 'Go to',
  run: ({ history }, done) => {
    const steps = [...history.past, ...[...history.future].reverse()];
    travel(go(history, done), stepWords.went(steps[done - 1]?.name));
  },
});

export const listSteps = defineAction({
  name: stepWords.button,
  refuse: ({ history }) => (history.past.length + history.future.length === 0 ? stepWords.none : undefined),
  run: () => show({ dialog: { kind: 'steps' } }),
});

/** Every keystroke; a text that is no name stays a draft, and the project keeps its name. */
export const typeName = defineAction<[typed: string, visit?: number]>({
  name: 'Rename',
  run: ({ selection, ui }, typed, visit = 0) => {
    const refused = whyNotName(typed, selection);
    if (refused !== undefined) {
      const isSaid = ui.nameDraft !== undefined && whyNotName(ui.nameDraft, selection) === refused;
      show({ nameDraft: typed, ...(isSaid ? {} : { message: message(refused, { visible: false }) }) });
      return;
    }
    show({ nameDraft: undefined });
    commit({
      name: did.renamed(typed),
      selection: rename(selection, typed),
      merge: typedKey('name', visit),
      isTyped: true,
    });
  },
});

export const startOver = defineAction({
  name: 'Start over',
  run: ({ selection }) =>
    commit({
      name: did.emptied,
      selection: emptySelection(selection.project),
      recorded: NOTHING_RECORDED,
      words: `${did.emptied}.`,
    }),
});
