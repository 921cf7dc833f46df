/** The panels' sizes in this window. */
import { useSyncExternalStore } from 'react';
import { useComposer } from '../store/store.ts';
import { panelsIn } from './sizes.ts';

const listen = (changed: () => void): (() => void) => {
  addEventListener('resize', changed);
  return () => removeEventListener('resize', changed);
};

export function usePanels(): ReturnType<typeof panelsIn> {
  const width = useSyncExternalStore(listen, () => innerWidth);
  const height = useSyncExternalStore(listen, () => innerHeight);
  const leftWidth = useComposer((state) => state.ui.leftWidth);
  const inspectorWidth = useComposer((state) => state.ui.inspectorWidth);
  const resultsHeight = useComposer((state) => state.ui.resultsHeight);
  return panelsIn({ width, height }, { leftWidth, inspectorWidth, resultsHeight });
}
