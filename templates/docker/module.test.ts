import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { canonical, type Selection } from '#core/selection.ts';
import { project } from '../../src/combinations-testing.ts';

interface Service {
  readonly container_name?: string;
  readonly deploy?: { readonly replicas: number };
}

/** Which processes of production cannot be scaled: what has a name of its own, compose refuses to. */
function alone(chosen: readonly string[], options: Selection['options']): string[] {
  const { tree } = project(canonical({ project: 'my-app', chosen: ['docker', ...chosen], options }));
  const text = tree.find(({ path }) => path === 'compose.production.yaml')?.content ?? '';
  const { services } = parse(text, { merge: true }) as { services: Readonly<Record<string, Service>> };
  return Object.entries(services).flatMap(([name, { container_name, deploy }]) => {
    expect(container_name, name).toBe(deploy && `my-app-${name}`);
    expect(deploy?.replicas ?? 1).toBe(1);
    return deploy ? [name] : [];
  });
}

test('beside an SQLite file there is one of each process, and more of them with PostgreSQL', () => {
  const scheduler = { scheduler: { database: true } };
  expect(alone(['database', 'worker', 'scheduler'], scheduler)).toEqual(['app', 'worker', 'scheduler']);
  const postgres = { ...scheduler, database: { engine: 'postgres' } };
  expect(alone(['database', 'worker', 'scheduler'], postgres)).toEqual([]);
});

test('of a scheduler that notes no runs there is one, whatever the database', () => {
  expect(alone(['scheduler'], {})).toEqual(['scheduler']);
});
