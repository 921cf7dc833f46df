/** React Flow under control: positions, selection and hover live in the store. */
import {
  Background,
  BackgroundVariant,
  type EdgeChange,
  type EdgeTypes,
  MiniMap,
  type NodeChange,
  type NodeTypes,
  ReactFlow,
  useReactFlow,
  useStore,
} from '@xyflow/react';
import { type CSSProperties, useEffect, useMemo, useRef, useState } from 'react';
import { aim, connect, pickEdge, stopConnecting } from '../actions/edges.ts';
import { pointAt } from '../actions/files.ts';
import { move } from '../actions/layout.ts';
import { heat, openMenu, pick } from '../actions/view.ts';
import { perform } from '../store/action.ts';
import { drawnOf } from '../store/derive.ts';
import type { Positions } from '../store/state.ts';
import { getState, useComposer, useProblems, useSelection } from '../store/store.ts';
import { Coming } from './Coming.tsx';
import { Connecting } from './Connecting.tsx';
import { canvas, nodeOf } from './canvas.ts';
import { NEAREST } from './fit.ts';
import { pressed } from './keys.ts';
import { Lanes } from './Lanes.tsx';
import { ModuleCard } from './ModuleCard.tsx';
import { edgesFor, type ModuleNode, nodesFor, type ReasonEdge } from './nodes.ts';
import { ReasonLine } from './ReasonLine.tsx';
import { useLongPress } from './useLongPress.ts';
import { useView } from './useView.ts';

const nodeTypes = { module: ModuleCard } satisfies NodeTypes;
const edgeTypes = { reason: ReasonLine } satisfies EdgeTypes;
const none: Positions = {};
/** Fewer nodes than this need no overview. */
const MANY = 6;
/** From here on cards show less, larger. */
const FAR = 0.78;
/** And from here on nothing but their titles. */
const TINY = 0.52;

