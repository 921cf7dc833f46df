import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FileTree, ProjectFile } from '#core/tree.ts';
import { blocksOf, litBy, spliced } from './blocks.ts';
import { coloured } from './colour.ts';
import { fitting } from './fitting.ts';
import { entriesOf, marksIn, visible, withFolders } from './folders.ts';
import { followLine } from './follow.ts';
import { type Found, SHOWN, searching } from './search.ts';

const NAMES = ['main.py', 'pyproject.toml', 'compose.yaml', 'a.json', 'README.md', 'Makefile', '.env', 'notes.txt'];

test('colours change no text', () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom('"', "'", '#', '\n', ' ', '\\', '`', '[', ']', '=', ':', 'a', '1', '"""') }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...NAMES), text, (name, given) => {
      const lines = coloured(name, given).map((line) => line.map((token) => token.text).join(''));
      expect(lines.join('\n')).toBe(given.replace(/\n$/, ''));
    }),
  );
});

test('blocks are all lines in order, by names of their own, and what is added above leaves those below as they were', () => {
  const lines = fc.array(fc.constantFrom('', '', 'a = 1', 'b = "x"', '# c'), { maxLength: 120 });
  fc.assert(
    fc.property(lines, fc.array(fc.constantFrom('new', 'newer'), { minLength: 1, maxLength: 30 }), (given, added) => {
      const own = coloured('a.py', given.join('\n'));
      const blocks = blocksOf(own);
      expect(blocks.flatMap((block) => block.lines)).toEqual(own);
      expect(blocks.map(({ from }) => from)).toEqual(
        blocks.map((_, at) => 1 + blocks.slice(0, at).reduce((sum, { lines: above }) => sum + above.length, 0)),
      );
      expect(new Set(blocks.map(({ key }) => key)).size).toBe(blocks.length);
      expect(Math.max(0, ...blocks.map((block) => block.lines.length))).toBeLessThanOrEqual(20);
      const text = ['first', ...given].join('\n');
      const [before, after] = [text, [...added, '', text].join('\n')].map((each) => blocksOf(coloured('a.py', each)));
      const below = after?.slice(-(before?.length ?? 0));
      expect(below?.map(({ key, looks }) => key + looks)).toEqual(before?.map(({ key, looks }) => key + looks));
    }),
  );
});

test('until there is time, the text is that of now as far as the sight, and nothing of before is moved', () => {
  const text = fc.array(fc.constantFrom('', 'a', 'b', 'c', 'd'), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(text, text, fc.integer({ min: 1, max: 70 }), (one, other, line) => {
      const [before, now] = [one, other].map((lines) => litBy(blocksOf(coloured('a.py', lines.join('\n'))), []));
      if (!before || !now) throw new Error('there are two texts');
      const shown = spliced(now, before, line);
      const due = now.filter(({ from }) => from <= line);
      expect(shown.slice(0, due.length)).toEqual(due);
      if (due.length === now.length) expect(shown).toBe(now);
      else expect(shown.slice(due.length)).toEqual(before.slice(before.length - shown.length + due.length));
      expect(new Set(shown.map(({ key }) => key)).size).toBe(shown.length);
    }),
  );
});

test('a line lights up where a span holds it', () => {
  const blocks = litBy(blocksOf(coloured('a.py', 'a\nb\n\nc\nd\n')), [{ fromLine: 2, toLine: 4, from: [] }]);
  expect(blocks.map(({ lit }) => lit).join('')).toMatch(/^-\+\+\+-/);
});

test('colours tell the kinds of a line apart', () => {
  const kinds = (name: string, text: string) =>
    coloured(name, text)[0]
      ?.filter(({ kind }) => kind !== 'plain')
      .map(({ kind, text }) => `${kind} ${text}`);
  expect(kinds('a.py', 'return f"x" # done')).toEqual(['keyword return', 'string f"x"', 'comment # done']);
  expect(kinds('a.toml', 'name = "x" # why')).toEqual(['key name', 'string "x"', 'comment # why']);
  expect(kinds('a.json', '{"a": true}')).toEqual(['key "a"', 'keyword true']);
  expect(kinds('README.md', '## Start')).toEqual(['heading ## Start']);
});

test('a long line of openers ends, and keeps its text', () => {
  const openers = ['"', "'", '`', '['].map((opener) => opener.repeat(20_000)).join('');
  for (const name of NAMES)
    expect(
      coloured(name, openers)
        .flat()
        .map((token) => token.text)
        .join(''),
    ).toBe(openers);
});

test('the tree has folders first, and shows what is open', () => {
  const entries = entriesOf(['b.txt', 'app/main.py', 'app/core/x.py', 'a.txt']);
  expect(visible(entries, () => true).map(({ path, level }) => `${level} ${path}`)).toEqual([
    '1 app/',
    '2 app/core/',
    '3 app/core/x.py',
    '2 app/main.py',
    '1 a.txt',
    '1 b.txt',
  ]);
  expect(visible(entries, () => false).map(({ name }) => name)).toEqual(['app', 'a.txt', 'b.txt']);
});

