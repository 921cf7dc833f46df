import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import JSZip from 'jszip';
import { expect, test } from './composer.ts';

interface Zip {
  readonly files: Map<string, string>;
  readonly modes: Map<string, number>;
}

async function opened(path: string): Promise<Zip> {
  const archive = await JSZip.loadAsync(await readFile(path));
  const files = new Map<string, string>();
  const modes = new Map<string, number>();
  for (const entry of Object.values(archive.files)) {
    files.set(entry.name, await entry.async('string'));
    modes.set(entry.name, Number(entry.unixPermissions) & 0o777);
  }
  return { files, modes };
}

async function download(page: Page): Promise<Zip & { readonly name: string }> {
  const [started] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download zip', exact: true }).click(),
  ]);
  return { name: started.suggestedFilename(), ...(await opened(await started.path())) };
}

test('the zip holds the shown tree, entry by entry, and fresh secrets', async ({ composer, page }) => {
  await composer.open('v1/shop/auth');
  const first = await download(page);
  expect(first.name).toBe('shop.zip');
  await expect(page.getByRole('dialog')).toContainText('cd shop');
  await page.keyboard.press('Escape');

  const tree = page.getByRole('tree', { name: 'Files of the project' });
  const closed = tree.locator('[aria-expanded=false]').first();
  while ((await closed.count()) > 0) await closed.press('ArrowRight');
  await expect(tree.locator('[aria-expanded=false]')).toHaveCount(0);
  const shown = await tree
    .locator('[role=treeitem]:not([aria-expanded])')
    .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.path));
  expect([...first.files.keys()].sort()).toEqual(shown.map((path) => `shop/${path}`).sort());

  for (const path of ['README.md', 'pyproject.toml', 'stackwright.json', 'app/__init__.py']) {
    expect(`${await composer.file(path)}\n`.trim(), path).toBe((first.files.get(`shop/${path}`) ?? '').trim());
  }
  const manifest = JSON.parse(first.files.get('shop/stackwright.json') ?? '{}') as { hash: string; code: string };
  expect(manifest.code).toBe('v1/shop/auth');
  await expect(page.locator('.results-sum')).toContainText(manifest.hash.slice(0, 8));
  for (const text of first.files.values()) expect(text).not.toMatch(/[\ue000-\ue00f]/);

  const second = await download(page);
  const differing = [...first.files.keys()].filter((path) => first.files.get(path) !== second.files.get(path));
  expect(differing).toEqual(['shop/.env']);
  expect([...first.modes.values()].every((mode) => mode === 0o644 || mode === 0o755)).toBe(true);
});

test('Ctrl S downloads, and the panel gives the commands of the README', async ({ composer, page }) => {
  await composer.open();
  await composer.graph.click({ position: { x: 30, y: 30 } });
  let letGo = (): void => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route('**/zip-*.js', async (route) => {
    await held;
    await route.continue();
  });
  const started = page.waitForEvent('download');
  await page.keyboard.press('Control+s');
  await expect(composer.button('Download zip')).toHaveClass(/busy/);
  letGo();
  expect((await started).suggestedFilename()).toBe('my-app.zip');
  await expect(page.getByRole('dialog').locator('pre').last()).toHaveText('uv sync\nmake serve');
});

test('the zip of the page is that of the command line, entry by entry, .env aside', async ({
  composer,
  page,
}, info) => {
  await composer.open('v1/shop/auth.postgres,database');
  const { files, modes } = await download(page);
  const zip = info.outputPath('shop.zip');
  const command = join(import.meta.dirname, '..', '..', 'scripts', 'stackwright.mjs');
  execFileSync(
    process.execPath,
    [command, 'init', 'v1/shop/auth.postgres,database', '--no-interactive', '--zip', zip],
    { stdio: 'pipe' },
  );
  const other = await opened(zip);
  const catalogOf = (given: Zip): unknown => JSON.parse(given.files.get('shop/stackwright.json') ?? '{}').catalog;
  expect(catalogOf(other), 'both were built from the same sources').toBe(catalogOf({ files, modes }));
  expect([...other.files.keys()]).toEqual([...files.keys()]);
  expect(other.modes).toEqual(modes);
  for (const [path, text] of files) if (path !== 'shop/.env') expect(other.files.get(path), path).toBe(text);
});

test('after a download that needs a server, the panel goes from the zip to the running app', async ({
  composer,
  page,
}) => {
  await composer.open('v1/dlx/auth.postgres');
  await download(page);
  const lines = (await page.getByRole('dialog').locator('pre').allTextContents()).join('\n');
  const at = ['unzip dlx.zip', 'cd dlx', 'CREATE ROLE', 'createdb', 'uv sync', 'make serve'].map((part) =>
    lines.indexOf(part),
  );
  expect(at).not.toContain(-1);
  expect([...at].sort((a, b) => a - b)).toEqual(at);
});

test('of secrets the page speaks only where there are some', async ({ composer, page }) => {
  for (const [code, said] of [
    ['v1/shop/database', false],
    ['v1/shop/auth', true],
  ] as const) {
    await page.goto('about:blank');
    await composer.open(code);
    await composer.tab('Command').click();
    const command = page.getByRole('tabpanel');
    await expect(command).toContainText(said ? 'with fresh secrets in .env' : 'Both make the files shown here.');
    await Promise.all([page.waitForEvent('download'), composer.button('Download zip').click()]);
    const next = page.getByRole('dialog');
    await expect(next).toContainText('The README inside says more.');
    await expect(next.getByText('secrets made just now')).toHaveCount(said ? 1 : 0);
  }
});
