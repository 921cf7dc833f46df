/** A fresh layout, lane by lane. dagre is loaded for it: on the first view and on "Tidy" only. */
import type { Module, ModuleId, ModuleKind } from '#core/module.ts';
import type { Point, Positions } from '../store/state.ts';
import { COLUMNS, KINDS, NODE, SLOT, slot } from './lanes.ts';
import { pack } from './pack.ts';

interface Line {
  readonly from: ModuleId;
  readonly to: ModuleId;
}

export async function tidy(nodes: readonly { readonly module: Module }[], edges: readonly Line[]): Promise<Positions> {
  const { Graph, layout } = await import('@dagrejs/dagre');
  const positions: Record<ModuleId, Point> = {};
  for (const kind of KINDS) {
    const ids = nodes.filter(({ module }) => module.kind === kind).map(({ module }) => module.id);
    const graph = new Graph();
    graph.setGraph({ rankdir: 'TB', nodesep: SLOT.width - NODE.width, ranksep: SLOT.height - NODE.height });
    graph.setDefaultEdgeLabel(() => ({}));
    for (const id of ids) graph.setNode(id, { ...NODE });
    for (const { from, to } of edges) if (ids.includes(from) && ids.includes(to)) graph.setEdge(from, to);
    layout(graph);
    const points = ids.map((id): [ModuleId, Point] => {
      const { x = 0, y = 0 } = graph.node(id) as Partial<Point>;
      return [id, { x: x - NODE.width / 2, y: y - NODE.height / 2 }];
    });
    for (const [id, point] of inLane(kind, pack(points))) positions[id] = point;
  }
  return positions;
}

/** Moves a layout to where its lane begins: centred while it fits, else growing away from the other lanes. */
function inLane(kind: ModuleKind, points: readonly (readonly [ModuleId, Point])[]): [ModuleId, Point][] {
  if (points.length === 0) return [];
  const xs = points.map(([, { x }]) => x);
  const ys = points.map(([, { y }]) => y);
  const width = Math.max(...xs) - Math.min(...xs);
  const [first, last] = [slot(kind, 0, 0), slot(kind, 0, COLUMNS - 1)];
  const left =
    kind === 'platform' ? first.x : width <= last.x - first.x ? (first.x + last.x - width) / 2 : last.x - width;
  const shiftX = left - Math.min(...xs);
  const shiftY = kind === 'service' ? first.y - Math.max(...ys) : first.y - Math.min(...ys);
  return points.map(([id, { x, y }]) => [id, { x: Math.round(x + shiftX), y: Math.round(y + shiftY) }]);
}
