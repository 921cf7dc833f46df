/** docs/asvs.md is complete, and every test that it names is there. What the tests show is for people to judge. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

interface Row {
  readonly chapter: string;
  readonly number: string;
  readonly cells: readonly string[];
  readonly verdict: string;
  readonly why: string;
  readonly shown: string;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MATRIX = readFileSync(join(ROOT, 'docs', 'asvs.md'), 'utf8');
/** Sections of ASVS 5.0.0, and how many requirements of levels 1 and 2 each begins with; those of level 3 follow. */
const SECTIONS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  V6: { '6.1': 3, '6.2': 12, '6.3': 4, '6.4': 4, '6.5': 5, '6.6': 3, '6.8': 4 },
  V7: { '7.1': 3, '7.2': 4, '7.3': 2, '7.4': 5, '7.5': 2, '7.6': 2 },
  V8: { '8.1': 2, '8.2': 3, '8.3': 1, '8.4': 1 },
  V9: { '9.1': 3, '9.2': 4 },
  V10: { '10.1': 2, '10.2': 2, '10.3': 4, '10.4': 11, '10.5': 5, '10.6': 2, '10.7': 3 },
};
const KNOWN = ['6.2.12', '6.3.3', '10.4.4', '10.4.5'];
const TS_TEST = /(?<![.\w])test(?:\.(?:each|skipIf)\(.*?\))?\(\s*(['"`])((?:\\.|(?!\1).)*)\1\s*,/gs;
const PY_TEST = /^(?:async )?def (test_\w+)\(/gm;

function rowsOf(text: string): Row[] {
  return text.split(/^## /m).flatMap((part) =>
    [...part.matchAll(/^\| (\d.*) \|$/gm)].map(([, line = '']) => {
      const cells = line.split(' | ');
      const [number = '', , verdict = '', why = '', shown = ''] = cells;
      return { chapter: /^\w+/.exec(part)?.[0] ?? '', number, cells, verdict, why, shown };
    }),
  );
}

const files = new Map<string, string[] | undefined>();
/** The names of a file's tests; undefined where there is no such file. */
function testsIn(path: string): string[] | undefined {
  if (!files.has(path)) {
    const there = existsSync(join(ROOT, path));
    const text = there ? readFileSync(join(ROOT, path), 'utf8') : '';
    const names = /\.py(?:\.hbs)?$/.test(path)
      ? [...text.matchAll(PY_TEST)].map(([, name = '']) => name)
      : [...text.matchAll(TS_TEST)].map(([, , name = '']) => name);
    files.set(path, there ? names : undefined);
  }
  return files.get(path);
}

/** What is wrong with where a row says that it is shown. */
function wrongIn({ number, verdict, shown }: Row): string[] {
  if (shown === 'not tested') return verdict === 'does not apply' ? [`${number}: nothing there to test`] : [];
  if (shown === '–') return verdict === 'does not apply' ? [] : [`${number}: says neither a test nor “not tested”`];
  return shown.split('<br>').flatMap((one) => {
    const [, path = '', words = ''] = /^`(\S+) › (\S.*)`$/.exec(one) ?? [];
    if (!path) return [`${number}: cannot be read: ${one}`];
    const names = testsIn(path);
    if (!names) return [`${number}: no file ${path}`];
    return names.some((name) => name.includes(words)) ? [] : [`${number}: no test of ${path} has “${words}”`];
  });
}

const rows = rowsOf(MATRIX);

describe('the ASVS matrix', () => {
  test.each(Object.entries(SECTIONS))(
    '%s has every requirement of levels 1 and 2, once and in order',
    (chapter, of) => {
      const numbers = Object.entries(of).flatMap(([section, count]) =>
        Array.from({ length: count }, (_, index) => `${section}.${index + 1}`),
      );
      expect(rows.filter((row) => row.chapter === chapter).map(({ number }) => number)).toEqual(numbers);
    },
  );

  test('no number comes twice, and every row has a verdict and its reason', () => {
    expect(new Set(rows.map(({ number }) => number)).size).toBe(rows.length);
    for (const { number, cells, verdict } of rows) {
      expect(['holds', 'departure', 'does not apply'], number).toContain(verdict);
      expect(cells.length, number).toBe(5);
      expect(cells.filter((cell) => cell.trim() === '').length, number).toBe(0);
    }
  });

  test('the four known departures stand as such, and every other one as a gap', () => {
    const departures = rows.filter(({ verdict }) => verdict === 'departure');
    expect(departures.filter(({ why }) => why.startsWith('**Known.** ')).map(({ number }) => number)).toEqual(KNOWN);
    for (const { number, why } of departures) expect(why, number).toMatch(/^\*\*(?:Known|Gap)\.\*\* \S/);
    for (const { number, verdict, why } of rows)
      if (verdict !== 'departure') expect(why, number).not.toMatch(/\*\*(?:Known|Gap)/);
  });

  test('every test it names is there', () => {
    expect(rows.flatMap(wrongIn)).toEqual([]);
  });
});

test('a test that is not there, a file that is not, and silence are found', () => {
  const path = 'e2e/projects/auth/tokens.ts';
  const wrong = (shown: string, verdict = 'holds'): number =>
    rowsOf(`## V9\n\n| 9.1.1 | what | ${verdict} | why | ${shown} |\n`).flatMap(wrongIn).length;
  expect(wrong(`\`${path} › everything else is 401\``)).toBe(0);
  expect(wrong(`\`${path} › everything else is 200\``)).toBe(1);
  // Words of the file, but of no test's name.
  expect(wrong(`\`${path} › a foreign kid\``)).toBe(1);
  expect(wrong('`e2e/projects/auth/nowhere.ts › everything`')).toBe(1);
  expect(wrong(`${path} › everything else is 401`)).toBe(1);
  expect(wrong('–')).toBe(1);
  expect(wrong('not tested', 'does not apply')).toBe(1);
});
