/** Patches between projects of the real catalog, put to the real git. */
import { expect, test } from 'vitest';
import { compareTrees } from '#core/compare.ts';
import { appliedByGit, downloaded, listed, patched, together } from '#core/git-testing.ts';
import { combination, distinct, project, someSelections } from './combinations-testing.ts';

test('git makes of one download and the patch exactly the other, but for files with secrets, whatever is chosen in both', () => {
  const trees = distinct(someSelections().map(combination))
    .filter(({ resolution }, at) => at % 3 === 0 && resolution.problems.length === 0)
    .map(({ selection }) => project(selection).tree);
  expect(trees.length).toBeGreaterThan(10);
  // Each against the next, and the last against the first.
  const [before, after] = together(trees.map((tree, at) => [tree, trees[(at + 1) % trees.length] ?? []]));
  expect(compareTrees(before, after).length).toBeGreaterThan(trees.length);
  const disk = downloaded(before);
  expect(appliedByGit(before, after, disk)).toEqual(listed(patched(before, after, disk)));
});
