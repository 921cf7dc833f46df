/** A packed layout is narrow, and still the layout it was. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Point } from '../store/state.ts';
import { overlaps, SLOT } from './lanes.ts';
import { pack } from './pack.ts';

test('a long gap goes; what fits stays where it was', () => {
  const wide: [string, Point][] = [
    ['a', { x: 0, y: 0 }],
    ['b', { x: 8 * SLOT.width, y: 0 }],
    ['c', { x: 4 * SLOT.width, y: 300 }],
  ];
  expect(pack(wide)).toEqual([
    ['a', { x: 0, y: 0 }],
    ['b', { x: 2 * SLOT.width, y: 0 }],
    ['c', { x: SLOT.width, y: SLOT.height }],
  ]);
  const fitting: [string, Point][] = [
    ['a', { x: 108, y: 0 }],
    ['b', { x: 0, y: SLOT.height }],
    ['c', { x: SLOT.width, y: SLOT.height }],
  ];
  expect(pack(fitting)).toEqual(fitting);
});

test('nothing overlaps, nothing is lost, no lane is wider than five, rows and their order stay', () => {
  const layers = fc.array(fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 12 }), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(layers, (rows) => {
      const before = rows.flatMap((xs, row) =>
        xs.map((x, at): [string, Point] => [`${row}-${at}`, { x, y: row * 172 }]),
      );
      const after = pack(before);
      expect(after.map(([id]) => id).sort()).toEqual(before.map(([id]) => id).sort());
      const places = after.map(([, point]) => point);
      places.forEach((a, at) => {
        expect(places.slice(at + 1).some((b) => overlaps(a, b))).toBe(false);
        expect(a.x >= -1e-9 && a.x <= 4 * SLOT.width + 1e-9).toBe(true);
      });
      const ys = new Map(after.map(([id, { y }]) => [id, y]));
      const x = new Map(before.map(([id, point]) => [id, point.x]));
      for (const [id] of before)
        for (const [other] of before)
          if (Number(id[0]) < Number(other[0])) expect((ys.get(id) ?? 0) < (ys.get(other) ?? 0)).toBe(true);
      for (const [id, a] of after)
        for (const [other, b] of after)
          if (a.y === b.y && a.x < b.x) expect((x.get(id) ?? 0) <= (x.get(other) ?? 0)).toBe(true);
    }),
  );
});
