import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyOf } from './repair.ts';
import { resolve, resolveBare } from './resolve.ts';
import { canonical, changesBetween } from './selection.ts';
import { hostilelySelected, runs, selected } from './testing.ts';

function holds(catalog: Parameters<typeof resolve>[0], selection: Parameters<typeof resolve>[1]): number {
  const { problems } = resolve(catalog, selection);
  const before = new Set(problems.map(keyOf));
  for (const problem of problems) {
    expect(problem.repairs.length, problem.code).toBeGreaterThan(0);
    const lengths = problem.repairs.map(({ changes }) => changes.length);
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
    expect(new Set(problem.repairs.map((repair) => JSON.stringify(repair.selection))).size).toBe(lengths.length);
    for (const repair of problem.repairs) {
      const after = resolveBare(catalog, repair.selection).findings.map(keyOf);
      expect(after).not.toContain(keyOf(problem));
      for (const key of after) expect(before, 'a repair brings no problem of its own').toContain(key);
      expect(repair.changes.length).toBeGreaterThan(0);
      expect(repair.changes).toEqual(changesBetween(canonical(selection), repair.selection));
      expect(repair.selection).toEqual(canonical(repair.selection));
      // The name is the person's.
      expect(repair.selection.project).toBe(selection.project);
    }
  }
  return problems.length;
}

test('every problem has a repair; each takes it away, brings none, and the least change stands first', () => {
  let seen = 0;
  fc.assert(
    fc.property(selected(), ({ catalog, selection }) => {
      seen += holds(catalog, selection);
    }),
    runs(120),
  );
  expect(seen, 'the random selections have problems enough to mean something').toBeGreaterThan(10);
});

test('the problems of a hostile selection can be mended too', () => {
  fc.assert(
    fc.property(hostilelySelected(), ({ catalog, selection }) => void holds(catalog, selection)),
    runs(60),
  );
});
