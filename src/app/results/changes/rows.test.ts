import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DiffLine, linesOf } from '#core/diff.ts';
import type { ProjectFile } from '#core/tree.ts';
import { folded, pairs } from './rows.ts';

const file = (lines: readonly string[]): ProjectFile => ({
  path: 'a',
  content: lines.map((line) => `${line}\n`).join(''),
  mode: '644',
  spans: [],
});
const difference = (before: readonly string[], after: readonly string[]): DiffLine[] =>
  linesOf({ path: 'a', kind: 'changed', before: file(before), after: file(after) });
const many = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 40 });
const numbered = Array.from({ length: 30 }, (_, index) => `line ${index}`);

test('a long stretch that is the same is folded, three lines around each change stay', () => {
  const lines = difference(numbered, numbered.with(15, 'other'));
  const shape = (isOpen: (at: number) => boolean) =>
    folded(lines, isOpen).map(({ kind, at, lines: part }) => `${kind} ${at} ${part.length}`);
  expect(shape(() => false)).toEqual(['fold 0 12', 'lines 12 8', 'fold 20 11']);
  expect(shape((at) => at === 0)).toEqual(['lines 0 12', 'lines 12 8', 'fold 20 11']);
});

test('folding loses no line and hides no change', () => {
  fc.assert(
    fc.property(many, many, (before, after) => {
      const lines = difference(before, after);
      const sections = folded(lines, () => false);
      expect(sections.flatMap((section) => section.lines)).toEqual(lines);
      for (const { kind, lines: part } of sections)
        if (kind === 'fold') expect(part.every((line) => line.kind === 'same')).toBe(true);
    }),
  );
});

test('side by side, each side reads as its file', () => {
  fc.assert(
    fc.property(many, many, (before, after) => {
      const rows = pairs(difference(before, after));
      expect(rows.flatMap((row) => row.before?.text ?? [])).toEqual(before);
      expect(rows.flatMap((row) => row.after?.text ?? [])).toEqual(after);
    }),
  );
});
