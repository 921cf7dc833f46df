/** The edge of a panel: dragged, or moved with the arrow keys; a double click or Enter brings the usual size back. */
import './splitter.css';
import { panels as words } from '#words/page.ts';
import { sizePanel } from '../actions/view.ts';
import { perform } from '../store/action.ts';
import type { Panel } from './sizes.ts';
import { usePanels } from './usePanels.ts';

const STEP = 40;

interface Edge {
  readonly orientation: 'horizontal' | 'vertical';
  readonly larger: string;
  readonly smaller: string;
  /** The size at which the edge is under the pointer. */
  readonly at: (event: React.PointerEvent) => number;
}
const EDGES: Readonly<Record<Panel, Edge>> = {
  leftWidth: { orientation: 'vertical', larger: 'ArrowRight', smaller: 'ArrowLeft', at: ({ clientX }) => clientX },
  inspectorWidth: {
    orientation: 'vertical',
    larger: 'ArrowLeft',
    smaller: 'ArrowRight',
    at: ({ clientX }) => innerWidth - clientX,
  },
  resultsHeight: {
    orientation: 'horizontal',
    larger: 'ArrowUp',
    smaller: 'ArrowDown',
    at: ({ clientY }) => innerHeight - clientY,
  },
};

export function Splitter({ panel }: { panel: Panel }) {
  const { value, least, most } = usePanels()[panel];
  const { orientation, larger, smaller, at } = EDGES[panel];
  const set = (size: number): void => perform(sizePanel, panel, Math.min(Math.max(size, least), most));
  const reset = (): void => perform(sizePanel, panel, undefined);
  return (
    // biome-ignore lint/a11y/useSemanticElements: hr takes no keyboard
    <div
      className={`splitter ${panel}`}
      role="separator"
      aria-orientation={orientation}
      aria-label={words[panel]}
      aria-valuenow={value}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      onKeyDown={(event) => {
        const act = {
          [larger]: () => set(value + STEP),
          [smaller]: () => set(value - STEP),
          Home: () => set(least),
          End: () => set(most),
          Enter: reset,
        }[event.key];
        if (!act) return;
        event.preventDefault();
        act();
      }}
      onDoubleClick={reset}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) set(at(event));
      }}
    />
  );
}
