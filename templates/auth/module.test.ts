import { expect, test } from 'vitest';
import { plan } from '#core/plan.ts';
import { render } from '#core/render.ts';
import { resolve } from '#core/resolve.ts';
import { emptySelection, type Selection } from '#core/selection.ts';
import { decode } from '#core/share.ts';
import { catalog, loadTexts } from '../../src/catalog.ts';

const chosen = (...ids: string[]): Selection => ({ ...emptySelection(), chosen: ids });

async function filesOf(selection: Selection): Promise<ReadonlyMap<string, string>> {
  const resolution = resolve(catalog, selection);
  expect(resolution.problems).toEqual([]);
  const contents = await loadTexts(resolution);
  const files = render(catalog, plan(catalog, resolution, contents), contents);
  return new Map(files.map(({ path, content }) => [path, String(content)]));
}

async function filesFrom(code: string): Promise<ReadonlyMap<string, string>> {
  const { selection, notices } = decode(catalog, `v1/my-app/${code}`);
  expect(notices).toEqual([]);
  return filesOf(selection);
}

test('brings the database along, each need with its reason', () => {
  const { modules, problems } = resolve(catalog, { ...emptySelection(), chosen: ['auth'] });
  expect(problems).toEqual([]);
  const reasons = modules.find(({ module }) => module.id === 'database')?.reasons;
  expect(reasons).toContainEqual({
    kind: 'required',
    by: 'auth',
    because: 'users, sessions and refresh tokens are stored there',
  });
});

test('every field of its settings stands in .env.example, the secret empty', async () => {
  const files = await filesOf(chosen('auth'));
  const example = files.get('.env.example') ?? '';
  for (const path of ['app/core/security.py', 'app/core/mail.py', 'app/services/auth/settings.py']) {
    const fields = [...(files.get(path) ?? '').matchAll(/^ {4}([a-z_]+): (?!ClassVar)/gm)].map(([, name]) => name);
    expect(fields.length).toBeGreaterThan(3);
    for (const field of fields.filter((name) => !['user_id', 'sid'].includes(String(name)))) {
      expect(example).toMatch(new RegExp(`^#? ?${field?.toUpperCase()}=`, 'm'));
    }
  }
  expect(example).toMatch(/^JWT_SECRET_KEY=$/m);
});

test('providers are there by their option alone, each setting in .env.example', async () => {
  const settings = 'app/services/auth/oauth/settings.py';
  const [without, files] = [
    await filesOf(chosen('auth')),
    await filesOf({ ...chosen('auth'), options: { auth: { oauth: true } } }),
  ];
  expect([...without.keys()].filter((path) => /oauth|providers|connections/.test(path))).toEqual([]);
  expect(without.get('pyproject.toml')).not.toMatch(/\bauthlib|joserfc/i);
  const fields = [...(files.get(settings) ?? '').matchAll(/^ {4}([a-z_]+): (?!ClassVar)/gm)].map(([, name]) => name);
  expect(fields.length).toBe(9);
  for (const field of fields) expect(files.get('.env.example')).toMatch(new RegExp(`^${field?.toUpperCase()}=`, 'm'));
});

test('the quick start of the README holds', async () => {
  const readme = (await filesOf(chosen('auth'))).get('README.md') ?? '';
  for (const line of [
    '/auth/register -H "Content-Type: application/json"',
    '-d "username=test@example.com&password=secure123"',
    '/auth/me -H "Authorization: Bearer',
  ])
    expect(readme).toContain(line);
});

test('a project without it knows nothing of it', async () => {
  const files = await filesOf(chosen('database'));
  const named = [...files].filter(([, text]) => /aegis_|JWT_|services\.auth/.test(text)).map(([path]) => path);
  expect(named).toEqual([]);
});

test.each([
  ['auth.rbac.postgres', 'auth_rbac'],
  ['auth.postgres.rbac', 'auth_rbac'],
  ['auth.org.postgres', 'auth_org'],
  ['auth.postgres.org', 'auth_org'],
])('a level stands in a share code in any order: %s', async (code, last) => {
  const files = await filesFrom(code);
  const order = ['auth_basic', 'auth_rbac', 'auth_org'];
  for (const [index, revision] of order.slice(1, order.indexOf(last) + 1).entries())
    expect(files.get(`alembic/versions/${revision}.py`)).toContain(`down_revision = "${order[index]}"`);
  expect(files.get('app/core/engine.py')).toContain('PostgreSQL');
});

test.each([
  ['auth', /user_roles|role_service|require_role|\brbac\b|memberships|require_org_role/],
  ['auth.rbac', /memberships|require_org_role|org_guard|invitation_service/],
])('a level knows nothing of those above it: %s', async (code, above) => {
  const files = await filesFrom(code);
  const named = [...files].filter(([, text]) => above.test(text)).map(([path]) => path);
  // The documents tell how to move up.
  expect(named.filter((path) => !['stackwright.json', 'docs/auth.md'].includes(path))).toEqual([]);
});
