import { expect, test } from 'vitest';
import { resolve } from '#core/resolve.ts';
import { emptySelection, type Selection } from '#core/selection.ts';
import { catalog } from '../../src/catalog.ts';

const selection = (options: Selection['options'], ...beside: readonly string[]): Selection => ({
  ...emptySelection(),
  chosen: [...beside, 'kubernetes'],
  options,
});

const MORE_THAN_ONE: readonly Selection['options'][string][] = [{ replicas: '3' }, { autoscaling: true }];

test.each(MORE_THAN_ONE)('more pods than one of an SQLite file are a conflict: %o', (kubernetes) => {
  const { problems } = resolve(catalog, selection({ kubernetes }, 'database'));
  expect(problems.map(({ code, modules }) => ({ code, modules }))).toEqual([
    { code: 'conflict', modules: ['kubernetes', 'database'] },
  ]);
  const repairs = problems[0]?.repairs ?? [];
  for (const repair of repairs) expect(resolve(catalog, repair.selection).problems).toEqual([]);
  // Either one pod, or a server that many share; both leave the rest as it was said.
  expect(repairs.map((repair) => repair.selection)).toEqual(
    expect.arrayContaining([
      selection({}, 'database'),
      selection({ kubernetes, database: { engine: 'postgres' } }, 'database'),
    ]),
  );
});

test('so it is where another module brought the database', () => {
  const { problems } = resolve(catalog, selection({ kubernetes: { replicas: '2' } }, 'auth'));
  expect(problems.map(({ code }) => code)).toEqual(['conflict']);
  expect(problems[0]?.repairs.length).toBeGreaterThan(1);
});

test.each(MORE_THAN_ONE)('with PostgreSQL, and with no database, it is none: %o', (kubernetes) => {
  for (const fine of [
    selection({ kubernetes, database: { engine: 'postgres' } }, 'database'),
    selection({ kubernetes }),
  ])
    expect(resolve(catalog, fine).problems).toEqual([]);
});

test('one pod of an SQLite file is none', () => {
  expect(resolve(catalog, selection({ kubernetes: { replicas: '1' } }, 'database')).problems).toEqual([]);
});
