import { expect, test } from 'vitest';
import { plan } from '#core/plan.ts';
import { render } from '#core/render.ts';
import { resolve } from '#core/resolve.ts';
import { emptySelection, type Selection } from '#core/selection.ts';
import { catalog, loadTexts } from '../../src/catalog.ts';

async function filesOf(selection: Selection): Promise<ReadonlyMap<string, string>> {
  const resolution = resolve(catalog, selection);
  const contents = await loadTexts(resolution);
  const files = render(catalog, plan(catalog, resolution, contents), contents);
  return new Map(files.map(({ path, content }) => [path, String(content)]));
}

const BARE = emptySelection();

test('every target of the Makefile is a command', async () => {
  const files = await filesOf(BARE);
  const targets = /^TARGETS := (.*)$/m.exec(files.get('Makefile') ?? '')?.[1]?.split(' ') ?? [];
  expect(targets).toEqual(expect.arrayContaining(['serve', 'test', 'lint', 'types', 'upgrade']));
  for (const name of targets) expect(files.get('app/cli/main.py')).toContain(`app.command("${name}")`);
});

test('without containers there is no compose file, no command for it, and no section about it', async () => {
  const files = await filesOf(BARE);
  expect([...files.keys()].filter((path) => /compose|container/.test(path))).toEqual([]);
  expect(files.get('Makefile')).not.toMatch(/ up\b/);
  expect(files.get('README.md')).not.toMatch(/make up\b/);
});

test('the example of the settings has the same names as the settings, and no values of secrets', async () => {
  const files = await filesOf({ ...BARE, chosen: ['auth'] });
  const names = (path: string) => [...(files.get(path) ?? '').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
  expect(names('.env')).toEqual(names('.env.example'));
  expect(files.get('.env.example')).toMatch(/^JWT_SECRET_KEY=$/m);
});

test('a description of several lines is one line where the format has no more', async () => {
  const description = 'It\'s "quoted"\n{{ second }} line';
  const files = await filesOf({ ...BARE, options: { base: { description } } });
  expect(files.get('pyproject.toml')).toContain(String.raw`description = "It's \"quoted\" {{ second }} line"`);
  expect(files.get('app/core/project.py')).toMatch(/^DESCRIPTION = .*\\n\{\{ second \}\} line/m);
});
