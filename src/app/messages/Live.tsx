/** What happened, for screen readers. */
import { useComposer } from '../store/store.ts';

export function Live() {
  const message = useComposer((state) => state.ui.message);
  // Two regions in turn, so that the same sentence twice is said twice.
  const odd = (message?.id ?? 0) % 2 === 1;
  return (
    <div className="sr" aria-live="polite" role="status">
      <span>{odd ? message?.text : ''}</span>
      <span>{odd ? '' : message?.text}</span>
    </div>
  );
}
