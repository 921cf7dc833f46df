/**
 * How an edge runs: from the sides that face each other, fanned out where several share a side, and in a
 * bow around a node that stands in the way.
 */
import type { ModuleId } from '#core/module.ts';
import { NODE } from '../layout/lanes.ts';
import type { Point, Positions } from '../store/state.ts';

interface Line {
  readonly id: string;
  readonly from: ModuleId;
  readonly to: ModuleId;
}
export interface Route {
  readonly path: string;
  /** Where its reason stands. */
  readonly middle: Point;
}
type Side = 'top' | 'bottom' | 'left' | 'right';

const CLEAR = 8;
const FAN = 22;
const BOW = 1.36;

const OUT: Readonly<Record<Side, Point>> = {
  top: { x: 0, y: -1 },
  bottom: { x: 0, y: 1 },
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
};

function facing(from: Point, to: Point): [Side, Side] {
  if (to.y >= from.y + NODE.height + CLEAR) return ['bottom', 'top'];
  if (to.y + NODE.height + CLEAR <= from.y) return ['top', 'bottom'];
  return to.x > from.x ? ['right', 'left'] : ['left', 'right'];
}

export function routes(lines: readonly Line[], positions: Positions, nodes: readonly ModuleId[]): Map<string, Route> {
  const at = (id: ModuleId): Point => positions[id] ?? { x: 0, y: 0 };
  const ends = lines.map((line) => ({ line, sides: facing(at(line.from), at(line.to)) }));
  /** An end's place on its side, ordered by where the other end is, so that neighbours do not cross. */
  const port = (id: ModuleId, side: Side, own: Line): Point => {
    const sharing = ends
      .filter(({ line, sides }) => (line.from === id && sides[0] === side) || (line.to === id && sides[1] === side))
      .map(({ line }) => ({ line, other: at(line.from === id ? line.to : line.from) }))
      .sort((a, b) => (OUT[side].x === 0 ? a.other.x - b.other.x || a.other.y - b.other.y : a.other.y - b.other.y));
    const offset = (sharing.findIndex(({ line }) => line.id === own.id) - (sharing.length - 1) / 2) * FAN;
    const { x, y } = at(id);
    const { x: dx, y: dy } = OUT[side];
    return {
      x: x + (NODE.width / 2) * (1 + dx) + (dx === 0 ? offset : 0),
      y: y + (NODE.height / 2) * (1 + dy) + (dy === 0 ? offset / 2 : 0),
    };
  };
  return new Map(
    ends.map(({ line, sides }) => {
      const start = port(line.from, sides[0], line);
      const end = port(line.to, sides[1], line);
      const others = nodes.filter((id) => id !== line.from && id !== line.to).map(at);
      return [line.id, curve(start, end, sides, others)];
    }),
  );
}

function curve(start: Point, end: Point, [out, into]: [Side, Side], others: readonly Point[]): Route {
  const isVertical = OUT[out].x === 0;
  const reach = Math.max(28, (isVertical ? Math.abs(end.y - start.y) : Math.abs(end.x - start.x)) * 0.42);
  const one = { x: start.x + OUT[out].x * reach, y: start.y + OUT[out].y * reach };
  const two = { x: end.x + OUT[into].x * reach, y: end.y + OUT[into].y * reach };
  const hit = others.find((node) => passes(start, one, two, end, node));
  if (hit && isVertical) {
    const centre = hit.x + NODE.width / 2;
    const middle = (start.x + end.x) / 2;
    const isRight = middle >= centre;
    const edge = isRight ? hit.x + NODE.width + 18 : hit.x - 18;
    const shift = (edge - middle) * BOW;
    one.x += shift;
    two.x += shift;
  }
  return {
    path: `M${start.x},${start.y} C${one.x},${one.y} ${two.x},${two.y} ${end.x},${end.y}`,
    middle: point(start, one, two, end, 0.5),
  };
}

function point(a: Point, b: Point, c: Point, d: Point, t: number): Point {
  const mix = (w: number, x: number, y: number, z: number): number =>
    (1 - t) ** 3 * w + 3 * (1 - t) ** 2 * t * x + 3 * (1 - t) * t ** 2 * y + t ** 3 * z;
  return { x: mix(a.x, b.x, c.x, d.x), y: mix(a.y, b.y, c.y, d.y) };
}

function passes(a: Point, b: Point, c: Point, d: Point, node: Point): boolean {
  for (let step = 1; step < 16; step += 1) {
    const { x, y } = point(a, b, c, d, step / 16);
    if (x > node.x - 4 && x < node.x + NODE.width + 4 && y > node.y - 4 && y < node.y + NODE.height + 4) return true;
  }
  return false;
}
