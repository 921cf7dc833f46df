/** Gives every drawn node a place. A node that has one keeps it: that is a property, and tested as one. */
import type { Module, ModuleId, ModuleKind } from '#core/module.ts';
import type { Point, Positions } from '../store/state.ts';
import { COLUMNS, clamp, overlaps, SLOT, slot } from './lanes.ts';

interface Node {
  readonly module: Module;
}
interface Line {
  readonly from: ModuleId;
  readonly to: ModuleId;
}

/** Positions with one for each node; those that stood before are the same. */
export function settle(positions: Positions, nodes: readonly Node[], edges: readonly Line[]): Positions {
  const missing = nodes.filter(({ module }) => !Object.hasOwn(positions, module.id));
  if (missing.length === 0) return positions;
  const placed: Record<ModuleId, Point> = { ...positions };
  const taken = (): Point[] => nodes.flatMap(({ module }) => placed[module.id] ?? []);
  // Those who require stand before the required: each is placed near someone already standing.
  for (const { module } of [...missing].reverse()) {
    placed[module.id] = freeSlot(module.kind, ideal(module, placed, edges), taken());
  }
  return placed;
}

/** Where a node dropped at a point comes to stand: there, or the nearest free place. */
export function dropPlace(module: Module, at: Point, positions: Positions, nodes: readonly Node[]): Point {
  const wanted = clamp(module.kind, at);
  const taken = nodes.filter((node) => node.module.id !== module.id).flatMap((node) => positions[node.module.id] ?? []);
  return taken.some((other) => overlaps(other, wanted)) ? freeSlot(module.kind, wanted, taken) : wanted;
}

/** Beside those who require it, else above what it requires, else where its lane begins. */
function ideal(module: Module, placed: Positions, edges: readonly Line[]): Point {
  const above = edges.filter(({ to }) => to === module.id).flatMap(({ from }) => placed[from] ?? []);
  const below = edges.filter(({ from }) => from === module.id).flatMap(({ to }) => placed[to] ?? []);
  const start = slot(module.kind, 0, module.kind === 'platform' ? 0 : Math.floor(COLUMNS / 2));
  if (above.length > 0) return { x: mean(above.map(({ x }) => x)), y: mean(above.map(({ y }) => y)) + SLOT.height };
  if (below.length > 0) return { x: mean(below.map(({ x }) => x)), y: mean(below.map(({ y }) => y)) - SLOT.height };
  return start;
}

function freeSlot(kind: ModuleKind, near: Point, taken: readonly Point[]): Point {
  const reach = taken.length + COLUMNS;
  const columns = range(kind === 'platform' ? 0 : -reach, kind === 'platform' ? reach : COLUMNS - 1);
  const candidates = range(0, reach).flatMap((row) => columns.map((column) => slot(kind, row, column)));
  const free = candidates.filter((candidate) => !taken.some((other) => overlaps(other, candidate)));
  // Rows cost less than columns: lanes shall stay narrow enough to read.
  const cost = ({ x, y }: Point): number =>
    Math.abs(x - near.x) + Math.abs(y - near.y) * 1.2 + (x < 0 ? SLOT.width : 0);
  return free.reduce((best, candidate) => (cost(candidate) < cost(best) ? candidate : best), free[0] ?? near);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
