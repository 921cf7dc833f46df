import { expect, test } from 'vitest';
import type { OptionValues } from '#core/module.ts';
import { plan } from '#core/plan.ts';
import { render } from '#core/render.ts';
import { resolve } from '#core/resolve.ts';
import { emptySelection } from '#core/selection.ts';
import { catalog, loadTexts } from '../../src/catalog.ts';

async function filesOf(chosen: string, options: OptionValues = {}): Promise<ReadonlyMap<string, string>> {
  const resolution = resolve(catalog, { ...emptySelection(), chosen: [chosen], options: { [chosen]: options } });
  const contents = await loadTexts(resolution);
  const files = render(catalog, plan(catalog, resolution, contents), contents);
  return new Map(files.map(({ path, content }) => [path, String(content)]));
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
  const files = await filesOf('auth');
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
  const [without, files] = [await filesOf('auth'), await filesOf('auth', { oauth: true })];
  expect([...without.keys()].filter((path) => /oauth|providers|connections/.test(path))).toEqual([]);
  expect(without.get('pyproject.toml')).not.toMatch(/authlib|joserfc/i);
  const fields = [...(files.get(settings) ?? '').matchAll(/^ {4}([a-z_]+): (?!ClassVar)/gm)].map(([, name]) => name);
  expect(fields.length).toBe(9);
  for (const field of fields) expect(files.get('.env.example')).toMatch(new RegExp(`^${field?.toUpperCase()}=`, 'm'));
});

test('the quick start of the README holds', async () => {
  const readme = (await filesOf('auth')).get('README.md') ?? '';
  for (const line of [
    '/auth/register -H "Content-Type: application/json"',
    '-d "username=test@example.com&password=secure123"',
    '/auth/me -H "Authorization: Bearer',
  ])
    expect(readme).toContain(line);
});

test('a project without it knows nothing of it', async () => {
  const files = await filesOf('database');
  const named = [...files].filter(([, text]) => /aegis_|JWT_|services\.auth/.test(text)).map(([path]) => path);
  expect(named).toEqual([]);
});
