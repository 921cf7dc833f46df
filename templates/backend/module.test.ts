import { expect, test } from 'vitest';
import { plan } from '#core/plan.ts';
import { render } from '#core/render.ts';
import { resolve } from '#core/resolve.ts';
import { emptySelection } from '#core/selection.ts';
import { catalog, loadTexts } from '../../src/catalog.ts';

/** The list of parts of a project with these modules. */
async function partsWith(...chosen: string[]): Promise<string> {
  const resolution = resolve(catalog, { ...emptySelection(), chosen });
  const contents = await loadTexts(resolution);
  const files = render(catalog, plan(catalog, resolution, contents), contents);
  return String(files.find(({ path }) => path === 'app/components/backend/parts.py')?.content);
}

test("a project with nothing chosen lists its page and the prefixes that are not the page's", async () => {
  const parts = await partsWith();
  expect(parts).toContain('ROUTERS: list[APIRouter] = []');
  expect(parts).toContain('"/api",');
  expect(parts).toMatch(/MOUNTS: list\[ASGIApp\] = \[\n {4}\w+,\n\]/);
});

test('each part is imported once, in the order the linter wants', async () => {
  const imports = [...(await partsWith('auth')).matchAll(/^from (app\.[\w.]+) import/gm)].map(([, module]) => module);
  expect(new Set(imports).size).toBe(imports.length);
  expect(imports).toEqual([...imports].sort());
});

test('what others build on starts first', async () => {
  const parts = await partsWith('auth');
  const lifespans = /LIFESPANS[^[]*\[.*?\] = \[\n(.*?)\n\]/s.exec(parts)?.[1] ?? '';
  expect(lifespans).toContain('database_lifespan');
});
