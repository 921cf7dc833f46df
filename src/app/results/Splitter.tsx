/** The line between graph and results, to be dragged or moved with the arrow keys. */
import { RESULTS } from '../store/view.ts';

const STEP = 40;

export function Splitter({ value, set }: { value: number; set: (height: number) => void }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: hr takes no keyboard
    <div
      className="splitter"
      role="separator"
      aria-orientation="horizontal"
      aria-label="Height of the results"
      aria-valuenow={value}
      aria-valuemin={RESULTS.least}
      aria-valuemax={RESULTS.most}
      tabIndex={0}
      onKeyDown={(event) => {
        const by = { ArrowUp: STEP, ArrowDown: -STEP }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        set(value + by);
      }}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) set(innerHeight - event.clientY);
      }}
    />
  );
}
