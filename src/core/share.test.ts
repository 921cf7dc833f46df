import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Catalog } from './catalog.ts';
import { canonical, emptySelection, refuseValue, type Selection } from './selection.ts';
import { decode, decodeText, encode, encodeText, MAX_CODE_LENGTH, MAX_MODULES, MAX_NOTICES } from './share.ts';
import { anyText, HOSTILE_WORDS, hostilelySelected, made, pollution, runs, selected } from './testing.ts';

const CODE = /^v1\/[a-z][a-z0-9-]*\/[A-Za-z0-9.,+=_-]*(\/\d{8}-[0-9a-f]{8}-[0-9a-f]{8})?$/;

describe('a share code', () => {
  test('comes back as the selection it was made of, with nothing to say', () => {
    fc.assert(
      fc.property(selected(), ({ catalog, selection }) => {
        const code = encode(catalog, selection);
        expect(decode(catalog, code)).toEqual({ selection, notices: [] });
        expect(decode(catalog, `#${code}`)).toEqual({ selection, notices: [] });
      }),
      runs(150),
    );
  });

  test('carries its origin, and a place in a file, also with nothing chosen', () => {
    const origin = { catalog: '20261122-0a1b2c3d', hash8: 'deadbeef' };
    const place = { path: 'app/main.py', line: 12 };
    fc.assert(
      fc.property(
        fc.oneof(
          selected(),
          made().map((one) => ({ ...one, selection: emptySelection() })),
        ),
        ({ catalog, selection }) => {
          expect(decode(catalog, encode(catalog, selection, origin))).toEqual({ selection, notices: [], origin });
          expect(decode(catalog, `${encode(catalog, selection)}//app/main.py:12`)).toEqual({
            selection,
            notices: [],
            place,
          });
          expect(decode(catalog, `${encode(catalog, selection, origin)}//app/main.py:12`)).toEqual({
            selection,
            notices: [],
            origin,
            place,
          });
        },
      ),
      runs(80),
    );
  });

  test('is equal for equal selections, and survives chat, Markdown and an unquoted shell word', () => {
    fc.assert(
      fc.property(selected(), ({ catalog, selection }) => {
        const code = encode(catalog, selection);
        const reversed = {
          ...selection,
          chosen: [...selection.chosen].reverse(),
          options: Object.fromEntries(Object.entries(selection.options).reverse()),
        };
        expect(encode(catalog, reversed)).toBe(code);
        expect(code).toMatch(CODE);
        // The trailing slash of the project with nothing chosen aside, no punctuation that a chat would cut off.
        if (!code.endsWith(`${selection.project}/`)) expect(code).toMatch(/[A-Za-z0-9]$/);
        expect(encodeURI(code)).toBe(code);
      }),
      runs(80),
    );
  });

  test('is one also where the selection is from anywhere: what no catalog could know is left out', () => {
    fc.assert(
      fc.property(hostilelySelected(), ({ catalog, selection }) => {
        const code = encode(catalog, selection);
        expect(code).toMatch(CODE);
        const { selection: known } = decode(catalog, code);
        expect(decode(catalog, encode(catalog, known))).toEqual({ selection: known, notices: [] });
        expect(pollution()).toEqual([]);
      }),
      runs(120),
    );
  });

  test('takes up the earlier names of modules and values', () => {
    const catalog = anyCatalog(
      (one) =>
        one.aliases.size > 0 &&
        [...one.modules.values()].some(
          (module) => module.options?.mode && module.aliases && module.status !== 'planned',
        ),
    );
    const module = [...catalog.modules.values()].find(
      (one) => one.options?.mode && one.aliases && one.status !== 'planned',
    );
    expect(decode(catalog, `v1/shop/${module?.aliases?.[0]}.old-m-a`)).toEqual({
      selection: { project: 'shop', chosen: [module?.id], options: { [module?.id ?? '']: { mode: 'm-a' } } },
      notices: [],
    });
  });
});

describe('texts', () => {
  test('come back from the letters, digits and hyphens they are written in', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        fc.pre(!/\p{Surrogate}/u.test(text) && text !== '\0');
        expect(encodeText(text)).toMatch(/^[A-Za-z0-9_-]*[A-Za-z0-9]$/);
        expect(decodeText(encodeText(text))).toBe(text);
        expect(
          decodeText(
            encodeText(text)
              .toUpperCase()
              .replace(/[^_][^_]*/g, (part) => part),
          ),
        ).toBeDefined();
      }),
      runs(500),
    );
  });
  test.each([
    '_',
    '_0',
    '_zz',
    '_ff',
    '_c0_80',
    '_ed_a0_80',
    'a b',
    'a%20b',
    'é',
    '_f5_80_80_80',
    '_e2_82',
    'a.b',
    '"',
  ])('%j is none', (encoded) => {
    expect(decodeText(encoded)).toBeUndefined();
  });
});

