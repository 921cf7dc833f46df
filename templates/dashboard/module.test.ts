import { expect, test } from 'vitest';
import { resolve } from '#core/resolve.ts';
import { canonical, type Selection } from '#core/selection.ts';
import { catalog } from '../../src/catalog.ts';

const linked = (level?: string): Selection =>
  canonical({
    project: 'my-app',
    chosen: ['auth', 'dashboard'],
    options: { dashboard: { auth: true }, ...(level === undefined ? {} : { auth: { level } }) },
  });

test.each([
  [undefined, 'rbac'],
  ['rbac', 'rbac'],
  ['org', 'org'],
])('with the link, a level that was said as %s becomes %s', (said, level) => {
  const { problems, modules } = resolve(catalog, linked(said));
  expect(problems).toEqual([]);
  expect(modules.find(({ module }) => module.id === 'auth')?.options.level).toBe(level);
});

test('a level below the one that admins come with is a problem, with repairs', () => {
  const { problems } = resolve(catalog, linked('basic'));
  expect(problems.map(({ code }) => code)).toEqual(['said-against-demand']);
  expect(problems[0]?.repairs.length).toBeGreaterThan(0);
});
