/** What a click would make is rendered while it is only pointed at, so that the click finds it made. */
import type { Selection } from '#core/selection.ts';
import { problemsOf } from './derive.ts';
import { whenIdle } from './later.ts';
import { getState, subscribe } from './store.ts';

export function renderAhead(): void {
  subscribe(({ ui }, before) => {
    const next = ui.preview?.selection;
    if (!next || next === before.ui.preview?.selection) return;
    whenIdle(() => {
      const { ui, recorded } = getState();
      if (ui.preview?.selection === next) problemsOf(next, recorded);
    });
  });
}

/** The selection that was rendered ahead, where this one says the same. */
export function takenAhead(next: Selection): Selection {
  const ahead = getState().ui.preview?.selection;
  return ahead && JSON.stringify(ahead) === JSON.stringify(next) ? ahead : next;
}