describe('decode is total', () => {
  /** Counts every look at the catalog, so that work is bounded without a clock. */
  function counted(catalog: Catalog): { catalog: Catalog; looks: () => number } {
    let looks = 0;
    const count = <T extends object>(target: T): T =>
      new Proxy(target, {
        get(of, key) {
          looks += 1;
          const value = Reflect.get(of, key) as unknown;
          return typeof value === 'function' ? value.bind(of) : value;
        },
      });
    return {
      catalog: {
        ...catalog,
        modules: count(catalog.modules),
        aliases: count(catalog.aliases),
        pins: count(catalog.pins),
      },
      looks: () => looks,
    };
  }

  const fragments = [
    ...HOSTILE_WORDS,
    'v1/',
    'v2/x',
    '#',
    'my-app/',
    'alpha',
    'beta',
    '+gamma',
    '.m-a',
    '.m-b',
    '.fast',
    '.no-fast',
    '.note=',
    '.note=_41',
    '.note=_00',
    '.label=a_0a',
    '.to-alpha',
    '//',
    '//a:1',
    '/20261122-0a1b2c3d-deadbeef',
    '\n',
    '.__proto__',
    '.constructor=x',
    '__proto__.m-a',
    '+__proto__.polluted=yes',
    '%00',
    'v1%2f',
  ];
  // Drawing a catalog costs more than reading a code, so many codes are read with each of a few.
  const drawn = fc.constantFrom(
    ...fc.sample(selected(), 80).map(({ catalog, selection }) => ({ catalog, code: encode(catalog, selection) })),
  );
  const put = fc.oneof(fc.constantFrom(...fragments), anyText(4));
  const mutated = fc
    .tuple(drawn, fc.array(fc.tuple(fc.nat(200), fc.nat(4), put), { maxLength: 4 }))
    .map(([{ catalog, code }, edits]) => ({
      catalog,
      input: edits.reduce((text, [at, length, more]) => {
        const from = at % (text.length + 1);
        return text.slice(0, from) + more + text.slice(from + length);
      }, code),
    }));
  const assembled = fc
    .tuple(drawn, fc.array(fc.constantFrom(...fragments), { maxLength: 30 }))
    .map(([{ catalog }, parts]) => ({ catalog, input: `v1/${parts.join('')}` }));
  const random = fc
    .tuple(
      drawn,
      fc.oneof(
        anyText(200),
        fc.string({ maxLength: 60 }).map((text) => `v1/my-app/${text}`),
      ),
    )
    .map(([{ catalog }, input]) => ({ catalog, input }));

  function holds({ catalog, input }: { catalog: Catalog; input: string }): void {
    const watched = counted(catalog);
    const { selection, notices, origin, place } = decode(watched.catalog, input);
    expect(watched.looks()).toBeLessThanOrEqual(4 * MAX_MODULES + 10);
    expect(notices.length).toBeLessThanOrEqual(MAX_NOTICES + 1);
    for (const notice of notices) expect(notice.text).toMatch(/^[\x20-\x7e]{0,60}$/);
    // It is a selection of this catalog, whatever the input was.
    expect(selection).toEqual(canonical(selection));
    expect(selection.project).toMatch(/^[a-z][a-z0-9-]{1,49}$/);
    for (const id of selection.chosen) expect(catalog.modules.get(id)?.status).not.toBe('planned');
    for (const [id, values] of Object.entries(selection.options)) {
      for (const [option, value] of Object.entries(values)) {
        const declared = catalog.modules.get(id)?.options?.[option];
        expect(declared && refuseValue(declared, value)).toBeUndefined();
        expect(declared).toBeDefined();
      }
    }
    expect(decode(catalog, encode(catalog, selection, origin))).toEqual({
      selection,
      notices: [],
      ...(origin ? { origin } : {}),
    });
    if (place) expect(place.path.length).toBeLessThanOrEqual(200);
    // Nothing is lost without a word.
    if (notices.length === 0 && /^v1\/[a-z]/.test(input) && !input.includes('%'))
      expect(input.trim().startsWith(`v1/${selection.project}`)).toBe(true);
  }

  test('over mutated codes', () => {
    fc.assert(fc.property(mutated, holds), runs(2000));
    expect(pollution()).toEqual([]);
  });
  test('over hostile pieces put together', () => {
    fc.assert(fc.property(assembled, holds), runs(2000));
    expect(pollution()).toEqual([]);
  });
  test('over any text', () => {
    fc.assert(fc.property(random, holds), runs(6000));
    expect(pollution()).toEqual([]);
  });

  const catalog = anyCatalog((one) => one.modules.get('beta')?.status === 'available');
  test.each([
    ['nothing', '', ['not-a-code']],
    ['no code', 'hello', ['not-a-code']],
    ['a later version', 'v2/my-app/beta', ['newer-version']],
    ['a bare version', 'v1', ['bad-name']],
    ['a bad name', 'v1/My_App/beta', ['bad-name']],
    ['a device name', 'v1/con/beta', ['bad-name']],
    ['the name of a dependency', 'v1/one/beta', ['bad-name']].slice(0, 3),
    ['an unknown module', 'v1/my-app/nothing', ['unknown-module']],
    ['a prototype', 'v1/my-app/__proto__,constructor,+__proto__.x=y', ['unknown-module', 'unknown-module']],
    ['an unknown value', 'v1/my-app/beta.nothing', ['unknown-value']],
    ['a prototype as a value', 'v1/my-app/beta.__proto__.constructor=x', ['unknown-value', 'unknown-value']],
    ['a bad origin', 'v1/my-app/beta/zzz', ['bad-origin']],
    ['too much after it', 'v1/my-app/beta/20261122-0a1b2c3d-deadbeef/x', ['bad-origin']],
  ])('%s is named', (_, input, codes) => {
    expect(decode(catalog, String(input)).notices.map(({ code }) => code)).toEqual(codes);
  });

  test('a code longer than 4 KB, or of more than 200 modules, is read as far as that', () => {
    const many = Array.from({ length: 300 }, () => 'beta').join(',');
    expect(decode(catalog, `v1/my-app/${many}`)).toMatchObject({
      selection: { chosen: ['beta'] },
      notices: [{ code: 'too-many', text: '300' }],
    });
    const last = decode(catalog, `v1/my-app/${Array.from({ length: MAX_MODULES }, () => 'x').join(',')},beta`);
    expect(last.selection.chosen).toEqual([]);
    const long = decode(catalog, `v1/my-app/beta,${'x'.repeat(10 * MAX_CODE_LENGTH)}`);
    expect(long.selection.chosen).toEqual(['beta']);
    expect(long.notices.map(({ code }) => code)).toEqual(['too-long', 'unknown-module']);
    expect(decode(catalog, 'v1/'.repeat(1_000_000)).notices.length).toBeLessThan(4);
  });
});

