/** React Flow under control: positions, selection and hover live in the store. */
import {
  Background,
  BackgroundVariant,
  type EdgeTypes,
  MiniMap,
  type NodeTypes,
  ReactFlow,
  useReactFlow,
  useStore,
} from '@xyflow/react';
import { type CSSProperties, useCallback, useEffect } from 'react';
import { aim } from '../actions/edges.ts';
import { pointAt } from '../actions/files.ts';
import { heat } from '../actions/view.ts';
import { perform } from '../store/action.ts';
import { drawnOf } from '../store/derive.ts';
import { getState, useComposer } from '../store/store.ts';
import { Coming } from './Coming.tsx';
import { Connecting } from './Connecting.tsx';
import { canvas, nodeOf } from './canvas.ts';
import { useFeed } from './feed.ts';
import { NEAREST } from './fit.ts';
import { pressed } from './keys.ts';
import { Lanes } from './Lanes.tsx';
import { ModuleCard } from './ModuleCard.tsx';
import type { ModuleNode, ReasonEdge } from './nodes.ts';
import { ReasonLine } from './ReasonLine.tsx';
import { useEvents } from './useEvents.ts';
import { useLongPress } from './useLongPress.ts';
import { useView } from './useView.ts';

const nodeTypes = { module: ModuleCard } satisfies NodeTypes;
const edgeTypes = { reason: ReasonLine } satisfies EdgeTypes;
/** Fewer nodes than this need no overview. */
const MANY = 6;
/** From here on cards show less, larger. */
const FAR = 0.78;
/** And from here on nothing but their titles. */
const TINY = 0.52;

const NODE_HINT = 'Enter selects it; then the arrow keys move it, Delete removes it, and Tab leads to its handle.';
const HINTS = {
  'node.a11yDescription.default': NODE_HINT,
  'node.a11yDescription.keyboardDisabled': NODE_HINT,
  // Said by the step itself, with the node's name.
  'node.a11yDescription.ariaLiveMessage': () => '',
  'edge.a11yDescription.default': 'Enter selects it; then Delete takes a connection away.',
};

export function Canvas() {
  const isMany = useComposer(({ selection }) => drawnOf(selection).length > MANY);
  const from = useComposer((state) => state.ui.connecting?.from);
  const handlers = useEvents(useFeed());
  const flow = useReactFlow();
  const { fitAll } = useView();
  const fitAtOnce = useCallback(() => fitAll(0), [fitAll]);
  const longPress = useLongPress();
  const isFar = useStore((state) => state.transform[2] < FAR);

  // Words are read and fingers hit at every zoom. In steps, so that a pinch is not a render a frame; never too small.
  const zoom = useStore((state) => Math.max(Math.floor(state.transform[2] * 20), 1) / 20);

  useEffect(() => {
    canvas.attach(flow, fitAll);
    return () => canvas.attach(undefined);
  }, [flow, fitAll]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it listens to the nodes and edges in it
    <div
      className={`canvas-flow ${isFar ? 'far' : ''} ${zoom < TINY ? 'tiny' : ''} ${from === undefined ? '' : 'connecting'}`}
      style={{ '--zoom': zoom } as CSSProperties}
      onFocus={(event) => {
        const target = event.target as HTMLElement;
        const edge = target.closest<HTMLElement>('.react-flow__edge')?.dataset.id;
        perform(heat, edge);
        if (from !== undefined) perform(aim, nodeOf(target));
        perform(pointAt, target.closest<HTMLElement>('.react-flow__node')?.dataset.id);
      }}
      onBlur={() => {
        if (getState().ui.hotEdge !== undefined) perform(heat, undefined);
        perform(pointAt, undefined);
      }}
      onKeyDownCapture={pressed}
      {...longPress}
    >
      <ReactFlow<ModuleNode, ReasonEdge>
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onInit={fitAtOnce}
        {...handlers}
        deleteKeyCode={null}
        zoomActivationKeyCode={null}
        nodesConnectable={false}
        nodesDraggable={from === undefined}
        elementsSelectable={from === undefined}
        edgesReconnectable={false}
        zoomOnDoubleClick={false}
        nodeDragThreshold={3}
        minZoom={NEAREST}
        maxZoom={1.75}
        ariaLabelConfig={HINTS}
      >
        <Background variant={BackgroundVariant.Dots} gap={18} size={1} />
        <Lanes />
        <Coming />
        <Connecting />
        {isMany && (
          <MiniMap<ModuleNode>
            className="minimap"
            pannable
            zoomable
            ariaLabel="Overview of the graph"
            nodeClassName={(node) => `kind-${node.data.entry.module.kind}`}
            nodeBorderRadius={10}
          />
        )}
      </ReactFlow>
    </div>
  );
}
