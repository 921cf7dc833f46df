/** Where no single bow is clear of every node: down, or up, through the gaps between them, row by row. */
import { NODE } from '../layout/lanes.ts';
import type { Point } from '../store/state.ts';

/** A row is passed upright, at this x, from one y to the other. */
export interface Gap {
  readonly x: number;
  readonly from: number;
  readonly to: number;
}
type Span = readonly [from: number, to: number];

/** Between a line and the nodes it passes. */
export const CLEAR = 8;
/** Lines that share a narrow gap stand beside each other in it. */
const BESIDE = 4;

/** @param index tells lines apart that go the same way */
export function thread(start: Point, end: Point, others: readonly Point[], index: number): Gap[] {
  const isDown = end.y > start.y;
  const rows = rowsBetween(Math.min(start.y, end.y), Math.max(start.y, end.y), others);
  let { x } = start;
  return (isDown ? rows : rows.reverse()).map(({ top, bottom, nodes }) => {
    const part = ((top + bottom) / 2 - start.y) / (end.y - start.y);
    const straight = start.x + (end.x - start.x) * part;
    const detour = (at: number): number => Math.abs(at - x) + Math.abs(at - straight) * 2;
    const places = gaps(nodes).map((gap) => within(gap, straight, index));
    x = places.reduce((best, place) => (detour(place) < detour(best) ? place : best));
    return isDown ? { x, from: top, to: bottom } : { x, from: bottom, to: top };
  });
}

interface Row {
  readonly top: number;
  readonly bottom: number;
  readonly nodes: readonly Point[];
}

/** The nodes between two heights, by rows from the top; those that overlap in height are one row. */
function rowsBetween(low: number, high: number, others: readonly Point[]): Row[] {
  const rows: Row[] = [];
  for (const node of others.filter(({ y }) => y < high && y + NODE.height > low).sort((a, b) => a.y - b.y)) {
    const last = rows.at(-1);
    const bottom = Math.min(node.y + NODE.height + CLEAR, high);
    if (last && node.y - CLEAR < last.bottom) {
      rows.pop();
      rows.push({ top: last.top, bottom: Math.max(last.bottom, bottom), nodes: [...last.nodes, node] });
    } else rows.push({ top: Math.max(node.y - CLEAR, low), bottom, nodes: [node] });
  }
  return rows;
}

/** What these nodes leave free, from the left; before the first and behind the last there is no end. */
function gaps(nodes: readonly Point[]): Span[] {
  const free: Span[] = [];
  let from = Number.NEGATIVE_INFINITY;
  for (const { x } of [...nodes].sort((a, b) => a.x - b.x)) {
    if (x - CLEAR >= from) free.push([from, x - CLEAR]);
    from = Math.max(from, x + NODE.width + CLEAR);
  }
  return [...free, [from, Number.POSITIVE_INFINITY]];
}

function within([from, to]: Span, wanted: number, index: number): number {
  const inner = Math.min(2 * BESIDE, (to - from) / 2);
  return Math.min(Math.max(wanted, from + inner), to - inner) + ((index % 3) - 1) * (inner / 2);
}
