import fc from 'fast-check';
import { expect, test } from 'vitest';
import { topological } from './order.ts';
import { runs } from './testing.ts';

const ITEMS = ['a', 'b', 'c', 'd', 'e', 'f'];
const graph = fc.dictionary(
  fc.constantFrom(...ITEMS),
  fc.array(fc.constantFrom(...ITEMS, 'elsewhere'), { maxLength: 3 }),
);

test('each item once, after all it needs but where they need it too, whatever order they come in', () => {
  fc.assert(
    fc.property(graph, fc.shuffledSubarray(ITEMS), (needs, items) => {
      const of = (item: string): string[] => needs[item] ?? [];
      const order = topological(items, of);
      expect([...order].sort()).toEqual([...items].sort());
      expect(topological([...items].reverse(), (item) => [...of(item)].reverse())).toEqual(order);
      const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
        of(from).some(
          (need) => items.includes(need) && !seen.has(need) && (need === to || reaches(need, to, seen.add(need))),
        );
      for (const item of items) {
        for (const need of items) {
          if (reaches(item, need) && !reaches(need, item))
            expect(order.indexOf(need)).toBeLessThan(order.indexOf(item));
        }
      }
    }),
    runs(500),
  );
});

test('ties go by text, also in a circle, and what needs a circle waits for it', () => {
  expect(topological(['c', 'b', 'a'], () => [])).toEqual(['a', 'b', 'c']);
  expect(topological(['a', 'y', 'z'], (item) => ({ a: ['y'], y: ['z'], z: ['y'] })[item] ?? [])).toEqual([
    'y',
    'z',
    'a',
  ]);
});

test('ties go by rank before they go by text, and needs before rank', () => {
  const rank = (item: string): number => ['c', 'a', 'b'].indexOf(item);
  expect(topological(['a', 'b', 'c'], () => [], rank)).toEqual(['c', 'a', 'b']);
  expect(topological(['a', 'b', 'c'], (item) => (item === 'c' ? ['b'] : []), rank)).toEqual(['a', 'b', 'c']);
});
