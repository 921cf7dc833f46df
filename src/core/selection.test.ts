import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCatalog } from './catalog.ts';
import { chance, drawn, pick } from './draw-testing.ts';
import { resolveBare } from './resolve.ts';
import {
  canonical,
  changesBetween,
  choose,
  configure,
  drop,
  dropWithDependents,
  emptySelection,
  refuseValue,
  type Selection,
} from './selection.ts';
import {
  CATEGORIES,
  drawCatalog,
  drawSelection,
  hostileSelection,
  idsOf,
  made,
  pollution,
  runs,
  selected,
} from './testing.ts';

const RUNS = runs(120);
const presentIn = (catalog: Parameters<typeof resolveBare>[0], selection: Selection): string[] =>
  idsOf(resolveBare(catalog, selection));

describe('drop', () => {
  test('takes back the choice and the tuning of those that leave, and nothing else', () => {
    fc.assert(
      fc.property(selected(), fc.nat(), ({ catalog, selection }, at) => {
        const candidates = [...catalog.modules.keys()];
        const id = candidates[at % candidates.length] ?? '';
        const next = drop(catalog, selection, id);
        const [before, after] = [presentIn(catalog, selection), presentIn(catalog, next)];
        expect(next.chosen).toEqual(selection.chosen.filter((chosen) => chosen !== id));
        for (const [module, values] of Object.entries(selection.options)) {
          const left = !after.includes(module) && (before.includes(module) || module === id);
          expect(next.options[module], module).toEqual(left || Object.keys(values).length === 0 ? undefined : values);
        }
        expect(Object.keys(selection.options)).toEqual(expect.arrayContaining(Object.keys(next.options)));
        expect(next.project).toBe(selection.project);
        expect(drop(catalog, next, id)).toEqual(next);
      }),
      RUNS,
    );
  });

  test('of a module just added by hand gives back what was there', () => {
    fc.assert(
      fc.property(selected(), fc.nat(), ({ catalog, selection }, at) => {
        const absent = [...catalog.modules.values()].filter(
          ({ id, status }) =>
            status !== 'planned' && !selection.chosen.includes(id) && selection.options[id] === undefined,
        );
        const module = absent[at % Math.max(1, absent.length)];
        fc.pre(module !== undefined);
        // A value said of a module that is away, and would leave again, goes with it.
        const before = presentIn(catalog, selection);
        fc.pre(Object.keys(selection.options).every((id) => before.includes(id)));
        const added = choose(selection, module.id);
        fc.pre(before.every((id) => presentIn(catalog, added).includes(id)));
        expect(drop(catalog, added, module.id)).toEqual(canonical(selection));
      }),
      RUNS,
    );
  });
});

describe('dropWithDependents', () => {
  test('really removes, or takes back only the choice where nothing said keeps the module in', () => {
    fc.assert(
      fc.property(selected(), fc.nat(), ({ catalog, selection }, at) => {
        const present = presentIn(catalog, selection);
        const id = present[at % present.length] ?? '';
        const next = dropWithDependents(catalog, selection, id);
        if (presentIn(catalog, next).includes(id)) {
          expect(presentIn(catalog, emptySelection())).toContain(id);
          expect(next).toEqual(drop(catalog, selection, id));
        } else if (!presentIn(catalog, drop(catalog, selection, id)).includes(id)) {
          expect(next).toEqual(drop(catalog, selection, id));
        }
        // It only takes back.
        expect(selection.chosen).toEqual(expect.arrayContaining([...next.chosen]));
        for (const [module, values] of Object.entries(next.options))
          expect(selection.options[module]).toMatchObject(values);
      }),
      RUNS,
    );
  });

  test('takes back only choices through which the module is required', () => {
    fc.assert(
      fc.property(selected(), fc.nat(), ({ catalog, selection }, at) => {
        // Where providers stand in for one another, more rounds are needed than this test follows.
        fc.pre(catalog.providers.size === 0);
        const { edges } = resolveBare(catalog, selection);
        const present = presentIn(catalog, selection);
        const id = present[at % present.length] ?? '';
        const next = dropWithDependents(catalog, selection, id);
        const requiring = new Set([id]);
        for (let size = -1; size !== requiring.size; ) {
          size = requiring.size;
          for (const { from, to } of edges) if (requiring.has(to)) requiring.add(from);
        }
        for (const gone of selection.chosen.filter((chosen) => !next.chosen.includes(chosen)))
          expect(requiring).toContain(gone);
      }),
      RUNS,
    );
  });

  const words = { title: 'T', summary: '', status: 'available', kind: 'service', category: 'services' } as const;
  const linked = createCatalog({
    version: '20261122-00000000',
    categories: CATEGORIES,
    pins: { resolved: '2026-11-22', python: '>=3.11', packages: [] },
    modules: [
      {
        ...words,
        id: 'core',
        always: true,
        options: {
          keep: { kind: 'link', title: '', summary: '', target: 'store', because: 'kept there', default: false },
        },
      },
      { ...words, id: 'store' },
      { ...words, id: 'user', requires: [{ need: 'core', because: 'it runs there' }] },
      { ...words, id: 'demander', requires: [{ need: 'core', because: 'it runs there', options: { keep: true } }] },
    ],
  });
  test('unsets the link of a module that is always there, and leaves those alone that only need that one', () => {
    const selection: Selection = { project: 'my-app', chosen: ['user'], options: { core: { keep: true }, store: {} } };
    expect(dropWithDependents(linked, selection, 'store')).toEqual({
      project: 'my-app',
      chosen: ['user'],
      options: {},
    });
  });
  test('takes back the choice that demanded the link', () => {
    const selection: Selection = { project: 'my-app', chosen: ['demander', 'user'], options: {} };
    expect(dropWithDependents(linked, selection, 'store').chosen).toEqual(['user']);
  });
  test('of a module that is always there takes back nothing else', () => {
    const selection: Selection = { project: 'my-app', chosen: ['core', 'demander', 'user'], options: {} };
    expect(dropWithDependents(linked, selection, 'core').chosen).toEqual(['demander', 'user']);
  });
});

