import { useSyncExternalStore } from 'react';

/** A telephone, upright or lying: one pane at a time, as in the style sheets. */
const narrow = matchMedia('(max-width: 860px), (max-height: 480px)');
const listen = (changed: () => void): (() => void) => {
  narrow.addEventListener('change', changed);
  return () => narrow.removeEventListener('change', changed);
};

export function useIsNarrow(): boolean {
  return useSyncExternalStore(listen, () => narrow.matches);
}