export function Canvas() {
  const selection = useSelection();
  const problems = useProblems();
  const positions = useComposer((state) => state.positions);
  const picked = useComposer((state) => state.ui.picked);
  const pickedEdge = useComposer((state) => state.ui.pickedEdge);
  const hotEdge = useComposer((state) => state.ui.hotEdge);
  const next = useComposer((state) => state.ui.preview?.selection);
  const from = useComposer((state) => state.ui.connecting?.from);
  const [moving, setMoving] = useState<Positions>(none);
  const [hovered, setHovered] = useState<string>();
  const flow = useReactFlow();
  const { fitAll } = useView();
  const longPress = useLongPress();
  const isFar = useStore((state) => state.transform[2] < FAR);

  const placed = useMemo(() => (moving === none ? positions : { ...positions, ...moving }), [positions, moving]);
  const nodes = useMemo(() => {
    const troubled = new Set(problems.flatMap(({ modules }) => modules));
    return nodesFor(selection, placed, { picked, troubled, next, from });
  }, [selection, placed, picked, problems, next, from]);
  const edges = useMemo(
    () => edgesFor(selection, placed, { near: new Set(hovered === undefined ? picked : [hovered]), next, pickedEdge }),
    [selection, placed, picked, hovered, next, pickedEdge],
  );
  // Words are read and fingers hit at every zoom. In steps, so that a pinch is not a render a frame; never too small.
  const zoom = useStore((state) => Math.max(Math.floor(state.transform[2] * 20), 1) / 20);

  const change = (changes: NodeChange<ModuleNode>[]): void => {
    const moved: Record<string, { x: number; y: number }> = {};
    let isDragging = false;
    let selected: readonly string[] = picked;
    for (const item of changes) {
      if (item.type === 'position' && item.position) {
        moved[item.id] = item.position;
        isDragging ||= item.dragging === true;
      }
      if (item.type === 'select')
        selected = item.selected ? [...selected, item.id] : selected.filter((id) => id !== item.id);
    }
    if (selected !== picked) perform(pick, [...new Set(selected)]);
    if (Object.keys(moved).length === 0) return;
    if (isDragging) setMoving((before) => ({ ...before, ...moved }));
    else {
      setMoving(none);
      if (moving === none) perform(move, moved);
      else perform(move, { ...moving, ...moved }, Date.now());
    }
  };

  const changeEdges = (changes: EdgeChange<ReasonEdge>[]): void => {
    for (const item of changes) {
      if (item.type !== 'select') continue;
      if (item.selected) perform(pickEdge, item.id);
      else if (item.id === pickedEdge) perform(pickEdge, undefined);
    }
  };

  // A node that goes takes the focus with it: a neighbour gets it. React Flow takes nodes away a render later.
  const focused = useRef<string>(undefined);
  useEffect(() => {
    if (focused.current === undefined || drawnOf(selection).some(({ module }) => module.id === focused.current)) return;
    const next = drawnOf(selection).at(-1);
    const waiting = setTimeout(() => {
      if (next && document.activeElement === document.body) canvas.focusNode(next.module.id);
    }, 60);
    return () => clearTimeout(waiting);
  }, [selection]);
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
        focused.current = target.closest<HTMLElement>('.react-flow__node')?.dataset.id;
        perform(heat, edge);
        if (from !== undefined) perform(aim, nodeOf(target));
        perform(pointAt, focused.current);
      }}
      onBlur={(event) => {
        if (hotEdge) perform(heat, undefined);
        perform(pointAt, undefined);
        if (event.relatedTarget) focused.current = undefined;
      }}
      onKeyDownCapture={pressed}
      {...longPress}
    >
      <ReactFlow<ModuleNode, ReasonEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={change}
        onEdgesChange={changeEdges}
        onNodeClick={(_, { id }) => {
          if (from !== undefined && from !== id) perform(connect, from, id);
        }}
        onNodeContextMenu={(event, { id }) => {
          event.preventDefault();
          // A finger's own hold has opened it already; the menu key stands nowhere.
          const box = event.currentTarget.getBoundingClientRect();
          const isKey = event.clientX === 0 && event.clientY === 0;
          const at = isKey ? { x: box.left + 12, y: box.bottom } : { x: event.clientX, y: event.clientY };
          if (getState().ui.menu?.module !== id) perform(openMenu, { module: id, at });
        }}
        onPaneClick={() => perform(stopConnecting)}
        onNodeMouseEnter={(_, node) => {
          setHovered(node.id);
          perform(aim, node.id);
          perform(pointAt, node.id);
        }}
        onNodeMouseLeave={() => {
          setHovered(undefined);
          perform(aim, undefined);
          perform(pointAt, undefined);
        }}
        onEdgeMouseEnter={(_, edge) => perform(heat, edge.id)}
        onEdgeMouseLeave={() => perform(heat, undefined)}
        onEdgeClick={(_, edge) => perform(heat, edge.id)}
        onInit={() => fitAll(0)}
        onMove={(event) => {
          // Without an event it is the page that moves it.
          if (event) canvas.isHeld = true;
        }}
        deleteKeyCode={null}
        nodesConnectable={false}
        nodesDraggable={from === undefined}
        elementsSelectable={from === undefined}
        edgesReconnectable={false}
        zoomOnDoubleClick={false}
        nodeDragThreshold={3}
        minZoom={NEAREST}
        maxZoom={1.75}
        ariaLabelConfig={{
          'node.a11yDescription.default':
            'Enter selects it; then the arrow keys move it, Delete removes it, and Tab leads to its handle.',
          'node.a11yDescription.keyboardDisabled':
            'Enter selects it; then the arrow keys move it, Delete removes it, and Tab leads to its handle.',
          'edge.a11yDescription.default': 'Enter selects it; then Delete takes a connection away.',
        }}
      >
        <Background variant={BackgroundVariant.Dots} gap={18} size={1} />
        <Lanes />
        <Coming />
        <Connecting />
        {nodes.length > MANY && (
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
