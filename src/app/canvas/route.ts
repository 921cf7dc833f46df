/**
 * How an edge runs: from the sides that face each other, fanned out where several share a side, in a bow around a node
 * that stands in the way, and where many do through the gaps between them.
 */
import type { ModuleId } from '#core/module.ts';
import { NODE } from '../layout/lanes.ts';
import type { Point, Positions } from '../store/state.ts';
import { CLEAR, type Gap, thread } from './thread.ts';

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

const FAN = 22;
/** How far a line leaves a node before it turns, at least. */
const REACH = 28;
const STEPS = 24;

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
  const laid = lines.map((line, index): Laid => {
    const [from, to] = [at(line.from), at(line.to)];
    const sides = facing(from, to);
    const others = nodes.filter((id) => id !== line.from && id !== line.to).map(at);
    const [start, end] = [port(from, sides[0], 0), port(to, sides[1], 0)];
    const bow = bowFor(start, end, sides, others);
    return {
      line,
      index,
      sides,
      others,
      ...(bow ? { bow, through: [] } : { through: thread(start, end, others, index) }),
    };
  });
  return new Map(
    laid.map((own) => {
      const { line, index, sides, others } = own;
      const start = port(at(line.from), sides[0], fan(laid, own, line.from, sides[0], at));
      const end = port(at(line.to), sides[1], fan(laid, own, line.to, sides[1], at));
      const bow = own.bow && bowFor(start, end, sides, others, Math.sign(sum(own.bow)));
      return [line.id, bow ? curve(start, end, sides, bow) : threaded(start, end, thread(start, end, others, index))];
    }),
  );
}

interface Laid {
  readonly line: Line;
  readonly sides: [Side, Side];
  readonly others: readonly Point[];
  readonly index: number;
  /** None where no bow is clear. */
  readonly bow?: Bow;
  readonly through: readonly Gap[];
}
/** How far a line swings to the right, or below zero to the left, to clear a node: near its start, near its end. */
type Bow = readonly [number, number];
const sum = ([a, b]: Bow): number => a + b;

/** Swings to try, the least first; a node near one end needs none at the other. */
const SWINGS: readonly Bow[] = Array.from(
  { length: 6 * 6 },
  (_, index): Bow => [Math.floor(index / 6) * 48, (index % 6) * 48],
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
  const order = ({ line, bow = [0, 0], through }: Laid): number => {
    const other = at(line.from === id ? line.to : line.from);
    if (OUT[side].x !== 0) return other.y;
    const gap = through.at(line.from === id ? 0 : -1);
    return gap ? gap.x - NODE.width / 2 : other.x + sum(bow) * 2;
  };
  const sharing = laid
    .filter(({ line, sides }) => (line.from === id && sides[0] === side) || (line.to === id && sides[1] === side))
    .sort((a, b) => order(a) - order(b));
  return (sharing.indexOf(own) - (sharing.length - 1) / 2) * FAN;
}

type Controls = readonly [Point, Point, Point, Point];

function controls(start: Point, end: Point, [out, into]: [Side, Side], bow: Bow): Controls {
  const length = OUT[out].x === 0 ? Math.abs(end.y - start.y) : Math.abs(end.x - start.x);
  const reach = Math.max(REACH, length * 0.42);
  return [
    start,
    { x: start.x + OUT[out].x * reach + bow[0], y: start.y + OUT[out].y * reach },
    { x: end.x + OUT[into].x * reach + bow[1], y: end.y + OUT[into].y * reach },
    end,
  ];
}

/** The least swing, on the side where less is needed, that clears every node in the way. */
function bowFor(start: Point, end: Point, sides: [Side, Side], others: readonly Point[], only = 0): Bow | undefined {
  if (OUT[sides[0]].x !== 0) return [0, 0];
  const [top, bottom] = [Math.min(start.y, end.y) - REACH, Math.max(start.y, end.y) + REACH];
  const near = others.filter(({ y }) => y < bottom && y + NODE.height > top);
  for (const [before, after] of SWINGS) {
    for (const side of only === 0 ? [1, -1] : [only]) {
      const bow: Bow = [before * side, after * side];
      if (!near.some((node) => passes(controls(start, end, sides, bow), node))) return bow;
    }
  }
  return undefined;
}

function curve(start: Point, end: Point, sides: [Side, Side], bow: Bow): Route {
  const [a, b, c, d] = controls(start, end, sides, bow);
  return {
    path: `M${a.x},${a.y} C${b.x},${b.y} ${c.x},${c.y} ${d.x},${d.y}`,
    start: a,
    middle: point([a, b, c, d], 0.5),
  };
}

/** Upright through each gap, and from one to the next in a bend. */
function threaded(start: Point, end: Point, through: readonly Gap[]): Route {
  const stops = [
    start,
    ...through.flatMap(({ x, from, to }) => [
      { x, y: from },
      { x, y: to },
    ]),
    end,
  ];
  const bends = stops.slice(1).map((to, at) => {
    const from = stops[at] ?? start;
    const half = (from.y + to.y) / 2;
    return ` C${from.x},${half} ${to.x},${half} ${to.x},${to.y}`;
  });
  const gap = through[Math.floor(through.length / 2)];
  return {
    path: `M${start.x},${start.y}${bends.join('')}`,
    start,
    middle: gap ? { x: gap.x, y: gap.from } : { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 },
  };
}

function point([a, b, c, d]: Controls, t: number): Point {
  const mix = (w: number, x: number, y: number, z: number): number =>
    (1 - t) ** 3 * w + 3 * (1 - t) ** 2 * t * x + 3 * (1 - t) * t ** 2 * y + t ** 3 * z;
  return { x: mix(a.x, b.x, c.x, d.x), y: mix(a.y, b.y, c.y, d.y) };
}

function passes(path: Controls, node: Point): boolean {
  for (let step = 1; step < STEPS; step += 1) {
    const { x, y } = point(path, step / STEPS);
    if (x > node.x - CLEAR && x < node.x + NODE.width + CLEAR && y > node.y - CLEAR && y < node.y + NODE.height + CLEAR)
      return true;
  }
  return false;
}
