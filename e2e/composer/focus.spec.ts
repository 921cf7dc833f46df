/** Who works by keyboard is never sent to the page's beginning: what goes hands the focus on (WCAG 2.4.3). */
import type { Page } from '@playwright/test';
import { expect, test } from './composer.ts';

/** The region that holds the focus; nothing where it is lost. */
const place = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => {
    const at = document.activeElement;
    if (!at || at === document.body) return undefined;
    return at.closest('dialog') ? 'dialog' : (at.closest('section[aria-label]')?.getAttribute('aria-label') ?? 'page');
  });

test('of what is removed, closed or settled', async ({ composer, page }) => {
  await composer.open('v1/my-app/auth,scheduler.worker,worker');

  await composer.node('Database').focus();
  await page.keyboard.press('Delete');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Remove Database/ })
    .focus();
  await page.keyboard.press('Enter');
  await expect(composer.node('Database')).toHaveCount(0);
  await expect.poll(() => place(page)).toBe('Graph');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(composer.node('Database')).toHaveCount(1);
  expect(await place(page)).toBe('Graph');

  await composer.selected.getByRole('button', { name: /^Auth/ }).focus();
  await page.keyboard.press('Enter');
  await composer.inspector.getByRole('button', { name: 'Close', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => place(page)).toBe('Inspector');

  await page.locator('.react-flow__edge.link').first().focus();
  await page.keyboard.press('Enter');
  await composer.inspector.getByRole('button', { name: /^Disconnect/ }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => place(page)).toBe('Inspector');
});

test('of a repair, a message and the notices', async ({ composer, page }) => {
  await composer.open('v1/my-app/auth.postgres,database.sqlite,nosuch');
  await composer.button('Dismiss notices').focus();
  await page.keyboard.press('Enter');
  await expect(composer.notices).toHaveCount(0);
  await expect.poll(() => place(page)).toBe('Graph');

  await composer.problems.getByRole('button').first().focus();
  await page.keyboard.press('Enter');
  await expect(composer.problems).toHaveCount(0);
  await expect.poll(() => place(page)).toBe('Graph');

  await composer.button('Take back').focus();
  await page.keyboard.press('Enter');
  await expect(composer.problems).toBeVisible();
  await expect.poll(() => place(page)).toBe('Graph');
});

test('of an option that is back at its default, and of what a download said', async ({ composer, page }) => {
  await composer.open('v1/my-app/auth.org');
  await composer.node('Auth').click();
  await composer.inspector
    .getByRole('button', { name: /back to default/ })
    .first()
    .focus();
  await page.keyboard.press('Enter');
  await composer.expectCode('v1/my-app/auth');
  await expect.poll(() => place(page)).toBe('Inspector');

  await composer.button('Download zip').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(composer.button('Download zip')).toBeFocused();
});
