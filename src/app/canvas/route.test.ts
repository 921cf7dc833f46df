import { expect, test } from 'vitest';
import { NODE } from '../layout/lanes.ts';
import { routes } from './route.ts';

const line = (from: string, to: string) => ({ id: `${from}>${to}`, from, to });
const numbers = (path: string | undefined): number[] => (path ?? '').match(/-?[\d.]+/g)?.map(Number) ?? [];

test('an edge to the node below runs straight down', () => {
  const path = routes([line('a', 'b')], { a: { x: 0, y: 0 }, b: { x: 0, y: 200 } }, ['a', 'b']).get('a>b')?.path;
  const [x, , , , , , endX, endY] = numbers(path);
  expect([x, endX, endY]).toEqual([NODE.width / 2, NODE.width / 2, 200]);
});

test('an edge swings around a node in its way', () => {
  const positions = { a: { x: 0, y: 0 }, between: { x: 0, y: 110 }, b: { x: 0, y: 220 } };
  const middle = routes([line('a', 'b')], positions, ['a', 'between', 'b']).get('a>b')?.middle;
  expect((middle?.x ?? 0) > NODE.width || (middle?.x ?? 0) < 0).toBe(true);
});

test('edges that share a side fan out in the order of their ends', () => {
  const positions = { a: { x: 200, y: 0 }, left: { x: 0, y: 200 }, right: { x: 400, y: 200 } };
  const routed = routes([line('a', 'right'), line('a', 'left')], positions, ['a', 'left', 'right']);
  expect(numbers(routed.get('a>left')?.path)[0]).toBeLessThan(numbers(routed.get('a>right')?.path)[0] ?? 0);
});