describe('a selection', () => {
  test('is equal JSON for equal sayings', () => {
    fc.assert(
      fc.property(selected(), ({ selection }) => {
        expect(JSON.stringify(canonical(canonical(selection)))).toBe(JSON.stringify(canonical(selection)));
        const reversed: Selection = {
          options: Object.fromEntries(
            Object.entries(selection.options)
              .reverse()
              .map(([id, values]) => [id, Object.fromEntries(Object.entries(values).reverse())]),
          ),
          chosen: [...selection.chosen].reverse(),
          project: selection.project,
        };
        expect(JSON.stringify(canonical(reversed))).toBe(JSON.stringify(canonical(selection)));
      }),
      RUNS,
    );
  });

  test('is never changed in place, and a value taken back leaves nothing', () => {
    fc.assert(
      fc.property(selected(), fc.nat(), ({ catalog, selection }, at) => {
        const frozen = JSON.stringify(selection);
        const modules = [...catalog.modules.values()].filter(({ options }) => Object.keys(options ?? {}).length > 0);
        const module = modules[at % Math.max(1, modules.length)];
        fc.pre(module !== undefined);
        const [option, declared] = Object.entries(module.options ?? {})[0] ?? [];
        fc.pre(option !== undefined && declared !== undefined);
        const set = configure(selection, module.id, option, declared.default);
        // Said is said, also where it equals the default; and it is no choice.
        expect(set.options[module.id]?.[option]).toBe(declared.default);
        expect(set.chosen).toEqual(selection.chosen);
        const unset = configure(set, module.id, option, undefined);
        expect(unset.options[module.id]?.[option]).toBeUndefined();
        expect(Object.values(unset.options).every((values) => Object.keys(values).length > 0)).toBe(true);
        expect(JSON.stringify(selection)).toBe(frozen);
      }),
      RUNS,
    );
  });

  test('changes between two are none exactly where they are equal, and hostile names do no harm', () => {
    fc.assert(
      fc.property(made(), hostileSelection, hostileSelection, ({ catalog }, a, b) => {
        const [one, other] = [canonical(a), canonical(b)];
        expect(changesBetween(one, one)).toEqual([]);
        expect(changesBetween(one, other).length === 0).toBe(JSON.stringify(one) === JSON.stringify(other));
        for (const id of [...one.chosen, ...Object.keys(one.options)]) {
          drop(catalog, one, id);
          dropWithDependents(catalog, one, id);
        }
        expect(pollution()).toEqual([]);
      }),
      RUNS,
    );
  });

  test('changes say all that is needed to get from one to the other', () => {
    const pair = drawn((draw) => {
      const { catalog } = drawCatalog(draw);
      const first = drawSelection(draw, catalog);
      return {
        catalog,
        first,
        second: chance(draw, 20) ? first : (pick(draw, [drawSelection(draw, catalog)]) ?? first),
      };
    });
    fc.assert(
      fc.property(pair, ({ first, second }) => {
        const walked = changesBetween(first, second).reduce<Selection>((current, change) => {
          switch (change.kind) {
            case 'choose':
              return choose(current, change.module);
            case 'drop':
              return canonical({ ...current, chosen: current.chosen.filter((id) => id !== change.module) });
            case 'set':
              return configure(current, change.module, change.option, change.value);
            case 'unset':
              return configure(current, change.module, change.option, undefined);
            case 'rename':
              return { ...current, project: change.project };
          }
        }, canonical(first));
        expect(canonical(walked)).toEqual(canonical(second));
      }),
      RUNS,
    );
  });
});

describe('texts a person types', () => {
  const line = { kind: 'text', title: '', summary: '', default: '', maxLength: 10 } as const;
  const lines = { ...line, multiline: true } as const;
  const number = { ...line, default: '80', range: { from: 1, to: 65535 } } as const;
  const word = { ...line, default: 'ab', form: { pattern: 'a+b|x', is: 'a word such as ab' } } as const;
  test.each([
    ['plain', line, undefined],
    ['tab\t', line, 'bad-character'],
    ['two\nlines', line, 'bad-character'],
    ['two\nlines', lines, undefined],
    ['\r\n', lines, 'bad-character'],
    ['\u0000', lines, 'bad-character'],
    ['\u001b[31m', lines, 'bad-character'],
    ['\u0085', lines, 'bad-character'],
    ['\u2028', lines, 'bad-character'],
    ['\ue000', lines, 'bad-character'],
    ['\ue003A:9\ue004', lines, 'bad-character'],
    ['\ufeff', lines, 'bad-character'],
    ['\ud83d', lines, 'bad-character'],
    ['\ude00', lines, 'bad-character'],
    ['😀', lines, undefined],
    ['12345678901', line, 'too-long'],
    ['1', number, undefined],
    ['65535', number, undefined],
    ['0', number, 'not-in-range'],
    ['65536', number, 'not-in-range'],
    ['080', number, 'not-in-range'],
    ['1e3', number, 'not-in-range'],
    ['-1', number, 'not-in-range'],
    ['', number, 'not-in-range'],
    ['٣', number, 'not-in-range'],
    ['aab', word, undefined],
    ['x', word, undefined],
    ['aabx', word, 'not-of-form'],
    ['xx', word, 'not-of-form'],
    ['x\n', word, 'bad-character'],
    ['', word, 'not-of-form'],
  ])('%j is %s', (value, option, code) => {
    expect(refuseValue(option, value)?.code).toBe(code);
  });
});
