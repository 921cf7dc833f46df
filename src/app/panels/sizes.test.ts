/** Panels are as somebody made them, and the graph keeps its room. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bounded, PANELS, type Panel, panelsIn, type Room, type Sizes } from './sizes.ts';

const values = (sizes: Sizes, room: Room): number[] => Object.values(panelsIn(room, sizes)).map(({ value }) => value);

test('unsaid sizes suit the window', () => {
  expect(values({}, { width: 1440, height: 900 })).toEqual([268, 320, 300]);
  expect(values({}, { width: 1024, height: 768 })).toEqual([244, 280, 300]);
});

test('a panel that was made wide is as wide again in a window that has the room', () => {
  const sizes = { leftWidth: 420, inspectorWidth: 560, resultsHeight: 600 };
  expect(values(sizes, { width: 1440, height: 900 })).toEqual([420, 560, 600]);
  expect(values(sizes, { width: 1000, height: 600 })).toEqual([265, 335, 347]);
});

test('whatever was asked for, the graph keeps its room and every size is one that could be set by hand', () => {
  const size = fc.option(fc.integer({ min: -50, max: 3000 }), { nil: undefined });
  fc.assert(
    fc.property(
      fc.record({ left: size, inspector: size, results: size }),
      fc.record({ width: fc.integer({ min: 861, max: 4000 }), height: fc.integer({ min: 420, max: 3000 }) }),
      ({ left, inspector, results }, room) => {
        const asked = { leftWidth: left, inspectorWidth: inspector, resultsHeight: results };
        const fitting = panelsIn(room, asked);
        expect(room.width - fitting.leftWidth.value - fitting.inspectorWidth.value).toBeGreaterThanOrEqual(400);
        expect(room.height - fitting.resultsHeight.value).toBeGreaterThanOrEqual(200);
        for (const panel of Object.keys(PANELS) as Panel[]) {
          const { value, least, most } = fitting[panel];
          expect(least <= value && value <= most && bounded(panel, value) === value).toBe(true);
        }
      },
    ),
  );
});
