/** A catalog is released, a text in it changes, and links and projects made with it are opened in the page of today. */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CatalogIndex } from '../../build/bundle.ts';
import { hashFiles, projectHash } from '../../src/core/hash.ts';
import { test as base, expect } from './composer.ts';

type Catalog = typeof import('../../src/bundle.ts');
interface Earlier {
  readonly version: string;
  /** The built page with that catalog among the released ones. */
  readonly page: string;
}

const REPOSITORY = join(import.meta.dirname, '..', '..');
const README = 'templates/base/files/README.md.hbs';

const test = base.extend<object, { earlier: Earlier; served: string }>({
  earlier: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'stackwright-earlier-'));
      const sources = join(folder, 'sources');
      for (const part of ['package.json', 'tsconfig.json', 'src', 'templates'])
        cpSync(join(REPOSITORY, part), join(sources, part), { recursive: true });
      symlinkSync(join(REPOSITORY, 'node_modules'), join(sources, 'node_modules'), 'junction');
      writeFileSync(join(sources, README), `${readFileSync(join(sources, README), 'utf8')}\nAs it was then.\n`);
      writeFileSync(join(sources, 'templates/base/files/app/then.py'), '"""Gone since."""\n');
      const page = join(folder, 'page');
      cpSync(join(REPOSITORY, 'dist', 'page'), page, { recursive: true });
      const before = Object.keys(released(page));
      const script = join(REPOSITORY, 'scripts', 'release-catalog.mjs');
      execFileSync(process.execPath, [script, sources, join(page, 'catalogs')], { stdio: 'pipe' });
      const [version = ''] = Object.keys(released(page)).filter((known) => !before.includes(known));
      // For Node, which is to import what was released, too.
      writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
      await use({ version, page });
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  served: [
    async ({ earlier }, use) => {
      const server = spawn(process.execPath, [join(REPOSITORY, 'scripts', 'serve.mjs')], {
        env: { ...process.env, PORT: '0', FOLDER: earlier.page },
      });
      const address = await new Promise<string>((resolve, reject) => {
        server.stdout.on('data', (text) => resolve(/http:\S+/.exec(String(text))?.[0] ?? ''));
        server.stderr.on('data', (text) => reject(new Error(String(text))));
      });
      await use(`${address}/`);
      server.kill();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ served }, use) => use(served),
});

function released(page: string): CatalogIndex {
  return JSON.parse(readFileSync(join(page, 'catalogs', 'index.json'), 'utf8')) as CatalogIndex;
}

const bundleIn = ({ page, version }: Earlier): Promise<Catalog> =>
  import(pathToFileURL(join(page, 'catalogs', `${version}.js`)).href);

/** The link as the page of then would have copied it. */
async function linkThen(earlier: Earlier, code: string): Promise<string> {
  const then = await bundleIn(earlier);
  const tree = then.render(then.plan(then.resolve(then.decode(code).selection)));
  return `${code}/${then.version}-${projectHash(hashFiles(tree)).slice(0, 8)}`;
}

test('a bundle has the interface of a catalog, and its own version', async ({ earlier }) => {
  const then = await bundleIn(earlier);
  expect(then.version).toBe(earlier.version);
  expect(then.modules.length).toBeGreaterThan(5);
  const { selection } = then.decode('v1/shop/auth');
  const tree = then.render(then.plan(then.resolve(selection)));
  expect(tree.map(({ path: file }) => file)).toContain('app/then.py');
});

test('a link of a released catalog names the files that moved; no other link asks for one', async ({
  composer,
  earlier,
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/catalogs/')) asked.push(new URL(request.url()).pathname);
  });
  await composer.open('v1/shop/auth');
  await expect(page.locator('.results-sum')).toContainText('files');
  expect(asked).toEqual([]);
  await composer.open(await linkThen(earlier, 'v1/shop/auth'));
  await composer.expectCode('v1/shop/auth');
  await expect(composer.notices).toContainText(
    `The link was made with catalog ${earlier.version}. The present one makes 2 files differently: README.md and app/then.py.`,
  );
  expect(new Set(asked)).toEqual(new Set(['/catalogs/index.json', `/catalogs/${earlier.version}.js`]));
  await composer.button('Show the files').press('Enter');
  const files = page.getByRole('tree', { name: 'Changed files' });
  await expect(files.locator('[data-path="app/then.py"]')).toHaveAccessibleName(/^then\.py removed/);
  await files.getByRole('treeitem', { name: /^README\.md changed/ }).click();
  await expect(page.getByRole('region', { name: 'Differences of README.md' })).toContainText('As it was then.');
});

test('a link that was changed on its way does not make what it says, whatever catalog it names', async ({
  composer,
  earlier,
}) => {
  const link = await linkThen(earlier, 'v1/shop/auth');
  await composer.open(link.replace('/auth/', '/auth.postgres/'));
  await expect(composer.notices).toContainText('does not make the project it was made for');
});

test('a catalog that is not at hand leaves it at “differs”', async ({ composer, page }) => {
  await composer.open('v1/shop/auth/20200101-00000000-00000000');
  await expect(composer.notices).toContainText('the project it makes now differs');
  await expect(composer.button('Show the files')).toHaveCount(0);
  await expect(page.locator('.results-sum')).toContainText('files');
});

test('a kept file that is not the one released is not run', async ({ composer, earlier, page }) => {
  await page.route(`**/catalogs/${earlier.version}.js`, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: 'globalThis.ran = true;' }),
  );
  await composer.open(await linkThen(earlier, 'v1/shop/auth'));
  await expect(composer.notices).toContainText('the project it makes now differs');
  expect(await page.evaluate(() => 'ran' in globalThis)).toBe(false);
});

test.describe('by touch at 390 px, in the dark', () => {
  test.use({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    deviceScaleFactor: 2,
    colorScheme: 'dark',
  });
  test('the files that moved are a tap away', async ({ composer, earlier, page }) => {
    await composer.open(await linkThen(earlier, 'v1/shop/auth'));
    await composer.button('Show the files').tap();
    await expect(page.getByRole('tree', { name: 'Changed files' })).toContainText('then.py');
  });
});
