/** Zoom, fit and tidy. */
import { tidy } from '../actions/layout.ts';
import { perform } from '../store/action.ts';
import { Button } from '../ui/Button.tsx';
import { useView } from './useView.ts';

export function CanvasTools() {
  const { zoomBy, fitAll } = useView();
  return (
    <div className="canvas-tools" role="toolbar" aria-label="View of the graph">
      <Button label="Zoom in" icon="plus" bare look="quiet" tip="Zoom in" onClick={() => zoomBy(1.25)} />
      <Button label="Zoom out" icon="minus" bare look="quiet" tip="Zoom out" onClick={() => zoomBy(0.8)} />
      <Button label="Fit" icon="fit" bare look="quiet" tip="Show everything" onClick={() => fitAll()} />
      <Button
        label="Tidy"
        icon="tidy"
        bare
        look="quiet"
        tip="Tidy: lay the nodes out anew"
        onClick={() => perform(tidy)}
      />
    </div>
  );
}
