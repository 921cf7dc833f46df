import { expect, test } from 'vitest';
import type { Source } from './facts.ts';
import { lightOf, linesIn, sourcesOf, spansFrom } from './provenance.ts';
import { type FileTree, MANIFEST_PATH, type ProjectFile } from './tree.ts';

const file = (path: string, ...lines: Source[][]): ProjectFile => ({
  path,
  content: lines.map((_, index) => `${index}\n`).join(''),
  mode: '644',
  spans: lines.map((from, index) => ({ fromLine: index + 1, toLine: index + 1, from })),
});
const a: Source = { module: 'a' };
const tuned: Source = { module: 'a', option: 'how' };
const b: Source = { module: 'b' };
const tree: FileTree = [
  file('one.py', [a], [b], [a, b]),
  file(MANIFEST_PATH, [a, b]),
  file('two.py', [tuned], [b], [tuned, a]),
];

test('a module lights all its lines up, whatever option they rest on, and once each', () => {
  const light = lightOf(tree, a);
  expect(light.lines).toBe(4);
  expect([...light.spans].map(([path, spans]) => [path, spans.map(({ fromLine }) => fromLine)])).toEqual([
    ['one.py', [1, 3]],
    ['two.py', [1, 3]],
  ]);
});

test('an option lights up what rests on it alone, and a module that is not there nothing', () => {
  expect([...lightOf(tree, tuned).spans.keys()]).toEqual(['two.py']);
  expect(lightOf(tree, tuned).lines).toBe(2);
  expect(lightOf(tree, { module: 'a', option: 'other' })).toEqual({ spans: new Map(), lines: 0 });
  expect(lightOf(tree, { module: 'c' }).lines).toBe(0);
});

test('there and back: a line that lights up names the source it lights up for', () => {
  for (const source of [a, b, tuned]) {
    const { spans, lines } = lightOf(tree, source);
    let met = 0;
    for (const given of tree) {
      expect(spansFrom(given, source)).toEqual(spans.get(given.path) ?? []);
      const count = given.content.split('\n').length - 1;
      for (let line = 1; line <= count; line += 1) {
        const names = sourcesOf(given, line).some(
          ({ module, option }) => module === source.module && (source.option ?? option) === option,
        );
        const isLit = (spans.get(given.path) ?? []).some(({ fromLine, toLine }) => fromLine <= line && line <= toLine);
        expect(isLit, `${given.path}:${line}`).toBe(names);
        met += isLit ? 1 : 0;
      }
    }
    expect(met).toBe(lines);
  }
  expect(linesIn([{ fromLine: 3, toLine: 5, from: [a] }])).toBe(3);
});
