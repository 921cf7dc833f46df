import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from './contents-testing.ts';
import type { Source } from './facts.ts';
import { Marker, spansOf, withoutMarks } from './marks.ts';
import { type Context, contextOf, guarded, runTemplate, Tracked, TrackedList } from './template.ts';
import { runs } from './testing.ts';
import { splitLines } from './trees-testing.ts';

const owner: Source = { module: 'owner' };
const from = (module: string, option?: string): Source[] => [{ module, ...(option ? { option } : {}) }];
const list = (...names: readonly string[]): TrackedList =>
  new TrackedList(
    names.map((name) => ({
      context: contextOf({ name, on: name > 'b', tags: [name, 'x'] }, from(name), 'item'),
      from: from(name),
    })),
  );
const context = (values: Readonly<Record<string, unknown>>): Context => guarded(values, 'a template');

/** Lines, each with the modules (and options) it came from. */
function lines(text: string, values: Readonly<Record<string, unknown>> = {}, everywhere = false): string[] {
  const marker = new Marker();
  const { text: out, spans } = marker.unmark(runTemplate(compile(text), context(values), marker), owner, everywhere);
  const owners = spans.flatMap((span) =>
    Array.from({ length: span.toLine - span.fromLine + 1 }, () =>
      span.from.map(({ module, option }) => (option ? `${module}.${option}` : module)).join('+'),
    ),
  );
  return splitLines(out).map((line, index) => `${owners[index]}: ${line}`);
}
const on = new Tracked(true, from('m', 'on'));
const off = new Tracked(false, from('m', 'off'));

describe('where lines come from', () => {
  test('a line without a value is its file’s owner’s', () => {
    expect(lines('a\nb')).toEqual(['owner: a', 'owner: b']);
  });
  test('a value marks its line', () => {
    expect(lines('a\nb {{py x}} c\nd\n', { x: new Tracked('v', from('m', 'x')) })).toEqual([
      'owner: a',
      'm.x: b "v" c',
      'owner: d',
    ]);
  });
  test('a block marks each of its lines, on either branch', () => {
    expect(lines('a\n{{#if x}}\nb\nc\n{{else}}\nd\n{{/if}}\ne\n', { x: on })).toEqual([
      'owner: a',
      'm.on: b',
      'm.on: c',
      'owner: e',
    ]);
    expect(lines('a\n{{#if x}}\nb\n{{else}}\nd\n{{/if}}\ne\n', { x: off })).toEqual([
      'owner: a',
      'm.off: d',
      'owner: e',
    ]);
    expect(lines('{{#unless x}}\nb\n{{/unless}}\n', { x: off })).toEqual(['m.off: b']);
  });
  test('a block that came to nothing in the middle of a line marks that line, and at a line’s start none', () => {
    expect(lines('a{{#if x}}b{{/if}}c\nd\n', { x: off })).toEqual(['m.off: ac', 'owner: d']);
    expect(lines('{{#if x}}\nb\n{{/if}}\nd\n', { x: off })).toEqual(['owner: d']);
  });
  test('an item marks its lines, and being last is the doing of what comes behind', () => {
    expect(lines('{{#each l}}\n- {{py name}}\n{{/each}}\n', { l: list('a', 'b') })).toEqual(['a: - "a"', 'b: - "b"']);
    expect(
      lines('{{#each l}}\n{{py name}}{{#unless @last}},{{/unless}}\n{{/each}}\n', { l: list('a', 'b', 'c') }),
    ).toEqual(['a+b: "a",', 'b+c: "b",', 'c: "c"']);
    expect(lines('{{#each l}}\n{{py name}}{{#if @first}} first{{/if}}\n{{/each}}\n', { l: list('a', 'b') })).toEqual([
      'a: "a" first',
      'a+b: "b"',
    ]);
  });
  test('nested blocks add up', () => {
    expect(
      lines('{{#if x}}\n{{#each l}}\n{{#if on}}\n{{py name}}\n{{/if}}\n{{/each}}\n{{/if}}\n', {
        x: on,
        l: list('a', 'c'),
      }),
    ).toEqual(['c+m.on: "c"']);
  });
  test('the owner stands at every line of a file that is not always there', () => {
    expect(lines('a\n{{py x}}\n', { x: new Tracked('v', from('m')) }, true)).toEqual(['owner: a', 'm+owner: "v"']);
  });
  test('a plain list can be walked and printed', () => {
    expect(
      lines('{{#each l}}\n{{json tags}}{{#each tags}} {{sh this}}{{/each}}\n{{/each}}\n', { l: list('a') }),
    ).toEqual(['a: ["a","x"] a x']);
  });
  test('an empty list takes the other branch', () => {
    expect(lines('{{#each l}}x{{else}}none{{/each}}\n{{#if l}}x{{else}}none{{/if}}\n', { l: list() })).toEqual([
      'owner: none',
      'owner: none',
    ]);
  });
});

