import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import JSZip from 'jszip';
import { expect, test } from './composer.ts';

async function download(page: Page): Promise<{ name: string; files: Map<string, string>; modes: Map<string, number> }> {
  const [started] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download zip', exact: true }).click(),
  ]);
  const archive = await JSZip.loadAsync(await readFile(await started.path()));
  const files = new Map<string, string>();
  const modes = new Map<string, number>();
  for (const entry of Object.values(archive.files)) {
    files.set(entry.name, await entry.async('string'));
    modes.set(entry.name, Number(entry.unixPermissions) & 0o777);
  }
  return { name: started.suggestedFilename(), files, modes };
}

test('the zip holds the shown tree, entry by entry, and fresh secrets', async ({ composer, page }) => {
  await composer.open('v1/shop/auth');
  const first = await download(page);
  expect(first.name).toBe('shop.zip');
  await expect(page.getByRole('dialog')).toContainText('cd shop');
  await composer.expectAccessible('what next');
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
  const [started] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Control+s')]);
  expect(started.suggestedFilename()).toBe('my-app.zip');
  await expect(page.getByRole('dialog').locator('pre')).toContainText('uv sync');
});
