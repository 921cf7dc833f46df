import { expect, test } from 'vitest';
import { changesSince, type Found } from './compare.ts';
import { hashFiles } from './hash.ts';
import { MANIFEST_PATH, type ProjectFile } from './tree.ts';

const file = (path: string, content: string, mode: '644' | '755' = '644'): ProjectFile => ({
  path,
  content,
  mode,
  spans: [],
});
const listed = (files: readonly ProjectFile[]): Found['files'] =>
  Object.fromEntries(hashFiles(files).map(({ path, mode, sha256 }) => [path, `${mode} ${sha256}`]));
/** A project as it is made: with the manifest that lists its files. */
const made = (...files: ProjectFile[]): ProjectFile[] => [
  ...files,
  file(MANIFEST_PATH, JSON.stringify({ files: listed(files) })),
];
const said = (found: Found, now: readonly ProjectFile[]): string[] =>
  changesSince(found, now).map(({ path, kind }) => `${path} ${kind}`);

const then = made(file('a.py', 'a\n'), file('gone.py', 'b\n'), file('run.sh', 'c\n'), file('.env', 'SECRET=1\n'));
const now = made(file('a.py', 'A\n'), file('new.py', 'n\n'), file('run.sh', 'c\n', '755'), file('.env', 'SECRET=2\n'));
const files = listed(then);
const DIFFERENT = ['a.py changed', 'gone.py removed', 'new.py added', 'run.sh changed'];

test('by its texts, with the lines of both sides; secrets are left aside', () => {
  expect(said({ files, tree: then, edited: [] }, now)).toEqual([...DIFFERENT, 'stackwright.json changed']);
  expect(changesSince({ files, tree: then, edited: [] }, now)[0]).toMatchObject({
    before: { content: 'a\n' },
    after: { content: 'A\n' },
  });
  expect(said({ files, tree: then, edited: [] }, then)).toEqual([]);
});

test('by a manifest alone the same files differ, and no line is known', () => {
  expect(said({ files, edited: [] }, now)).toEqual(DIFFERENT);
  expect(changesSince({ files, edited: [] }, now).every(({ before, after }) => !before && !after)).toBe(true);
  expect(said({ files, edited: [] }, then)).toEqual([]);
});

test('files of its own stay out, but for one in whose place another would be made', () => {
  const tree = [...then, file('mine.py', 'm\n'), file('new.py', 'mine\n')];
  expect(said({ files, tree, edited: [] }, now)).toContain('new.py changed');
  expect(said({ files, tree, edited: [] }, now).filter((line) => line.startsWith('mine.py'))).toEqual([]);
});