describe('a code that came through other programs', () => {
  test('is decoded once where it was percent-encoded, whole or in part', () => {
    fc.assert(
      fc.property(selected('none'), ({ catalog, selection }) => {
        const code = encode(catalog, selection);
        for (const sent of [encodeURIComponent(code), encodeURI(code), code.replaceAll(',', '%2C')])
          expect(decode(catalog, sent)).toEqual({ selection: decode(catalog, code).selection, notices: [] });
      }),
      runs(60),
    );
  });

  test('with a percent sign that encodes nothing is read as it stands', () => {
    expect(decode(anyCatalog(), 'v1/my-app/a%zz').notices).toEqual([{ code: 'unknown-module', text: 'a%zz' }]);
  });
});

describe('notices', () => {
  test('are one a fault, however often it is there', () => {
    const { notices } = decode(anyCatalog(), `v1/my-app/${'a,'.repeat(500)}`);
    expect(notices).toEqual([
      { code: 'too-many', text: '500' },
      { code: 'unknown-module', text: 'a' },
    ]);
  });

  test('are counted beyond the first ten', () => {
    const parts = Array.from({ length: 25 }, (_, index) => `x${index}`);
    const { notices } = decode(anyCatalog(), `v1/my-app/${parts.join(',')}`);
    expect(notices).toHaveLength(MAX_NOTICES + 1);
    expect(notices.at(-1)).toEqual({ code: 'more', text: '15' });
  });
});

function anyCatalog(fits: (catalog: Catalog) => boolean = () => true): Catalog {
  const found = fc.sample(made(), { numRuns: 400, seed: 11 }).find(({ catalog }) => fits(catalog));
  if (!found) throw new Error('no catalog of 400 fits');
  return found.catalog;
}

test('codes once published keep their meaning', () => {
  const catalog = anyCatalog(
    (one) =>
      one.modules.get('beta')?.status === 'available' &&
      one.modules.get('beta')?.options?.mode !== undefined &&
      one.modules.get('beta')?.options?.note !== undefined,
  );
  const said: Selection = {
    project: 'my-app',
    chosen: ['beta'],
    options: { beta: { mode: 'm-b', note: 'Größe: 1–2\n😀-' } },
  };
  expect(encode(catalog, said)).toMatchInlineSnapshot(
    `"v1/my-app/beta.m-b.note=Gr_c3_b6_c3_9fe_3a_201_e2_80_932_0a_f0_9f_98_80_2d"`,
  );
  expect(encode(catalog, { ...said, chosen: [] })).toMatchInlineSnapshot(
    `"v1/my-app/+beta.m-b.note=Gr_c3_b6_c3_9fe_3a_201_e2_80_932_0a_f0_9f_98_80_2d"`,
  );
  expect(encode(catalog, emptySelection())).toMatchInlineSnapshot(`"v1/my-app/"`);
});
