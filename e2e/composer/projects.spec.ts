/** The menu beside the name: other projects. */
import type { Page } from '@playwright/test';
import { expect, test } from './composer.ts';

test('a new project, a copy, and back to one of the last', async ({ composer, page }) => {
  await composer.open('v1/shop/auth,cache');
  await page.waitForTimeout(400);
  const menu = page.getByRole('menu', { name: 'Projects' });
  const pick = async (name: string | RegExp): Promise<void> => {
    await composer.button('Projects').click();
    await menu.getByRole('menuitem', { name }).click();
    await expect(menu).toHaveCount(0);
  };
  await pick('Duplicate this project');
  await composer.expectCode('v1/shop-2/auth,cache');
  await composer.button('Remove Auth').click();
  await pick('New project');
  await composer.expectCode('v1/my-app/');
  await composer.name.fill('till');
  await composer.button('Add Scheduler').click();
  await page.waitForTimeout(400);

  await composer.button('Projects').focus();
  await page.keyboard.press('Enter');
  await expect(menu.getByRole('menuitem')).toHaveText([
    'New project',
    'Duplicate this project',
    'shop-2Cache',
    'shopAuth and Cache',
  ]);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await composer.expectCode('v1/shop/auth,cache');
  await composer.button('Undo').hover();
  await expect(page.locator('.tip').filter({ hasText: 'Undo' })).toHaveText('Undo: opened shop');
  await composer.button('Undo').click();
  await composer.expectCode('v1/till/scheduler');
});

test('a name on the way to another is no project, and takes nobody’s place', async ({ composer, page }) => {
  await composer.open('v1/shop/auth');
  await page.waitForTimeout(400);
  await page.goto('about:blank');
  await composer.open('v1/sho/cache');
  await composer.name.press('End');
  await composer.name.pressSequentially('pping', { delay: 350 });
  await composer.name.press('Tab');
  await page.waitForTimeout(400);
  const stored = await page.evaluate(() =>
    Object.keys(localStorage)
      .filter((key) => key.includes('/project/'))
      .sort(),
  );
  // What its link opened is one as soon as it has stood for a moment.
  const names = stored.map((key) => key.replace('stackwright/project/', '')).filter((name) => name !== 'sho');
  expect(names).toEqual(['shop', 'shopping']);
  expect(await page.evaluate(() => localStorage.getItem('stackwright/project/shop'))).toContain('v1/shop/auth');
});

/** The code that stands under a name. */
const under = (page: Page, name: string): Promise<unknown> =>
  page.evaluate((key) => JSON.parse(localStorage.getItem(key) ?? '{}').code, `stackwright/project/${name}`);

test('starting over, another name and a link take no other project’s place', async ({ composer, page }) => {
  await composer.open('v1/my-app/auth,cache');
  await composer.button('Add Scheduler').click();
  await composer.button('Projects').click();
  await page.getByRole('menuitem', { name: 'New project' }).click();
  await composer.expectCode('v1/my-app-2/');
  await composer.button('Add Database').click();
  await composer.graph.click({ position: { x: 30, y: 30 } });
  await composer.button('Start over').click();
  await composer.expectCode('v1/my-app-2/');
  await composer.button('Undo').click();
  await composer.expectCode('v1/my-app-2/database');

  await composer.name.fill('my-app');
  await expect(composer.name).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('.name-rule')).toContainText('my-app is another of your projects');
  await expect(composer.live).toContainText('my-app is another of your projects');
  await expect(composer.button('Download zip')).toHaveAttribute('aria-disabled', 'true');
  await composer.button('Take my-app-3').click();
  await composer.expectCode('v1/my-app-3/database');
  await page.waitForTimeout(600);
  expect(await under(page, 'my-app')).toBe('v1/my-app/auth,cache,scheduler');

  // Only come to, and left again.
  for (const link of ['hello', 'v1/my-app/', 'v1/my-app/ingress']) {
    await page.goto('about:blank');
    await composer.open(link);
    await page.waitForTimeout(600);
    await page.goto('about:blank');
    await composer.open('v1/till/cache');
    expect(await under(page, 'my-app')).toBe('v1/my-app/auth,cache,scheduler');
  }
  await page.evaluate(() => {
    location.hash = '#v1/my-app/ingress';
  });
  await composer.expectCode('v1/my-app/ingress');
  await page.waitForTimeout(600);
  expect(await under(page, 'my-app')).toBe('v1/my-app/auth,cache,scheduler');
  // Who works on it has it: the last writer wins.
  await composer.button('Add Cache').click();
  await expect.poll(() => under(page, 'my-app')).toBe('v1/my-app/cache,ingress');
});

test('a name that is typed is said once, when it is there', async ({ composer, page }) => {
  await composer.open('v1/shop/auth');
  await composer.name.press('End');
  await composer.name.pressSequentially('ping', { delay: 30 });
  await expect(composer.live).not.toContainText('Renamed');
  await page.keyboard.press('Tab');
  await expect(composer.live).toContainText('Renamed the project to shopping.');
  await expect(composer.toast).toHaveCount(0);
});
