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
  readonly start: Point;
  /** Where its reason stands. */
  readonly middle: Point;
}
type Side = 'top' | 'bottom' | 'left' | 'right';

const CLEAR = 8;
const FAN = 22;

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
  const laid = lines.map((line): Laid => {
    const [from, to] = [at(line.from), at(line.to)];
    const sides = facing(from, to);
    const others = nodes.filter((id) => id !== line.from && id !== line.to).map(at);
    return { line, sides, others, bow: bowFor(port(from, sides[0], 0), port(to, sides[1], 0), sides, others) };
  });
  return new Map(
    laid.map((own) => {
      const { line, sides, others } = own;
      const start = port(at(line.from), sides[0], fan(laid, own, line.from, sides[0], at));
      const end = port(at(line.to), sides[1], fan(laid, own, line.to, sides[1], at));
      return [line.id, curve(start, end, sides, bowFor(start, end, sides, others, Math.sign(sum(own.bow))))];
    }),
  );
}

interface Laid {
  readonly line: Line;
  readonly sides: [Side, Side];
  readonly others: readonly Point[];
  readonly bow: Bow;
}
/** How far a line swings to the right, or below zero to the left, to clear a node: near its start, near its end. */
type Bow = readonly [number, number];
const sum = ([a, b]: Bow): number => a + b;

/** Swings to try, the least first; a node near one end needs none at the other. */
const SWINGS: readonly Bow[] = Array.from(
  { length: 11 * 11 },
  (_, index): Bow => [Math.floor(index / 11) * 48, (index % 11) * 48],
).sort((a, b) => sum(a) - sum(b) || Math.abs(a[0] - a[1]) - Math.abs(b[0] - b[1]));

/** The place of an end on a node's side; `offset` from its middle. */
function port({ x, y }: Point, side: Side, offset: number): Point {
  const { x: dx, y: dy } = OUT[side];
  return {
    x: x + (NODE.width / 2) * (1 + dx) + (dx === 0 ? offset : 0),
    y: y + (NODE.height / 2) * (1 + dy) + (dy === 0 ? offset / 2 : 0),
  };
}

/** Ends that share a side stand in the order of where they come from, so that neighbours do not cross. */
function fan(laid: readonly Laid[], own: Laid, id: ModuleId, side: Side, at: (id: ModuleId) => Point): number {
  const order = ({ line, bow }: Laid): number => {
    const other = at(line.from === id ? line.to : line.from);
    return OUT[side].x === 0 ? other.x + sum(bow) * 2 : other.y;
  };
  const sharing = laid
    .filter(({ line, sides }) => (line.from === id && sides[0] === side) || (line.to === id && sides[1] === side))
    .sort((a, b) => order(a) - order(b));
  return (sharing.indexOf(own) - (sharing.length - 1) / 2) * FAN;
}

type Controls = readonly [Point, Point, Point, Point];

function controls(start: Point, end: Point, [out, into]: [Side, Side], bow: Bow): Controls {
  const length = OUT[out].x === 0 ? Math.abs(end.y - start.y) : Math.abs(end.x - start.x);
  const reach = Math.max(28, length * 0.42);
  return [
    start,
    { x: start.x + OUT[out].x * reach + bow[0], y: start.y + OUT[out].y * reach },
    { x: end.x + OUT[into].x * reach + bow[1], y: end.y + OUT[into].y * reach },
    end,
  ];
}

/** The least swing, on the side where less is needed, that clears every node in the way. */
function bowFor(start: Point, end: Point, sides: [Side, Side], others: readonly Point[], only = 0): Bow {
  if (OUT[sides[0]].x !== 0) return [0, 0];
  for (const [near, far] of SWINGS) {
    for (const side of only === 0 ? [1, -1] : [only]) {
      const bow: Bow = [near * side, far * side];
      if (!others.some((node) => passes(controls(start, end, sides, bow), node))) return bow;
    }
  }
  return [0, 0];
}

function curve(start: Point, end: Point, sides: [Side, Side], bow: Bow): Route {
  const [a, b, c, d] = controls(start, end, sides, bow);
  return {
    path: `M${a.x},${a.y} C${b.x},${b.y} ${c.x},${c.y} ${d.x},${d.y}`,
    start: a,
    middle: point([a, b, c, d], 0.5),
  };
}

function point([a, b, c, d]: Controls, t: number): Point {
  const mix = (w: number, x: number, y: number, z: number): number =>
    (1 - t) ** 3 * w + 3 * (1 - t) ** 2 * t * x + 3 * (1 - t) * t ** 2 * y + t ** 3 * z;
  return { x: mix(a.x, b.x, c.x, d.x), y: mix(a.y, b.y, c.y, d.y) };
}

function passes(path: Controls, node: Point): boolean {
  for (let step = 1; step < 40; step += 1) {
    const { x, y } = point(path, step / 40);
    if (x > node.x - CLEAR && x < node.x + NODE.width + CLEAR && y > node.y - CLEAR && y < node.y + NODE.height + CLEAR)
      return true;
  }
  return false;
}
