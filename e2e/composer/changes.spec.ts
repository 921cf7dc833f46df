/** What differs between the project and another. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { type Composer, expect, test } from './composer.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const base = (page: Page): Locator => page.getByRole('combobox', { name: 'Compare with' });
const files = (page: Page): Locator => page.getByRole('tree', { name: 'Changed files' });
const lines = (page: Page, path: string): Locator => page.getByRole('region', { name: `Differences of ${path}` });
const sum = (page: Page): Locator => page.getByRole('tabpanel').getByRole('status');

async function opened(composer: Composer, page: Page, code: string): Promise<void> {
  await composer.open(code);
  await composer.tab('Changes').click();
  await expect(sum(page)).toContainText('files added');
}

test('against nothing chosen, a preset, and as a patch, by mouse', async ({ composer, page }) => {
  await opened(composer, page, 'v1/shop/auth');
  await expect(base(page)).toHaveValue('nothing');
  await expect(sum(page)).toHaveText(/^\d+ files added, \d+ changed; \+[\d,]+ −\d+ lines$/);
  await files(page)
    .getByRole('treeitem', { name: /^pyproject\.toml changed .*\d+ lines added/ })
    .click();
  const shown = lines(page, 'pyproject.toml');
  await expect(shown.locator('tr.added').first()).toContainText('added: ');
  await expect(shown.locator('tr.same').first()).toBeVisible();
  const before = await shown.locator('tr.diff-line').count();
  await shown
    .getByRole('button', { name: /^Show \d+ lines that are the same$/ })
    .first()
    .click();
  expect(await shown.locator('tr.diff-line').count()).toBeGreaterThan(before);

  await composer.button('Dependencies, settings and more').click();
  await expect(page.getByRole('term').filter({ hasText: 'Dependencies' })).toBeVisible();

  await base(page).selectOption({ label: 'On a small server' });
  await expect(files(page).getByRole('treeitem', { name: /^Dockerfile removed/ })).toBeVisible();
  const [saved] = await Promise.all([page.waitForEvent('download'), composer.button('Save the patch').click()]);
  expect(saved.suggestedFilename()).toBe('shop.patch');
  const patch = readFileSync(await saved.path(), 'utf8');
  expect(patch).toMatch(/^diff --git a\/\S+ b\/\S+\n/);
  expect(patch).toContain('deleted file mode 100644\n--- a/Dockerfile\n+++ /dev/null\n');
  await composer.button('Copy the patch').click();
  await expect(composer.toast).toHaveText(/Copied the patch/);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(patch);
});

test('side by side is remembered', async ({ composer, page }) => {
  await opened(composer, page, 'v1/shop/auth');
  await files(page)
    .getByRole('treeitem', { name: /^README\.md/ })
    .click();
  await expect(lines(page, 'README.md').locator('tr').nth(1).locator('td')).toHaveCount(3);
  await composer.button('Side by side').click();
  await expect(lines(page, 'README.md').locator('tr').nth(1).locator('td')).toHaveCount(4);
  await page.waitForTimeout(300);
  await page.reload();
  await composer.tab('Changes').click();
  await expect(composer.button('Side by side')).toHaveAttribute('aria-pressed', 'true');
});

test('against the last download, which is known again after a reload', async ({ composer, page }) => {
  await composer.open('v1/shop/database');
  await Promise.all([page.waitForEvent('download'), composer.button('Download zip').click()]);
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await composer.tab('Changes').click();
  await expect(base(page)).toHaveValue('download');
  await expect(sum(page)).toHaveText('Nothing differs: both are the same, file by file.');
  await composer.button('Add Docker').click();
  await expect(files(page).getByRole('treeitem', { name: /^Dockerfile added/ })).toBeVisible();
  await page.waitForTimeout(300);
  await page.reload();
  await composer.tab('Changes').click();
  await expect(files(page).getByRole('treeitem', { name: /^Dockerfile added/ })).toBeVisible();
  // Another project has had no download.
  await composer.name.fill('other');
  await expect(base(page)).toHaveValue('nothing');
});

test('a download of another version is shown as this one makes it, and says so', async ({ composer, page }) => {
  await page.addInitScript(() =>
    localStorage.setItem('stackwright/download/shop', 'v1/shop/database/20200101-00000000-00000000'),
  );
  await composer.open('v1/shop/auth,database');
  await composer.tab('Changes').click();
  await expect(base(page)).toHaveValue('download');
  await expect(page.getByText('The download was made by another version of Stackwright.')).toBeVisible();
  await expect(files(page).getByRole('treeitem').first()).toBeVisible();
});

test('against a pasted link; one that cannot be read gets a sentence and changes nothing', async ({
  composer,
  page,
}) => {
  await opened(composer, page, 'v1/shop/auth');
  await base(page).selectOption('link');
  await expect(page.getByRole('tabpanel')).toContainText('Paste the link of a project above');
  const link = page.getByRole('textbox', { name: 'Link or share code to compare with' });
  for (const [text, fault] of [
    ['nonsense', '“nonsense” is not a project link; one begins with v1/.'],
    ['v1/shop/aegis', 'There is no module called “aegis”.'],
    ['<script>alert(1)</script>', 'is not a project link'],
  ] as const) {
    await link.fill(text);
    await expect(page.getByRole('alert')).toContainText(fault);
    await expect(link).toHaveAttribute('aria-invalid', 'true');
  }
  await link.fill(`${page.url().split('#')[0]}#v1/shop/auth.rbac`);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(
    files(page)
      .getByRole('treeitem', { name: / removed/ })
      .first(),
  ).toBeVisible();
  await link.fill('');
  await expect(page.getByRole('tabpanel')).toContainText('Paste the link of a project above');
  await expect(files(page)).toHaveCount(0);
  await composer.expectCode('v1/shop/auth');
});

test('by keyboard alone: to the tab, through the files, to the lines and the patch', async ({ composer, page }) => {
  await composer.open('v1/shop/auth');
  await composer.tab('Files').focus();
  await page.keyboard.press('ArrowRight');
  await expect(composer.tab('Changes')).toBeFocused();
  await expect(files(page)).toBeVisible();
  await page.keyboard.press('Tab');
  // The fold of the results stands between.
  await page.keyboard.press('Tab');
  await expect(base(page)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  for (const name of ['Unified', 'Side by side', 'Copy the patch']) {
    await page.keyboard.press('Tab');
    await expect(composer.button(name)).toBeFocused();
  }
  await page.keyboard.press('Enter');
  await expect(page.locator('[aria-live=polite][role=status]')).toContainText('Copied the patch');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  const rows = files(page).getByRole('treeitem');
  await expect(rows.and(page.getByRole('treeitem', { selected: true }))).toBeFocused();
  await page.keyboard.press('Home');
  await expect(rows.first()).toBeFocused();
  await expect(rows.first()).toHaveAttribute('aria-expanded', 'true');
  const all = await rows.count();
  await page.keyboard.press('ArrowLeft');
  await expect(rows.first()).toHaveAttribute('aria-expanded', 'false');
  expect(await rows.count()).toBeLessThan(all);
  await page.keyboard.press('ArrowRight');
  await expect(rows).toHaveCount(all);
  await page.keyboard.press('End');
  await expect(rows.last()).toBeFocused();
  const path = (await rows.last().getAttribute('data-path')) ?? '';
  await page.keyboard.press('Enter');
  await expect(rows.last()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Tab');
  await expect(lines(page, path)).toBeFocused();
});

test('folders fold, and say of all in them what came and went', async ({ composer, page }) => {
  await opened(composer, page, 'v1/shop/auth');
  const folder = files(page).locator('[data-path="app/"]');
  const inside = files(page).locator('[data-path^="app/"]');
  await expect(folder).toHaveAccessibleName(/^app (added|changed) \d+ lines added/);
  expect(await inside.count()).toBeGreaterThan(5);
  await folder.click();
  await expect(inside).toHaveCount(1);
  await folder.click();
  expect(await inside.count()).toBeGreaterThan(5);
});

test('the largest comparison stays fluent: only the lines of the file that is shown are on the page', async ({
  composer,
  page,
}) => {
  await opened(composer, page, 'v1/shop/auth.org.oauth.postgres.cache');
  await base(page).selectOption({ label: 'On Kubernetes, observed' });
  await expect.poll(() => files(page).getByRole('treeitem').count()).toBeGreaterThan(200);
  await expect(page.locator('.diff-lines')).toHaveCount(1);
});

for (const [size, viewport] of [
  ['wide', { width: 1440, height: 900 }],
  ['390 px', { width: 390, height: 844 }],
] as const) {
  test.describe(size, () => {
    test.use({ viewport, hasTouch: size !== 'wide', isMobile: size !== 'wide' });
    test('a comparison fits, with all its tools', async ({ composer, page }) => {
      await opened(composer, page, 'v1/shop/auth');
      await base(page).selectOption({ label: 'On a small server' });
      await files(page)
        .getByRole('treeitem', { name: /^README\.md changed/ })
        .click();
      await composer.button('Dependencies, settings and more').click();
      if (size === 'wide') {
        await composer.button('Side by side').click();
      } else await expect(composer.button('Side by side')).toHaveCount(0);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      for (const tool of [base(page), composer.button('Copy the patch'), composer.button('Save the patch')])
        await expect(tool).toBeInViewport({ ratio: 1 });
    });
  });
}
