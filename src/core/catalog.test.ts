import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Catalog, CatalogError, createCatalog, requirementsOf, tokensOf } from './catalog.ts';
import type { Module, Option } from './module.ts';
import { CATEGORIES, made, runs } from './testing.ts';

const PINS = { resolved: '2026-11-22', python: '>=3.11', packages: [] };
const words = { title: 'T', summary: '', status: 'available', kind: 'service', category: 'services' } as const;
const toggle: Option = { kind: 'toggle', title: '', summary: '', default: false };
const mode: Option = {
  kind: 'choice',
  title: '',
  summary: '',
  values: [
    { id: 'a', title: 'A' },
    { id: 'b', title: 'B' },
  ],
  default: 'a',
};
const text: Option = { kind: 'text', title: '', summary: '', default: '', maxLength: 9 };
const because = 'it does';

/** A sound catalog, to which each row of the table adds one mistake. */
const sound: readonly Module[] = [
  { ...words, id: 'core', always: true, options: { mode, text } },
  { ...words, id: 'first', provides: [{ capability: 'cap', default: true }] },
  { ...words, id: 'second', provides: [{ capability: 'cap' }] },
  { ...words, id: 'later', status: 'planned' },
  // Needs `core` while its mode is `a`, the default.
  {
    ...words,
    id: 'grows',
    options: { mode },
    requires: [{ need: 'first', because, when: { option: 'mode', is: ['a'] } }],
  },
];
const load = (...more: readonly Module[]): Catalog =>
  createCatalog({ version: '20261122-00000000', modules: [...sound, ...more], categories: CATEGORIES, pins: PINS });
const one = (module: Partial<Module>): Module => ({ ...words, id: 'one', ...module });

