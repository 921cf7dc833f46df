/** Selections worth starting from. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './composer.ts';

const first = (page: Page): Locator => page.getByRole('region', { name: 'Start from a preset' });
const menu = (page: Page): Locator => page.getByRole('list', { name: 'Presets' });
const BARE = ['Backend, always', 'Frontend, always'];
const SAAS = ['Auth, chosen', 'Backend, always', 'Database, added', 'Frontend, always', 'Redis, added', 'Cache, added'];

test('on the first visit three presets stand beside the starter; one click, and one undo', async ({
  composer,
  page,
}) => {
  await composer.open();
  await expect(first(page).getByRole('listitem')).toHaveCount(3);
  await first(page)
    .getByRole('button', { name: /^SaaS with organisations/ })
    .click();
  await composer.expectList(...SAAS);
  await expect(composer.toast).toContainText('Opened the preset SaaS with organisations.');
  await expect(first(page)).toHaveCount(0);
  await composer.button('Undo').hover();
  await expect(page.locator('.tip')).toHaveText('Undo: opened the preset SaaS with organisations');
  await composer.button('Undo').click();
  await composer.expectList(...BARE);
  // Whoever has acted is no newcomer.
  await expect(first(page)).toHaveCount(0);
});

test('the presets of the first visit go once the person acts, or sends them away, and stay away', async ({
  composer,
  page,
}) => {
  await composer.open();
  await expect(first(page)).toBeVisible();
  await composer.button('Dismiss presets').click();
  await expect(first(page)).toHaveCount(0);
  await composer.button('Add Database').click();
  await page.waitForTimeout(300);
  await page.goto('about:blank');
  await composer.open();
  await expect(first(page)).toHaveCount(0);
  await page.goto('about:blank');
  await composer.open('v1/shop/auth');
  await expect(first(page)).toHaveCount(0);
});

test('a preset keeps the name of the project', async ({ composer, page }) => {
  await composer.open('v1/shop/auth');
  await composer.button('Presets').click();
  await expect(menu(page).getByRole('listitem').first()).toContainText('A bare start');
  await menu(page)
    .getByRole('button', { name: /^Internal API.*With .*Database.*Docker/ })
    .click();
  await composer.expectCode('v1/shop/cache,database.postgres,docker,observability');
  await composer.button('Presets').click();
  await menu(page)
    .getByRole('button', { name: /^Internal API/ })
    .click();
  await expect(composer.toast).toContainText('Internal API is what stands on the graph already.');
});

test('by keyboard alone: open, walk, close with Escape, and choose; the focus comes back', async ({
  composer,
  page,
}) => {
  await composer.open();
  const button = composer.button('Presets');
  await button.focus();
  await page.keyboard.press('Enter');
  const items = menu(page).getByRole('button');
  await expect(items.first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(items.nth(1)).toBeFocused();
  await page.keyboard.press('End');
  await expect(items.last()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(items.first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(menu(page)).toHaveCount(0);
  await expect(button).toBeFocused();
  await expect(button).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Enter');
  // The browser opens it a moment after the key.
  await expect(items.first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await composer.expectList(...SAAS);
  await expect(button).toBeFocused();
  await expect(page.locator('[aria-live=polite][role=status]')).toContainText(
    'Opened the preset SaaS with organisations.',
  );
  await page.keyboard.press('Control+z');
  await composer.expectList(...BARE);
});

for (const [size, viewport] of [
  ['wide', { width: 1440, height: 900 }],
  ['390 px', { width: 390, height: 844 }],
] as const) {
  test.describe(size, () => {
    test.use({ viewport, hasTouch: size !== 'wide', isMobile: size !== 'wide' });
    test('every preset of the menu can be reached', async ({ composer, page }) => {
      await composer.open();
      await composer.button('Presets').click();
      const last = menu(page).getByRole('button').last();
      await last.scrollIntoViewIfNeeded();
      await expect(last).toBeInViewport();
      await last.click();
      await expect.poll(() => composer.list()).toContain('Kubernetes, chosen');
      await expect(menu(page)).toHaveCount(0);
    });
  });
}
