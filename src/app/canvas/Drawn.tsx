/** What of the graph needs its library. */
import { ReactFlowProvider } from '@xyflow/react';
import { Canvas } from './Canvas.tsx';
import { CanvasTools } from './CanvasTools.tsx';
import { ConnectBar } from './Connecting.tsx';

export default function Drawn() {
  return (
    <ReactFlowProvider>
      <div className="tools-room">
        <CanvasTools />
      </div>
      <ConnectBar />
      <Canvas />
    </ReactFlowProvider>
  );
}
