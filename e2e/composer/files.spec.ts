/** Reading the files: searched, linked to by line, and a mark that stays where it was put. */
import type { Locator, Page } from '@playwright/test';
import { Composer, expect, test } from './composer.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const CODE = 'v1/shop/auth.postgres';
const PLACE = 'app/services/auth/settings.py';

const field = (page: Page): Locator => page.getByRole('combobox', { name: 'Search in names and texts' });
const found = (page: Page): Locator => page.getByRole('listbox', { name: 'Found' }).getByRole('option');
const text = (page: Page, path: string): Locator => page.getByRole('region', { name: `Text of ${path}` });
/** The style sheet counts the lines, so that the numbers are in no element: the accessibility tree has them as they are seen. */
async function numbersShown(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  return nodes.map(({ name }) => String(name?.value)).filter((name) => /^\d+$/.test(name));
}
const current = (page: Page): Locator => page.locator('.line[aria-current]');

test('by keyboard alone: what is searched is found in names and texts, and opens at its line', async ({
  composer,
  page,
}) => {
  await composer.open(CODE);
  await composer.tab('Files').click();
  await field(page).focus();
  await page.keyboard.type('CLASS AUTHSETTINGS');
  await expect(found(page)).toHaveText([PLACE, /class AuthSettings\(ModuleSettings\):$/]);
  await expect(page.getByText('1 line in 1 file')).toBeVisible();
  await expect(found(page).locator('mark')).toHaveText('class AuthSettings');
  await page.keyboard.press('ArrowDown');
  await expect(found(page).nth(0)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(field(page)).toBeFocused();
  await expect(current(page)).toContainText('class AuthSettings(ModuleSettings):');
  await expect(current(page)).toBeInViewport();
  await expect(text(page, PLACE)).toBeVisible();

  await composer.button('Match case').click();
  await expect(page.getByText('“CLASS AUTHSETTINGS” stands in no name and no text.')).toBeVisible();
  await field(page).focus();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('treeitem', { name: 'settings.py' }).first()).toBeVisible();

  // More than anyone reads is counted, and not all of it listed.
  await page.keyboard.type('e');
  await expect(page.getByRole('status').filter({ hasText: 'the first 200 lines are listed' })).toBeVisible();
  expect(
    await found(page)
      .filter({ has: page.locator('.found-number') })
      .count(),
  ).toBe(200);
});

test('a long file is whole, and read from its end as well', async ({ composer, page }) => {
  const path = 'app/core/security.py';
  await composer.open(CODE);
  await composer.file(path);
  const lines = text(page, path).locator('.line');
  await expect.poll(() => lines.count()).toBeGreaterThan(250);
  await text(page, path).focus();
  await page.keyboard.press('End');
  await expect(lines.last()).toHaveAttribute('aria-current', 'true');
  await expect(lines.last()).toBeInViewport();
  await expect(page.locator('.line-source').getByRole('status')).toContainText(`Line ${await lines.count()}`);
  await page.keyboard.press('Home');
  await expect(lines.first()).toBeInViewport();
  await composer.button('Copy app/core/security.py').click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect((await lines.allTextContents()).map((line) => line.replace(/\n$/, ''))).toEqual(
    copied.replace(/\n$/, '').split('\n'),
  );
});

test('a link to a line opens the file there, and a place that is not there is a sentence', async ({
  composer,
  browser,
  page,
}) => {
  await composer.open(CODE);
  await composer.file(PLACE);
  await text(page, PLACE).locator('.line').nth(13).click();
  await composer.button('Copy link to this line').click();
  await expect(composer.toast).toContainText(`Copied the link to line 14 of ${PLACE}`);
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(
    /#v1\/shop\/auth\.postgres\/\d{8}-[0-9a-f]{8}-[0-9a-f]{8}\/\/app\/services\/auth\/settings\.py:14$/,
  );

  const context = await browser.newContext();
  const other = new Composer(await context.newPage());
  await other.page.goto(link);
  await expect(other.tab('Files')).toHaveAttribute('aria-selected', 'true');
  await expect(current(other.page)).toContainText('class AuthSettings');
  await expect(current(other.page)).toBeInViewport();
  expect(await numbersShown(other.page)).toContain('14');
  await expect(other.page.getByRole('treeitem', { selected: true })).toHaveAttribute('data-path', PLACE);
  await other.expectCode(CODE);
  await expect(other.notices).toHaveCount(0);

  // Pasted into the address of an open page, and with a place that this project has not.
  await other.page.evaluate(() => {
    location.hash = '#v1/shop/auth.postgres//no/such.py:3';
  });
  await expect(other.notices).toContainText('There is no file no/such.py in this project.');
  await other.page.evaluate((path) => {
    location.hash = `#v1/shop/auth.postgres//${path}:9999`;
  }, PLACE);
  await expect(other.notices).toContainText('so there is no line 9999.');
  await expect(text(other.page, PLACE)).toBeVisible();
  await other.expectCode(CODE);
  await context.close();
});

test('a marked line is followed through a change, and back', async ({ composer, page }) => {
  await composer.open(CODE);
  const lines = (await composer.file('README.md')).split('\n');
  const at = lines.findIndex((line) => line.startsWith('## ') && lines.indexOf(line) > 60);
  expect(at).toBeGreaterThan(0);
  const line = text(page, 'README.md').locator('.line').nth(at);
  const words = (await line.locator('code').textContent()) ?? '';
  await line.click();
  const source = page.locator('.line-source');
  await expect(source).toContainText(`Line ${at + 1}:`);
  await composer.button('Add Scheduler').click();
  await expect(source).not.toContainText(`Line ${at + 1}:`);
  await expect(current(page).locator('code')).toHaveText(words);
  await composer.button('Undo').first().click();
  await expect(source).toContainText(`Line ${at + 1}:`);
});

test.describe('by touch at 390 px', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  test('a file is found, read and linked to', async ({ composer, page }) => {
    await composer.open(CODE);
    await composer.tab('Files').tap();
    await field(page).fill('class AuthSettings');
    await found(page).nth(1).tap();
    await expect(current(page)).toContainText('class AuthSettings');
    await expect(current(page)).toBeInViewport();
    await composer.button('Clear the search').tap();
    await text(page, PLACE).locator('.line').nth(1).tap();
    await composer.button('Copy link to this line').tap();
    await expect(composer.toast).toContainText('line 2 of');
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});

test('what is chosen while the first texts are on their way is shown with them', async ({ composer, page }) => {
  let arrive = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route('**/assets/engine-*.js', async (route) => {
    await held;
    await route.continue();
  });
  const asked = page.waitForRequest('**/assets/engine-*.js');
  await composer.open('v1/shop/database');
  await asked;
  await composer.button('Add Auth').click();
  await composer.expectCode('v1/shop/auth,database');
  arrive();
  expect(await composer.file('app/services/auth/cookies.py')).toContain('def ');
});
