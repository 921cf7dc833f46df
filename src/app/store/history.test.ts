import { expect, test } from 'vitest';
import { emptySelection, rename } from '#core/selection.ts';
import { back, emptyHistory, forward, go, record, typedKey } from './history.ts';
import type { Snapshot, Step } from './state.ts';

const at = (name: string): Snapshot => ({ selection: rename(emptySelection(), name), positions: {}, recorded: {} });
const step = (from: string, to: string, more: Partial<Step> = {}): Step => ({
  name: `${from} to ${to}`,
  before: at(from),
  after: at(to),
  at: 0,
  ...more,
});

test('back and forward lead through the steps and return to where they began', () => {
  const history = record(record(emptyHistory, step('a1', 'b1')), step('b1', 'c1'));
  const once = back(history);
  expect(once?.to).toEqual(at('b1'));
  const twice = once && back(once.history);
  expect(twice?.to).toEqual(at('a1'));
  expect(twice && back(twice.history)).toBeUndefined();
  expect(twice && forward(twice.history)?.to).toEqual(at('b1'));
});

test('a new step ends what could be done again', () => {
  const undone = back(record(emptyHistory, step('a1', 'b1')));
  expect(undone && forward(record(undone.history, step('a1', 'x1')))).toBeUndefined();
});

test('steps of one key in quick succession are one, and lead back to before the first', () => {
  let history = record(emptyHistory, step('a1', 'ab', { merge: 'name', at: 0 }));
  history = record(history, step('ab', 'abc', { merge: 'name', at: 300 }));
  expect(history.past).toHaveLength(1);
  expect(back(history)?.to).toEqual(at('a1'));
  history = record(history, step('abc', 'abcd', { merge: 'name', at: 9000 }));
  expect(history.past).toHaveLength(2);
});

test('what is typed on one visit of a field is one step, however slowly; on the next visit another', () => {
  let history = record(emptyHistory, step('a1', 'ab', { merge: typedKey('name', 1), at: 0 }));
  history = record(history, step('ab', 'abc', { merge: typedKey('name', 1), at: 90_000 }));
  expect(history.past).toHaveLength(1);
  history = record(history, step('abc', 'abcd', { merge: typedKey('name', 2), at: 90_001 }));
  expect(history.past).toHaveLength(2);
});

test('one goes over many steps at once, there and back', () => {
  const history = ['b1', 'c1', 'd1'].reduce(
    (before, to, index) => record(before, step(['a1', 'b1', 'c1'][index] ?? '', to)),
    emptyHistory,
  );
  const start = go(history, 0);
  expect(start?.to).toEqual(at('a1'));
  expect(start && go(start.history, 2)?.to).toEqual(at('c1'));
  expect(start && go(start.history, 3)?.history).toEqual(history);
  expect(go(history, 3)).toBeUndefined();
  expect(go(history, 9)).toBeUndefined();
});

test('a history has an end', () => {
  let history = emptyHistory;
  for (let index = 0; index < 300; index += 1) history = record(history, step('a1', 'b1'));
  expect(history.past).toHaveLength(100);
});
