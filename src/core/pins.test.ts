import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TEST_PINS } from './contents-testing.ts';
import { cutPins, requirementText } from './pins.ts';
import { runs } from './testing.ts';

const asked = (name: string, extras: readonly string[] = [], module = 'm') => ({
  value: { name, extras, group: 'main' as const },
  from: [{ module }],
});
const cut = (...dependencies: ReturnType<typeof asked>[]): string[] =>
  cutPins(dependencies, TEST_PINS).map(({ value }) => value.requirement);

test('a dependency is its name with extras, and at least the tested version: of a forked one the lowest', () => {
  expect(requirementText({ name: 'one' }, TEST_PINS)).toBe('one>=1.0');
  expect(requirementText({ name: 'one', extras: ['z', 'a'] }, TEST_PINS)).toBe('one[a,z]>=1.0');
  expect(requirementText({ name: 'deepest' }, TEST_PINS)).toBe('deepest>=6');
  expect(() => requirementText({ name: 'unknown' }, TEST_PINS)).toThrow('unknown has no pin');
});

test('constraints are what the dependencies reach, through the extras that are asked for and no others', () => {
  expect(cut(asked('one'))).toEqual(['one==1.0', 'shared==0.9']);
  expect(cut(asked('one', ['more']))).toEqual(['extra-need==5', 'one==1.0', 'shared==0.9']);
  expect(cut(asked('two'))).toEqual([
    "deepest==6 ; sys_platform == 'win32'",
    "deepest==7 ; sys_platform != 'win32'",
    'shared==0.9',
    'two==2.1',
  ]);
  // A package may need itself.
  expect(cut(asked('three'))).toEqual(['extra-need==5', 'one==1.0', 'shared==0.9', 'three==3.0']);
  expect(cut()).toEqual([]);
});

test('each is there for all that reach it, and more dependencies only add', () => {
  const shared = cutPins([asked('one', [], 'a'), asked('two', [], 'b')], TEST_PINS).find(
    ({ value }) => value.requirement === 'shared==0.9',
  );
  expect(shared?.from).toEqual([{ module: 'a' }, { module: 'b' }]);
  const some = fc.subarray([asked('one'), asked('one', ['more']), asked('two'), asked('three'), asked('shared')]);
  fc.assert(
    fc.property(some, some, (few, more) => {
      expect(cut(...few, ...more)).toEqual(expect.arrayContaining(cut(...few)));
      expect(cut(...[...few].reverse())).toEqual(cut(...few));
    }),
    runs(100),
  );
});
