/** Makes a layered layout narrow: its rows and their order stay, the gaps go. A graph that is drawn larger is read. */
import type { Point } from '../store/state.ts';
import { COLUMNS, SLOT } from './lanes.ts';

type Placed<Id> = readonly [Id, Point];

/** A row with more nodes than this goes on in the next. */
const MOST = 5;

export function pack<Id>(points: readonly Placed<Id>[]): Placed<Id>[] {
  const rows = rowsOf(points);
  const columns = Math.max(COLUMNS, ...rows.map((row) => row.length));
  const xs = points.map(([, { x }]) => x);
  const left = Math.min(...xs);
  const room = (columns - 1) * SLOT.width;
  const shrink = Math.min(1, room / Math.max(Math.max(...xs) - left, 1));
  return rows.flatMap((row, index) => {
    const wanted = row.map(([, { x }], at) => (x - left) * shrink - at * SLOT.width);
    // Each slot's own offset is taken off: what stays only has to rise.
    const free = room - (row.length - 1) * SLOT.width;
    return rising(wanted).map((offset, at): Placed<Id> => {
      const x = Math.min(Math.max(offset, 0), free) + at * SLOT.width;
      return [(row[at] as Placed<Id>)[0], { x, y: index * SLOT.height }];
    });
  });
}

/** From top to bottom, each from left to right; one that is too long in several, spread over its width. */
function rowsOf<Id>(points: readonly Placed<Id>[]): Placed<Id>[][] {
  return [...new Set(points.map(([, { y }]) => y))]
    .sort((a, b) => a - b)
    .flatMap((height) => {
      const sorted = points.filter(([, { y }]) => y === height).sort(([, a], [, b]) => a.x - b.x);
      const count = Math.ceil(sorted.length / MOST);
      return Array.from({ length: count }, (_, part) => sorted.filter((_, at) => at % count === part));
    });
}

/** The nearest values that never fall: neighbours that do share their mean. */
function rising(values: readonly number[]): number[] {
  const blocks: { sum: number; count: number }[] = [];
  const mean = ({ sum, count }: { sum: number; count: number }): number => sum / count;
  for (const value of values) {
    let block = { sum: value, count: 1 };
    for (let last = blocks.at(-1); last && mean(last) > mean(block); last = blocks.at(-1)) {
      block = { sum: last.sum + block.sum, count: last.count + block.count };
      blocks.pop();
    }
    blocks.push(block);
  }
  return blocks.flatMap((block) => Array.from({ length: block.count }, () => mean(block)));
}
