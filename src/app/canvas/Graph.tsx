/** The dependency graph: nodes and edges are computed, and everything done here is an action. */
import '@xyflow/react/dist/base.css';
import './canvas.css';
import { ReactFlowProvider } from '@xyflow/react';
import { Problems } from '../messages/Problems.tsx';
import { Toast } from '../messages/Toast.tsx';
import { useComposer } from '../store/store.ts';
import { Canvas } from './Canvas.tsx';
import { CanvasTools } from './CanvasTools.tsx';
import { ConnectBar } from './Connecting.tsx';
import { NodeMenu } from './NodeMenu.tsx';

export function Graph() {
  const isArranged = useComposer((state) => state.ui.arranged);
  return (
    <section id="graph" className="graph" aria-label="Graph" tabIndex={-1}>
      <ReactFlowProvider>
        <Problems />
        <div className={`canvas ${isArranged ? '' : 'unarranged'}`} data-canvas="">
          <CanvasTools />
          <ConnectBar />
          <Canvas />
        </div>
        <Toast />
        <NodeMenu />
      </ReactFlowProvider>
    </section>
  );
}
