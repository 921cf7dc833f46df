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

test('where no bow is clear, an edge goes through the gaps and touches no node, up as well as down', () => {
  const rows = [0, 1, 2, 3].flatMap((row) => [-2, -1, 0, 1, 2].map((column) => ({ row, column })));
  const positions = Object.fromEntries([
    ['top', { x: 0, y: 0 }],
    ['end', { x: 216, y: 540 }],
    ...rows.map(({ row, column }) => [`${row},${column}`, { x: column * 216, y: (row + 1) * 108 }] as const),
  ]);
  for (const { from, to } of [line('top', 'end'), line('end', 'top')]) {
    const path = numbers(routes([line(from, to)], positions, Object.keys(positions)).get(`${from}>${to}`)?.path);
    const points = Array.from({ length: path.length / 2 }, (_, at) => ({
      x: path[2 * at] ?? 0,
      y: path[2 * at + 1] ?? 0,
    }));
    expect(points.length).toBeGreaterThan(4);
    for (let at = 0; at + 3 < points.length; at += 3)
      for (let t = 0; t <= 1; t += 0.05) {
        const [a, b, c, d] = points.slice(at, at + 4).map((p, i) => {
          const weight = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3][i] ?? 0;
          return { x: p.x * weight, y: p.y * weight };
        });
        const x = (a?.x ?? 0) + (b?.x ?? 0) + (c?.x ?? 0) + (d?.x ?? 0);
        const y = (a?.y ?? 0) + (b?.y ?? 0) + (c?.y ?? 0) + (d?.y ?? 0);
        for (const { row, column } of rows) {
          const node = { x: column * 216, y: (row + 1) * 108 };
          expect(x > node.x && x < node.x + NODE.width && y > node.y && y < node.y + NODE.height).toBe(false);
        }
      }
  }
});
