import { useSyncExternalStore } from 'react';

/** The width below which the page is one column, as in its style sheets. */
const narrow = matchMedia('(max-width: 860px)');
const listen = (changed: () => void): (() => void) => {
  narrow.addEventListener('change', changed);
  return () => narrow.removeEventListener('change', changed);
};

export function useIsNarrow(): boolean {
  return useSyncExternalStore(listen, () => narrow.matches);
}