describe('a search', () => {
  const file = (path: string, content: string): ProjectFile => ({ path, content, mode: '644', spans: [] });
  const run = (tree: FileTree, query: string, matchesCase = false): Found => {
    const search = searching(tree, query, matchesCase);
    for (;;) {
      const step = search.next();
      if (step.done) return step.value;
    }
  };

  test('is literal, tells names from lines, and marks what it found', () => {
    const tree = [file('a.b.py', 'x = a.b\n\n  y = A.B + a.b\n'), file('axb.py', 'axb\n')];
    const found = run(tree, 'a.b');
    expect(found).toMatchObject({ lines: 2, names: 1, inFiles: 1, shown: 2 });
    expect(found.files.map(({ path, hits }) => [path, hits.map(({ line }) => line)])).toEqual([['a.b.py', [1, 3]]]);
    expect(found.files[0]?.hits[1]?.pieces).toEqual([
      { text: 'y = ', isHit: false },
      { text: 'A.B', isHit: true },
      { text: ' + ', isHit: false },
      { text: 'a.b', isHit: true },
    ]);
    expect(run(tree, 'A.B', true)).toMatchObject({ lines: 1, names: 0 });
  });

  test('finds what a plain reading finds, in any text', () => {
    const text = fc.array(fc.constantFrom('a', 'B', '.', '(', '\\', '\n', ' ', '$', 'é'), { maxLength: 40 });
    fc.assert(
      fc.property(text, fc.constantFrom('a', 'b', '.', '(', '\\', 'a.', '$', 'É'), (letters, query) => {
        const content = letters.join('');
        const plain = content
          .split('\n')
          .flatMap((line, at) => (line.toLowerCase().includes(query.toLowerCase()) ? [at + 1] : []));
        const found = run([file('-', content)], query);
        expect(found.files.flatMap(({ hits }) => hits.map(({ line }) => line))).toEqual(plain);
        expect(found.lines).toBe(plain.length);
      }),
    );
  });

  test('lists as much as one reads, and counts all', () => {
    const tree = [file('one', 'a\n'.repeat(SHOWN)), file('two', 'a\n'.repeat(9)), file('a', '')];
    const found = run(tree, 'a');
    expect(found).toMatchObject({ lines: SHOWN + 9, names: 1, inFiles: 3, shown: SHOWN });
    expect(found.files.map(({ path }) => path)).toEqual(['one', 'a']);
  });

  test('shows of a long line what stands around the hit', () => {
    const [hit] = run([file('x', `${'-'.repeat(5000)}needle${'-'.repeat(5000)}\n`)], 'needle').files[0]?.hits ?? [];
    expect(hit?.pieces.map(({ isHit }) => isHit)).toEqual([false, true, false]);
    expect(hit?.pieces.map(({ text }) => text).join('').length).toBeLessThan(200);
  });
});

describe('a marked line', () => {
  const text = (...lines: string[]): string => lines.map((line) => `${line}\n`).join('');

  test('goes with what it says', () => {
    const before = text('# a', 'one', 'two', '', 'three');
    expect(followLine(before, before, 3)).toBe(3);
    expect(followLine(before, text('# a', 'new', 'one', 'two', '', 'three'), 3)).toBe(4);
    expect(followLine(before, text('two', '# a', 'three'), 3)).toBe(1);
    expect(followLine(before, text('# b', 'one', 'other', '', 'three'), 3)).toBeUndefined();
    expect(followLine(text('a', '', 'b'), text('', 'c', 'x'), 2)).toBeUndefined();
    expect(followLine(text('a', ''), text('a'), 2)).toBeUndefined();
  });

  test('is never followed to a line that says something else', () => {
    const lines = fc.array(fc.constantFrom('', 'a', 'b', 'c', ')'), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(lines, lines, fc.nat(7), (before, after, any) => {
        const at = any % before.length;
        const line = followLine(text(...before), text(...after), at + 1);
        if (line !== undefined) expect(after[line - 1]).toBe(before[at]);
        else if (/\w/.test(before[at] ?? '')) expect(after).not.toContain(before[at]);
      }),
      { numRuns: 2000 },
    );
  });
});

test('what is known of files is known of their folders', () => {
  const all = withFolders(
    new Map([
      ['app/a.py', 1],
      ['app/core/b.py', 2],
      ['c', 4],
    ]),
    (a, b) => a + b,
  );
  expect(Object.fromEntries(all)).toEqual({ 'app/a.py': 1, 'app/core/b.py': 2, 'app/': 3, 'app/core/': 2, c: 4 });
});

test('a folder is new when all in it is, and changed when anything in it is', () => {
  const paths = ['new/a', 'new/b', 'mixed/a', 'mixed/b', 'same/a', 'deep/er/a', 'deep/b'];
  const marks = marksIn(
    paths,
    new Map([
      ['new/a', 'added'],
      ['new/b', 'added'],
      ['mixed/a', 'added'],
      ['deep/er/a', 'changed'],
      ['gone/a', 'changed'],
    ]),
  );
  expect(Object.fromEntries([...marks].filter(([path]) => path.endsWith('/')))).toEqual({
    'new/': 'added',
    'mixed/': 'changed',
    'deep/': 'changed',
    'deep/er/': 'changed',
  });
  expect(marksIn(paths, new Map()).size).toBe(0);
});

test('a picture is fitted into the middle of its frame, and a small one is not blown up', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 5000 }), (width, height) => {
      const { k, x, y } = fitting({ width, height }, { width: 800, height: 300 });
      expect(k).toBeLessThanOrEqual(1.25);
      expect(2 * x + width * k).toBeCloseTo(800);
      expect(2 * y + height * k).toBeCloseTo(300);
      expect(x).toBeGreaterThanOrEqual(0);
    }),
  );
});
