import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commandLine } from '#core/command.ts';
import { refuseName } from '#core/names.ts';
import { resolve } from '#core/resolve.ts';
import { choose, emptySelection, refuseValue } from '#core/selection.ts';
import { decode } from '#core/share.ts';
import { HOSTILE_WORDS, hostilelySelected, made, runs, selected } from '#core/testing.ts';
import {
  change,
  changes,
  consequence,
  edge,
  list,
  nameRefusal,
  problem,
  reason,
  standing,
  valueRefusal,
  whyIn,
} from './en.ts';
import { notice, noticeRefusal } from './notices.ts';

/** A sentence a person can read: whole, with nothing that was not filled in. */
function expectSentence(text: string): void {
  expect(text).toMatch(/^[\p{Lu}“\p{Ll}'’][\s\S]*[.?]$/u);
  expectPlain(text);
}
function expectPlain(text: string): void {
  expect(text).not.toMatch(/undefined|\[object|NaN|\$\{|{{/);
  expect(text.trim()).not.toBe('');
}

test('every problem is a sentence, and every repair says what it would do', () => {
  fc.assert(
    fc.property(selected(), ({ catalog, selection }) => {
      const resolution = resolve(catalog, selection);
      for (const one of resolution.problems) {
        expectSentence(problem(catalog, one));
        for (const repair of one.repairs) expect(changes(catalog, repair.changes)).toMatch(/^(Add|Remove|Set|Rename) /);
        for (const repair of one.repairs) for (const item of repair.changes) expectPlain(change(catalog, item));
      }
      for (const { reasons, module } of resolution.modules) {
        for (const one of reasons) expectPlain(reason(catalog, one));
        expect(['chosen', 'added', 'always']).toContain(standing(reasons));
        expect(standing(reasons) === 'chosen').toBe(selection.chosen.includes(module.id));
      }
      for (const one of resolution.edges) expect(edge(catalog, one)).toMatch(/^\S.* requires \S.*: \S/);
    }),
    runs(100),
  );
});

test('what is unknown is named too', () => {
  fc.assert(
    fc.property(hostilelySelected(), ({ catalog, selection }) => {
      for (const one of resolve(catalog, selection).problems) {
        const text = problem(catalog, one);
        expect(text).toMatch(/\.$/);
        expect(text).not.toMatch(/\[object|NaN/);
      }
    }),
    runs(60),
  );
});

test('every notice of a link is a sentence', () => {
  const pieces = fc.array(
    fc.constantFrom('alpha', 'beta', ',', '.m-b', '.m-a', '+', '.note=_00', '/x', 'nothing', 'v2/', '__proto__'),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(
      made(),
      pieces,
      fc.constantFrom('v1/my-app/', 'v1/My/', 'v7/', '', 'x'),
      ({ catalog }, parts, start) => {
        for (const one of decode(catalog, start + parts.join('')).notices) {
          expectSentence(notice(catalog, one));
          if (one.code !== 'bad-name') expectSentence(noticeRefusal(catalog, one));
          expect(noticeRefusal(catalog, one)).not.toMatch(/left out|was taken|was opened|were read/);
        }
      },
    ),
    runs(200),
  );
});

test('every refusal is a sentence', () => {
  fc.assert(
    fc.property(
      made(),
      fc.oneof(fc.constantFrom(...HOSTILE_WORDS, 'con', 'one'), fc.string()),
      ({ catalog }, typed) => {
        const why = refuseName(catalog, typed);
        if (why) expectSentence(nameRefusal(why, typed));
        for (const module of catalog.modules.values()) {
          for (const option of Object.values(module.options ?? {})) {
            const refusal = refuseValue(option, typed);
            if (refusal) expectSentence(valueRefusal(refusal));
          }
        }
      },
    ),
    runs(60),
  );
});

test('several reasons of one module name it once', () => {
  const { catalog } = fc.sample(made(), { numRuns: 1, seed: 1 })[0] ?? {};
  const by = (id: string, because: string) => ({ kind: 'required', by: id, because }) as const;
  expect(catalog && whyIn(catalog, [by('x', 'one'), by('y', 'two'), by('x', 'three')])).toBe(
    'Required by x: one; three; Required by y: two',
  );
});

test('what came with a step is told, and what was said is not', () => {
  fc.assert(
    fc.property(selected('none'), fc.nat(), ({ catalog, selection }, at) => {
      const ids = [...catalog.modules.keys()];
      const id = ids[at % ids.length] ?? '';
      const [before, after] = [resolve(catalog, selection), resolve(catalog, choose(selection, id))];
      const text = consequence(catalog, before, after, [id]);
      expect(text).not.toContain(`Title of ${id},`);
      expect(text === '' || /^(added|removed) Title of/.test(text)).toBe(true);
    }),
    runs(60),
  );
});

test('lists read as lists', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map((items) => list(items))).toEqual([
    '',
    'a',
    'a and b',
    'a, b and c',
  ]);
  expect(commandLine(fc.sample(made(), 1)[0]?.catalog as never, emptySelection())).toMatch(/^stackwright init my-app/);
});
