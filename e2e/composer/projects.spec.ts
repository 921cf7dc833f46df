/** The menu beside the name: other projects. */
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
  expect(stored.map((key) => key.replace('stackwright/project/', ''))).toEqual(['shop', 'shopping']);
  expect(await page.evaluate(() => localStorage.getItem('stackwright/project/shop'))).toContain('v1/shop/auth');
});
