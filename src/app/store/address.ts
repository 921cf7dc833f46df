/** The address carries the selection alone, and Back leaves the page. */
import { openLink } from '../actions/open.ts';
import { perform } from './action.ts';
import { codeOf } from './derive.ts';
import { afterFrame } from './later.ts';
import { getState, subscribe } from './store.ts';

export function followAddress(): void {
  // What stands there by our hand: where something else does, whoever wrote it is heard first.
  let known = location.hash;
  let isWaiting = false;
  const write = (): void => {
    isWaiting = false;
    const hash = `#${codeOf(getState().selection)}`;
    if (location.hash !== known || known === hash) return;
    try {
      history.replaceState(null, '', hash);
      known = location.hash;
    } catch {
      // Browsers limit how often; the next change writes it again.
    }
  };
  write();
  subscribe((state, before) => {
    if (state.selection === before.selection || isWaiting) return;
    isWaiting = true;
    // The whole browser takes part in writing an address.
    if (document.hidden) write();
    else afterFrame(write);
  });
  document.addEventListener('visibilitychange', write);
  // A link pasted into the address bar, or clicked.
  addEventListener('hashchange', () => {
    known = location.hash;
    if (known.length > 1 && known !== `#${codeOf(getState().selection)}`) perform(openLink, known);
    write();
  });
}
