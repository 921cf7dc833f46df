import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keep } from './kept.ts';

const item = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd'),
  at: fc.record({ x: fc.integer({ max: 2, min: 0 }), y: fc.option(fc.constantFrom('here', [1, 2], { z: null })) }),
});
const list = fc.uniqueArray(item, { selector: ({ id }) => id });

test('a list says what it was given, in values of before wherever they say the same, and only there', () => {
  fc.assert(
    fc.property(list, list, (before, items) => {
      const kept = keep(before, items);
      expect(kept).toEqual(items);
      for (const { id } of items) {
        const [was, given, now] = [before, items, kept].map((each) => each.find((one) => one.id === id));
        expect(now).toBe(was !== undefined && JSON.stringify(was) === JSON.stringify(given) ? was : given);
      }
      expect(kept === before).toBe(JSON.stringify(before) === JSON.stringify(items));
    }),
  );
});