describe('values', () => {
  test('`is` compares with several words and keeps the source', () => {
    const x = new Tracked('b', from('m', 'x'));
    expect(
      lines('{{#if (is x "a" "b")}}\nyes\n{{/if}}\n{{#if (is x "a")}}\nyes\n{{else}}\nno\n{{/if}}\n', { x }),
    ).toEqual(['m.x: yes', 'm.x: no']);
  });
  test.each([
    ['py', 'None'],
    ['json', 'null'],
    ['yaml', 'null'],
  ])('%s prints a missing value as %s', (helper, printed) => {
    expect(lines(`{{${helper} x}}\n`, { x: new Tracked(null, []) })).toEqual([`owner: ${printed}`]);
  });
  test.each(['toml', 'sh', 'env', 'md', 'comment', 'code', 'line'])('%s has no missing value', (helper) => {
    expect(() => lines(`{{${helper} x}}`, { x: new Tracked(null, []) })).toThrow();
  });
  test.each(['"', '\n', '\\', '`', '$(x)', '#', "'''", '\u202e', 'é'])('code refuses %j', (text) => {
    expect(() => lines('{{code x}}', { x: new Tracked(text, []) })).toThrow('{{code}} is for the catalog');
  });
  test.each(['toString', '__proto__', 'constructor', 'hasOwnProperty', 'valueOf', 'x.y', 'l.length', 'l.0'])(
    'a template cannot reach %s',
    (path) => {
      expect(() => lines(`{{py ${path}}}`, { x: on, l: list('a') })).toThrow();
    },
  );
  test('no text brings marks in', () => {
    expect(withoutMarks('\ue0000\ue001x\ue002\ue003A:9\ue004')).toBe('\ufffd0\ufffdx\ufffd\ufffdA:9\ufffd');
    for (const helper of ['py', 'toml', 'json', 'yaml', 'sh', 'env', 'md', 'comment', 'line']) {
      expect(
        lines(`{{${helper} x}} end\n`, { x: new Tracked('a\ue0009\ue001b\ue002\ue003A:9\ue004', []) }).join(''),
      ).not.toMatch(/[\ue000-\ue00f]/);
    }
  });
});

describe('marks', () => {
  type Piece = string | { readonly from: string; readonly inside: readonly Piece[] };
  const piece: fc.Arbitrary<Piece> = fc.letrec<{ piece: Piece }>((tie) => ({
    piece: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom('a', 'b\n', '\n', 'c d', ''),
      fc.record({ from: fc.constantFrom('x', 'y', 'z'), inside: fc.array(tie('piece'), { maxLength: 4 }) }),
    ),
  })).piece;
  const mark = (marker: Marker, one: Piece): string =>
    typeof one === 'string' ? one : marker.mark(one.inside.map((part) => mark(marker, part)).join(''), from(one.from));
  const plain = (one: Piece): string => (typeof one === 'string' ? one : one.inside.map(plain).join(''));
  /** The names around each character. */
  const around = (one: Piece, names: readonly string[] = []): (readonly string[])[] =>
    typeof one === 'string'
      ? [...one].map(() => names)
      : one.inside.flatMap((part) => around(part, [...names, one.from]));

  test('come out clean, cover every line, and name at least all that stands in it', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const marker = new Marker();
        const { text, spans } = marker.unmark(pieces.map((one) => mark(marker, one)).join(''), owner);
        expect(text).toBe(pieces.map(plain).join(''));
        const count = text === '' ? 0 : splitLines(text).length;
        expect(
          spans.flatMap(({ fromLine, toLine }) =>
            Array.from({ length: toLine - fromLine + 1 }, (_, index) => fromLine + index),
          ),
        ).toEqual(Array.from({ length: count }, (_, index) => index + 1));
        let line = 1;
        const named = pieces.flatMap((one) => around(one));
        [...text].forEach((character, index) => {
          const span = spans.find(({ fromLine, toLine }) => fromLine <= line && line <= toLine);
          for (const name of named[index] ?? []) expect(span?.from.map(({ module }) => module)).toContain(name);
          if (character === '\n') line += 1;
        });
        for (const [index, span] of spans.entries()) expect(span.from).not.toEqual(spans[index + 1]?.from);
      }),
      runs(500),
    );
  });

  test('neighbouring lines of one origin are one span', () => {
    expect(spansOf([from('a'), from('a'), from('b')])).toEqual([
      { fromLine: 1, toLine: 2, from: from('a') },
      { fromLine: 3, toLine: 3, from: from('b') },
    ]);
    expect(spansOf([])).toEqual([]);
  });
});
