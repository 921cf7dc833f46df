import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareTrees } from './compare.ts';
import { countLines, linesOf, patchOf, unpatched } from './diff.ts';
import { appliedByGit, listed, together } from './git-testing.ts';
import { SLOT_CLOSE, SLOT_OPEN } from './marks.ts';
import type { FileTree, ProjectFile } from './tree.ts';

const file = (path: string, content: string, mode: ProjectFile['mode'] = '644'): ProjectFile => ({
  path,
  content,
  mode,
  spans: [],
});

/** Few paths and few lines, so that two trees share some; everything a patch has a rule of its own for. */
const tree: fc.Arbitrary<FileTree> = fc
  .uniqueArray(
    fc.record({
      path: fc.constantFrom('a.py', 'with space.md', 'größe/漢字 🚀.txt', 'app/-x.py', "o'brien", '.env', 'tab.hbs'),
      content: fc
        .array(
          fc.constantFrom('', ' ', '+', '-- a', '++ b', '\\ No newline', 'diff --git a/a b/a', 'é🚀', 'x\r', 'a', 'b'),
          {
            maxLength: 9,
          },
        )
        .chain((lines) => fc.constantFrom(lines.join('\n'), `${lines.join('\n')}\n`)),
      mode: fc.constantFrom<ProjectFile['mode'][]>('644', '755'),
    }),
    { selector: ({ path }) => path },
  )
  .map((files) => files.map(({ path, content, mode }) => file(path, content, mode)));

test('git makes of the one tree and the patch exactly the other', () => {
  const [before, after] = together(fc.sample(fc.tuple(tree, tree), 300));
  const kinds = compareTrees(before, after).map(({ kind }) => kind);
  for (const kind of ['added', 'removed', 'changed'] as const)
    expect(kinds.filter((one) => one === kind).length, kind).toBeGreaterThan(100);
  expect(appliedByGit(before, after)).toEqual(listed(after));
  expect(appliedByGit(after, before)).toEqual(listed(before));
});

test('the lines hold both texts whole, and are counted as git counts them', () => {
  fc.assert(
    fc.property(tree, tree, (before, after) => {
      for (const change of compareTrees(before, after)) {
        const lines = linesOf(change);
        const side = (without: string): string =>
          lines
            .filter(({ kind }) => kind !== without)
            .map(({ text, unended }) => (unended ? text : `${text}\n`))
            .join('');
        expect(side('added')).toBe(change.before?.content ?? '');
        expect(side('removed')).toBe(change.after?.content ?? '');
        const count = (kind: string): number => lines.filter((line) => line.kind === kind).length;
        expect(countLines(change)).toEqual({ added: count('added'), removed: count('removed') });
        const numbers = lines.flatMap(({ after: number }) => number ?? []);
        expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      }
    }),
  );
});

test('equal trees differ in nothing', () => {
  fc.assert(
    fc.property(tree, (one) => {
      expect(compareTrees(one, [...one].reverse())).toEqual([]);
      expect(patchOf(compareTrees(one, one))).toBe('');
    }),
  );
});

test('a file with secrets is in no patch, which then fits whatever the secrets are', () => {
  const env = (settings: string): ProjectFile => file('.env', `${settings}KEY=${SLOT_OPEN}key:32${SLOT_CLOSE}\n`);
  const [before, after] = [
    [env(''), file('a.py', 'a\n')],
    [env('PORT=1\n'), file('a.py', 'b\n')],
  ];
  expect(unpatched(compareTrees(before, after))).toEqual(['.env']);
  expect(patchOf(compareTrees(before, after))).toBe(
    'diff --git a/a.py b/a.py\n--- a/a.py\n+++ b/a.py\n@@ -1,1 +1,1 @@\n-a\n+b\n',
  );
  // Another name of the same secret is the same text, and no change.
  expect(compareTrees([env('')], [file('.env', `KEY=${SLOT_OPEN}other:32${SLOT_CLOSE}\n`)])).toEqual([]);
  expect(linesOf({ path: '.env', kind: 'added', after: env('') })).toEqual([
    { kind: 'added', text: 'KEY=<32 random bytes, made when you download>', after: 1 },
  ]);
});

test('a file that only has another mode is a change without lines', () => {
  expect(patchOf(compareTrees([file('run.sh', 'x\n')], [file('run.sh', 'x\n', '755')]))).toBe(
    'diff --git a/run.sh b/run.sh\nold mode 100644\nnew mode 100755\n',
  );
});
