import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coloured } from './colour.ts';
import { entriesOf, visible } from './folders.ts';

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
