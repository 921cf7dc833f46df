import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Catalog } from './catalog.ts';
import { commandLine, commandWords } from './command.ts';
import { drawn } from './draw-testing.ts';
import { parseInit } from './init.ts';
import { emptySelection, type Selection } from './selection.ts';
import { drawSelection, hostilelySelected, made, runs, selected } from './testing.ts';

/** What a POSIX shell makes of a line of words, single quotes and backslashes. */
function shellSplit(line: string): string[] {
  const words: string[] = [];
  for (const match of line.matchAll(/(?:'[^']*'|\\[\s\S]|[^\s'\\])+/g)) {
    words.push(
      match[0].replace(/'([^']*)'|\\([\s\S])/g, (_, quoted?: string, escaped?: string) => quoted ?? escaped ?? ''),
    );
  }
  return words;
}

const back = (catalog: Catalog, line: string): Selection => {
  const [program, command, ...argv] = shellSplit(line);
  expect([program, command]).toEqual(['stackwright', 'init']);
  const read = parseInit(catalog, argv);
  expect(read.refusals).toEqual([]);
  return read.selection;
};

/** Making a catalog is what takes time, so each is used well. */
const manySelected = made().chain(({ catalog }) =>
  fc
    .array(
      drawn((draw) => drawSelection(draw, catalog)),
      { minLength: 12, maxLength: 12 },
    )
    .map((selections) => ({ catalog, selections })),
);

test('thousands of selections come back from their command line', () => {
  fc.assert(
    fc.property(manySelected, ({ catalog, selections }) => {
      for (const selection of selections) expect(back(catalog, commandLine(catalog, selection))).toEqual(selection);
    }),
    runs(250),
  );
});

test('further flags do not change what is selected', () => {
  fc.assert(
    fc.property(selected(), fc.string({ unit: 'grapheme', minLength: 1 }), ({ catalog, selection }, folder) => {
      const line = commandLine(catalog, selection, [`--output=${folder}`, '--force']);
      fc.pre(!/[\0\ud800-\udfff]/.test(folder));
      const read = parseInit(catalog, shellSplit(line).slice(2));
      expect(read).toMatchObject({ selection, output: folder, force: true, refusals: [] });
    }),
    runs(100),
  );
});

test('a real shell splits the line as the parser expects it', () => {
  const samples = fc.sample(selected(), { numRuns: 150, seed: 7 });
  const script = samples
    .map(({ catalog, selection }) => commandLine(catalog, selection).replace(/^stackwright init/, "printf '%s\\0'"))
    .map((line) => `${line}; printf '\\n\\0'`)
    .join('\n');
  const printed = execFileSync('sh', ['-c', script], { encoding: 'utf8', maxBuffer: 1e8 }).split('\n\0').slice(0, -1);
  expect(printed).toHaveLength(samples.length);
  samples.forEach(({ catalog, selection }, index) => {
    const argv = (printed[index] ?? '').split('\0').slice(0, -1);
    expect(parseInit(catalog, argv)).toMatchObject({ selection, refusals: [] });
  });
});

test('the project with nothing chosen is not asked for', () => {
  fc.assert(
    fc.property(made(), ({ catalog }) => {
      expect(commandWords(catalog, emptySelection('shop'))).toEqual(['shop', '--no-interactive']);
      expect(parseInit(catalog, ['shop', '--no-interactive'])).toMatchObject({ explicit: false, interactive: false });
    }),
    runs(20),
  );
});

test('whatever is selected has a line, and what the catalog knows of it comes back', () => {
  fc.assert(
    fc.property(hostilelySelected(), ({ catalog, selection }) => {
      const words = commandWords(catalog, selection);
      const read = parseInit(catalog, words);
      expect(read.selection.chosen.every((id) => catalog.modules.has(id))).toBe(true);
    }),
    runs(150),
  );
});
