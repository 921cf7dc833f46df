/** The store's values as React Flow wants them. */
import { type Edge, MarkerType, type Node, Position } from '@xyflow/react';
import type { ModuleId } from '#core/module.ts';
import type { ResolvedModule } from '#core/resolve.ts';
import type { Selection } from '#core/selection.ts';
import { standing } from '#words/en.ts';
import { drawnEdge } from '#words/page.ts';
import { catalog } from '../../catalog.ts';
import { area, NODE } from '../layout/lanes.ts';
import { type DrawnEdge, drawnOf, edgesOf } from '../store/derive.ts';
import type { Positions } from '../store/state.ts';
import { type Route, routes } from './route.ts';

export type ModuleNode = Node<{ readonly entry: ResolvedModule; readonly inTrouble: boolean }, 'module'>;
export type ReasonEdge = Edge<{ readonly drawn: DrawnEdge; readonly route: Route }, 'reason'>;

/** Fixed, so that nothing has to be measured before it can be drawn. */
const HANDLES = [
  { type: 'target', position: Position.Top, x: NODE.width / 2, y: 0, width: 1, height: 1 },
  { type: 'source', position: Position.Bottom, x: NODE.width / 2, y: NODE.height, width: 1, height: 1 },
] as const;

export function nodesFor(
  selection: Selection,
  positions: Positions,
  picked: readonly ModuleId[],
  troubled: ReadonlySet<ModuleId>,
): ModuleNode[] {
  return drawnOf(selection).map((entry) => ({
    id: entry.module.id,
    type: 'module',
    position: positions[entry.module.id] ?? { x: 0, y: 0 },
    width: NODE.width,
    height: NODE.height,
    measured: { ...NODE },
    handles: [...HANDLES],
    extent: area(entry.module.kind),
    selected: picked.includes(entry.module.id),
    ariaLabel: `${entry.module.title}, ${standing(entry.reasons)}`,
    domAttributes: { 'aria-roledescription': 'module' },
    data: { entry, inTrouble: troubled.has(entry.module.id) },
  }));
}

const NOWHERE: Route = { path: '', middle: { x: 0, y: 0 } };

export function edgesFor(selection: Selection, positions: Positions, near: ReadonlySet<ModuleId>): ReasonEdge[] {
  const drawnEdges = edgesOf(selection);
  const routed = routes(
    drawnEdges,
    positions,
    drawnOf(selection).map(({ module }) => module.id),
  );
  return drawnEdges.map((drawn) => ({
    id: drawn.id,
    type: 'reason',
    source: drawn.from,
    target: drawn.to,
    ariaLabel: drawnEdge(catalog, drawn),
    domAttributes: { 'aria-roledescription': 'requirement' },
    interactionWidth: 22,
    className: near.has(drawn.from) || near.has(drawn.to) ? 'near' : '',
    markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16, color: 'var(--edge-tip)' },
    data: { drawn, route: routed.get(drawn.id) ?? NOWHERE },
  }));
}
