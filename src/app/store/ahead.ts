/** What a click would make is rendered while it is only pointed at, so that the click finds it made. */
import type { Selection } from '#core/selection.ts';
import { problemsOf } from './derive.ts';
import { getState, subscribe } from './store.ts';

/** Nobody waits for it: where a browser cannot tell when it is idle, a pointer that rests this long is told enough. */
const REST_MS = 60;

/** What waits for longer than this is done beside whatever else there is. */
const PATIENCE_MS = 1000;

export const whenIdle: (work: () => void) => void =
  typeof requestIdleCallback === 'function'
    ? (work) => requestIdleCallback(() => work(), { timeout: PATIENCE_MS })
    : (work) => setTimeout(work, REST_MS);

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