describe('a catalog with a mistake does not load, and the sentence names it', () => {
  test.each<[string, readonly Module[], string]>([
    ['an id that is none', [one({ id: 'One' })], 'One: an id is a lower-case letter'],
    ['an id every object has', [one({ id: 'constructor' })], 'constructor: an id is'],
    ['two modules of one id', [one({}), one({})], 'two modules are called one'],
    ['an alias that is a module', [one({ aliases: ['core'] })], 'alias core is a module'],
    [
      'an alias of two modules',
      [one({ aliases: ['old'] }), one({ id: 'two', aliases: ['old'] })],
      'alias old stands for two modules',
    ],
    ['an alias that no code can hold', [one({ aliases: ['a.b'] })], 'one: alias a.b is no id'],
    ['a unit that would leave its folder', [one({ unit: '../x' })], 'one: unit ../x is no id'],
    ['a category of another kind', [one({ category: 'central' })], 'one: category central is not one for services'],
    ['a category that is none', [one({ category: 'nowhere' })], 'one: category nowhere is not one for services'],
    [
      'a planned module that is always there',
      [one({ status: 'planned', always: true })],
      'one: a planned module cannot always be there',
    ],
    ['an option id that is none', [one({ options: { 'Bad.Id': toggle } })], 'one: option id Bad.Id is no id'],
    [
      'an option id every object has',
      [one({ options: { constructor: toggle } as never })],
      'one: option id constructor is no id',
    ],
    [
      'a default that is no value',
      [one({ options: { mode: { ...mode, default: 'c' } as Option } })],
      'one: the default of mode is not one of its values',
    ],
    [
      'a default that is too long',
      [one({ options: { text: { ...text, default: 'more than nine' } as Option } })],
      'one: the default of text is not one of its values',
    ],
    [
      'a value id that is none',
      [
        one({
          options: {
            mode: {
              ...mode,
              values: [
                { id: 'a', title: '' },
                { id: 'B', title: '' },
              ],
            } as Option,
          },
        }),
      ],
      'one: value id B is no id',
    ],
    [
      'an old value no code can hold',
      [one({ options: { mode: { ...mode, values: [{ id: 'a', title: '', aliases: ['x=y'] }] } as Option } })],
      'one: value id x=y is no id',
    ],
    [
      'two values of one id',
      [
        one({
          options: {
            mode: {
              ...mode,
              values: [
                { id: 'a', title: '' },
                { id: 'a', title: '' },
              ],
            } as Option,
          },
        }),
      ],
      'one: two options share the word a',
    ],
    ['two options with one word', [one({ options: { mode, a: toggle } })], 'one: two options share the word a'],
    [
      'a toggle that reads as another switched off',
      [one({ options: { fast: toggle, 'no-fast': toggle } })],
      'one: two options share the word no-fast',
    ],
    [
      'a requirement of nothing',
      [one({ requires: [{ need: 'nothing', because }] })],
      'one: requires nothing, which is neither a module nor a capability',
    ],
    [
      'a requirement of what is planned',
      [one({ requires: [{ need: 'later', because }] })],
      'one: requires later, which is only planned',
    ],
    [
      'a link to what is planned',
      [one({ options: { keep: { kind: 'link', title: '', summary: '', target: 'later', because, default: false } } })],
      'one: requires later, which is only planned',
    ],
    [
      'a requirement of a provider that is there by choice',
      [one({ requires: [{ need: 'second', because }] })],
      'one: requires second, which comes in by choice alone: require the capability cap',
    ],
    [
      'a condition on no option',
      [one({ requires: [{ need: 'core', because, when: { option: 'none', is: [true] } }] })],
      'one: a condition looks at option none of one, which does not exist',
    ],
    [
      'a condition on what every object has',
      [one({ requires: [{ need: 'core', because, when: { option: 'constructor', is: [true] } }] })],
      'option constructor of one, which does not exist',
    ],
    [
      'a condition on a value that cannot be',
      [one({ options: { mode }, requires: [{ need: 'core', because, when: { option: 'mode', is: ['z'] } }] })],
      'one: a condition waits for one.mode = z, which cannot be',
    ],
    [
      'a condition on no value',
      [one({ options: { mode }, requires: [{ need: 'core', because, when: { option: 'mode', is: [] } }] })],
      'one: a condition waits for no value of one.mode',
    ],
    [
      'a demand of no option',
      [one({ requires: [{ need: 'core', because, options: { none: true } }] })],
      'one: asks for core.none, which does not exist',
    ],
    [
      'a demand of a value that cannot be',
      [one({ requires: [{ need: 'core', because, options: { mode: 'z' } }] })],
      'one: asks for core.mode = z, which cannot be',
    ],
    [
      'a demand of a text',
      [one({ requires: [{ need: 'core', because, options: { text: 'x' } }] })],
      'one: asks for the text core.text',
    ],
    [
      'a demand that another provider has not',
      [one({ requires: [{ need: 'cap', because, options: { mode: 'a' } }] })],
      'one: asks for first.mode, which does not exist',
    ],
    [
      'a demand that switches a need off',
      [one({ requires: [{ need: 'grows', because, options: { mode: 'b' } }] })],
      'one: asks for grows.mode = b, which would switch off its need of first',
    ],
    [
      'a conflict with nothing',
      [one({ conflicts: [{ module: 'nothing', because }] })],
      'one: conflicts with nothing, which is no module',
    ],
    ['a conflict with itself', [one({ conflicts: [{ module: 'one', because }] })], 'one: conflicts with itself'],
    [
      'a conflict on an option the other has not',
      [one({ conflicts: [{ module: 'core', because, unless: { option: 'none', is: [true] } }] })],
      'option none of core, which does not exist',
    ],
    [
      'a recommendation of nothing',
      [one({ recommends: [{ module: 'nothing', because }] })],
      'one: recommends nothing, which is no module',
    ],
    [
      'a capability with the name of a module',
      [one({ provides: [{ capability: 'core', default: true }] })],
      'capability core has the name of a module',
    ],
    [
      'a capability that is no id',
      [one({ provides: [{ capability: 'A b', default: true }] })],
      'capability A b is no id',
    ],
    [
      'a capability without a default',
      [one({ provides: [{ capability: 'other' }] })],
      'capability other needs one default provider, has 0',
    ],
    [
      'a capability with two defaults',
      [one({ provides: [{ capability: 'cap', default: true }] })],
      'capability cap needs one default provider, has 2',
    ],
    [
      'a capability provided twice',
      [one({ provides: [{ capability: 'own', default: true }, { capability: 'own' }] })],
      'one provides own twice',
    ],
    [
      'a provider beside others that is always there',
      [one({ always: true, provides: [{ capability: 'cap' }] })],
      'one: is always there, so it has to be the default provider of cap',
    ],
    [
      'a default provider beside others for something else',
      [one({ provides: [{ capability: 'own', default: true }, { capability: 'cap' }] })],
      'one: provides own by default, so it cannot stand beside others for cap',
    ],
    [
      'a project that has a problem before anything is chosen',
      [one({ always: true, conflicts: [{ module: 'core', because }] })],
      'the project with nothing chosen has a problem already: conflict of one and core',
    ],
    [
      'two demands on one option before anything is chosen',
      [
        one({ always: true, requires: [{ need: 'core', because, options: { mode: 'a' } }] }),
        one({ id: 'two', always: true, requires: [{ need: 'core', because, options: { mode: 'b' } }] }),
      ],
      'the project with nothing chosen has a problem already: demand-against-demand of core and one and two',
    ],
  ])('%s', (_, modules, sentence) => {
    expect(() => load(...modules)).toThrow(sentence);
  });

  test('all of them at once', () => {
    const given = (): Catalog =>
      load(
        one({ id: 'One', category: 'nowhere', requires: [{ need: 'nothing', because }] }),
        one({ aliases: ['core'] }),
      );
    expect(given).toThrow(CatalogError);
    expect(given).toThrow(/One: an id.*One: category nowhere.*One: requires nothing.*alias core/s);
  });

  test('and the sound one loads', () => {
    expect([...load().modules.keys()]).toEqual(['core', 'first', 'grows', 'later', 'second']);
    expect(load().providers.get('cap')).toEqual(['first', 'second']);
  });
});

test('random catalogs: every module once, sorted; the default provider first; no word of a module means two things', () => {
  fc.assert(
    fc.property(made(), ({ source, catalog }) => {
      const ids = [...catalog.modules.keys()];
      expect(ids).toEqual([...new Set(source.modules.map(({ id }) => id))].sort());
      for (const [capability, [first, ...others]] of catalog.providers) {
        expect(catalog.modules.get(first ?? '')?.provides).toContainEqual({ capability, default: true });
        for (const other of others) expect(catalog.modules.get(other)?.provides).toContainEqual({ capability });
      }
      for (const module of catalog.modules.values()) {
        for (const [token, { option, value }] of tokensOf(module)) {
          expect(token).toMatch(/^[a-z][a-z0-9-]*$/);
          expect(module.options?.[option]?.kind === 'choice' ? typeof value : 'boolean').toBe(typeof value);
        }
        expect(requirementsOf(module)).toBe(requirementsOf(module));
      }
    }),
    runs(100),
  );
});
