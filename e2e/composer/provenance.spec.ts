/** Which lines come from a module, and which module and option a line comes from. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './composer.ts';

const CODE = 'v1/shop/auth,+database.postgres';
const legend = (page: Page): Locator => page.locator('.legend');
const status = (page: Page): Locator => page.locator('.line-source').getByRole('status');
const lit = (page: Page): Locator => page.locator('.line.lit');
const LIGHT = /^(\d+) files, ([\d,]+) lines come from Auth/;

test('by mouse: a module lights its lines up, a line names its module and option and leads there', async ({
  composer,
  page,
}) => {
  await composer.open(CODE);
  const readme = (await composer.file('README.md')).split('\n');
  await expect(lit(page)).toHaveCount(0);
  await composer.node('Auth').hover();
  await expect(legend(page)).toHaveText(LIGHT);
  expect(await lit(page).count()).toBeGreaterThan(0);
  expect(await lit(page).count()).toBeLessThan(readme.length);
  // The dots of the top of the tree add up to what the legend says.
  const [, , lines = ''] = LIGHT.exec((await legend(page).textContent()) ?? '') ?? [];
  const dots = await page.locator('.tree-row[aria-level="1"] .tree-lit > [aria-hidden]').allTextContents();
  expect(dots.reduce((sum, count) => sum + Number(count), 0)).toBe(Number(lines.replaceAll(',', '')));
  await composer.tab('Files').hover();
  await expect(lit(page)).toHaveCount(0);

  await composer.file('Makefile');
  await page.locator('.line').nth(1).click();
  await expect(status(page)).toContainText(/^Line 2.* from Backend; .*Database, because Engine is PostgreSQL/s);
  await page.locator('.line-source').getByRole('button', { name: 'Engine is PostgreSQL' }).click();
  await expect(composer.inspector.getByRole('heading', { name: 'Database', level: 2 })).toBeVisible();
  await expect(composer.inspector.getByRole('radio', { name: /PostgreSQL/ })).toBeFocused();
  // What was picked goes on shining.
  await expect(legend(page)).toHaveText(/come from Database/);
});

test('by keyboard alone: the list lights up, the arrow keys ask line by line', async ({ composer, page }) => {
  await composer.open(CODE);
  await composer.file('Makefile');
  await page.keyboard.press('Tab');
  await composer.selected.getByRole('button', { name: /^Auth/ }).focus();
  await expect(legend(page)).toHaveText(LIGHT);
  await composer.node('Database').focus();
  await expect(legend(page)).toHaveText(/come from Database/);
  await page.getByRole('region', { name: 'Text of Makefile' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(status(page)).toContainText('because Engine is PostgreSQL');
  await page.keyboard.press('End');
  await expect(page.locator('.line').last()).toHaveAttribute('aria-current', 'true');
  await expect(page.locator('.line').last()).toBeInViewport();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await expect(page.locator('.line-source button').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(composer.inspector).toBeFocused();
  await expect(composer.inspector.getByRole('heading', { level: 2 })).toHaveText('Backend');
});

test('the inspector counts what rests on an option and on a module, and leads to it', async ({ composer, page }) => {
  await composer.open(CODE);
  await composer.selected.getByRole('button', { name: /^Database/ }).click();
  const engine = composer.inspector.locator('[data-option="database.engine"]');
  const counted = (await engine.locator('.option-lines').textContent()) ?? '';
  const [, lines, files] = /^(\d+) lines in (\d+) files$/.exec(counted) ?? [];
  await engine.getByRole('button', { name: counted }).click();
  await expect(legend(page)).toHaveText(
    `${files} files, ${lines} lines come from Database, because Engine is PostgreSQLList all files`,
  );
  const rows = page.locator('.tree-row:not([aria-expanded])');
  await expect(rows).toHaveCount(Number(files));
  await expect(rows.filter({ has: page.locator('.tree-lit') })).toHaveCount(Number(files));
  await composer.button('List all files').click();
  await expect(page.locator('.tree-row[data-path="pyproject.toml"]')).toHaveCount(1);

  await composer.inspector.getByText('Lines in files of others').click();
  const other = composer.inspector.getByRole('listitem').filter({ hasText: /^Makefile, \d+ lines?$/ });
  await other.getByRole('button').click();
  await expect(page.getByRole('region', { name: 'Text of Makefile' })).toBeVisible();
  await expect(page.locator('.line.lit[aria-current]')).toHaveCount(1);
  await composer.inspector.getByText('Files of its own').click();
  // A line of it depends on an option of somebody else's, and it is the module's own file all the same.
  await expect(composer.inspector.getByRole('button', { name: 'app/core/engine.py' })).toBeVisible();
});

test.describe('by touch at 390 px', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  test('a tap on a line answers, and leads to the option', async ({ composer, page }) => {
    await composer.open(CODE);
    await composer.tab('Files').tap();
    await composer.file('Makefile');
    await page.locator('.line').nth(1).tap();
    await expect(status(page)).toContainText('because Engine is PostgreSQL');
    await status(page).getByRole('button', { name: 'Engine is PostgreSQL' }).tap();
    await expect(composer.inspector.getByRole('radio', { name: /PostgreSQL/ })).toBeInViewport();
    await composer.inspector
      .getByRole('button', { name: /^\d+ lines in \d+ files$/ })
      .first()
      .tap();
    await expect(legend(page)).toHaveText(/come from Database/);
  });
});
