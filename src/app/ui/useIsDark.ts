import { useSyncExternalStore } from 'react';
import { useComposer } from '../store/store.ts';

const system = matchMedia('(prefers-color-scheme: dark)');
const listen = (changed: () => void): (() => void) => {
  system.addEventListener('change', changed);
  return () => system.removeEventListener('change', changed);
};

/** Whether the page is dark now, by choice or by the system. */
export function useIsDark(): boolean {
  const theme = useComposer((state) => state.ui.theme);
  const isSystemDark = useSyncExternalStore(listen, () => system.matches);
  return theme === 'system' ? isSystemDark : theme === 'dark';
}
