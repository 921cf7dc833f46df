import { describe, expect, test } from 'vitest';
import { plan } from '#core/plan.ts';
import { render } from '#core/render.ts';
import { resolve } from '#core/resolve.ts';
import { emptySelection } from '#core/selection.ts';
import { catalog, loadTexts } from '../../src/catalog.ts';

async function filesOf(engine: string, ...chosen: string[]): Promise<ReadonlyMap<string, string>> {
  const selection = { ...emptySelection(), chosen: ['database', ...chosen], options: { database: { engine } } };
  const resolution = resolve(catalog, selection);
  const contents = await loadTexts(resolution);
  const files = render(catalog, plan(catalog, resolution, contents), contents);
  return new Map(files.map(({ path, content }) => [path, String(content)]));
}

describe.each([
  ['sqlite', 'aiosqlite', 'asyncpg'],
  ['postgres', 'asyncpg', 'aiosqlite'],
])('%s', (engine, driver, other) => {
  test('has its own driver and nothing of the other engine', async () => {
    const files = await filesOf(engine);
    expect(files.get('pyproject.toml')).toContain(`"${driver}>=`);
    const named = [...files]
      .filter(([path, text]) => !path.startsWith('tests/') && text.includes(other))
      .map(([path]) => path);
    expect(named).toEqual([]);
  });

  test('has a container only where there is a server', async () => {
    const files = await filesOf(engine);
    expect(files.has('compose.yaml')).toBe(engine === 'postgres');
    expect(files.has('tests/plugins/postgres.py')).toBe(engine === 'postgres');
  });

  test('chains the migrations of all modules behind one first', async () => {
    const files = await filesOf(engine, 'auth');
    const revisions = [...files].filter(([path]) => path.startsWith('alembic/versions/')).map(([, text]) => text);
    expect(revisions.length).toBeGreaterThan(0);
    expect(revisions.filter((text) => /^down_revision.*= None$/m.test(text))).toHaveLength(1);
  });
});

test('a project without it knows nothing of it', async () => {
  const resolution = resolve(catalog, emptySelection());
  const contents = await loadTexts(resolution);
  const files = render(catalog, plan(catalog, resolution, contents), contents);
  expect(files.filter(({ content }) => String(content).includes('sqlalchemy'))).toEqual([]);
});
