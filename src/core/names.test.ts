import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCatalog } from './catalog.ts';
import { TEST_PINS } from './contents-testing.ts';
import { refuseName, suggestName } from './names.ts';
import { refusePath } from './paths.ts';
import { anyText, CATEGORIES, HOSTILE_WORDS, runs } from './testing.ts';

const catalog = createCatalog({ version: '20261122-00000000', modules: [], categories: CATEGORIES, pins: TEST_PINS });

describe('a project name', () => {
  test.each(['my-app', 'a1', 'ab', 'a-b-c', 'a'.repeat(50), 'shop2'])('can be %s', (name) => {
    expect(refuseName(catalog, name)).toBeUndefined();
  });
  test.each([
    ['a', 'grammar'],
    ['', 'grammar'],
    ['My-App', 'grammar'],
    ['1a', 'grammar'],
    ['-a', 'grammar'],
    ['a-', 'grammar'],
    ['a--b', 'grammar'],
    ['a_b', 'grammar'],
    ['a.b', 'grammar'],
    ['a b', 'grammar'],
    ['a'.repeat(51), 'grammar'],
    ['ä-b', 'grammar'],
    ['ab\n', 'grammar'],
    ['../ab', 'grammar'],
    ['ab/c', 'grammar'],
    ['$(id)', 'grammar'],
    ['con', 'device'],
    ['nul', 'device'],
    ['com1', 'device'],
    ['lpt9', 'device'],
    ['one', 'distribution'],
    ['extra-need', 'distribution'],
  ])('cannot be %j: %s', (name, why) => {
    expect(refuseName(catalog, name)).toBe(why);
  });

  test('is suggested for whatever was typed, and is a folder and a hostname label', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.constantFrom(...HOSTILE_WORDS, 'one', 'con', 'My App', 'Ünïcode', '123'), anyText()),
        (typed) => {
          const name = suggestName(catalog, typed);
          expect(refuseName(catalog, name)).toBeUndefined();
          expect(refusePath(name)).toBeUndefined();
          expect(name.length).toBeLessThanOrEqual(50);
        },
      ),
      runs(500),
    );
    expect(['My App!', '  Ünïcode Größe ', 'one', 'con', '', '42'].map((typed) => suggestName(catalog, typed))).toEqual(
      ['my-app', 'unicode-gro-e', 'one-app', 'con-app', 'my-app', 'my-app'],
    );
  });
});
