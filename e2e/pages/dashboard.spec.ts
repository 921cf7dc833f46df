/** The dashboard: admins see it and it goes on by itself, and nobody else sees any of it. */
import { expect } from '@playwright/test';
import { button, fits, go, text } from './flet.ts';
import { test } from './house.ts';

test('an admin sees how all parts are, again and again, until they are no admin any more', async ({ page, house }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const ada = await house.enter(page);
  await go(page, '/dashboard');
  await expect(text(page, 'Your role does not permit this.')).toBeAttached();
  await expect(button(page, 'Dashboard')).toHaveCount(0);

  await house.giveRole(ada, 'admin');
  await go(page, '/app');
  await button(page, 'Dashboard').click();
  await expect(page).toHaveURL(/\/dashboard$/);
  await expect(text(page, /All is well/)).toBeAttached();
  await expect(text(page, /Live sessions/)).toBeAttached();
  await fits(page);
  const first = await text(page, /^As of/).textContent();
  await expect(text(page, /^As of/)).not.toHaveText(first ?? '');

  // All of the bar stands in one line where there is room.
  await page.setViewportSize({ width: 1280, height: 844 });
  const middle = async (name: string): Promise<number> => {
    const box = await button(page, name).boundingBox();
    return box ? Math.round(box.y + box.height / 2) : Number.NaN;
  };
  await expect
    .poll(async () => new Set(await Promise.all(['Users', 'Dashboard', 'Account', 'Sign out'].map(middle))).size)
    .toBe(1);

  await house.giveRole(ada, 'user');
  await expect(text(page, 'Your role does not permit this.')).toBeAttached();
  await expect(text(page, /Live sessions/)).toHaveCount(0);
});
