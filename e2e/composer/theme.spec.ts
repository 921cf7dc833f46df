/** Light and dark. What is accessible is looked at in every journey: `states.ts`. */
import { expect, test } from './composer.ts';

test('the theme can be switched against the system, and is remembered', async ({ composer, page }) => {
  await composer.open();
  const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await composer.button('Theme').click();
  await composer.button('Theme').click();
  await expect.poll(ground).not.toBe(light);
  await page.waitForTimeout(300);
  await page.reload();
  await expect.poll(ground).not.toBe(light);
});

test('in forced colours what is on, chosen or lit has a line of its own', async ({ composer, page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await composer.open('v1/shop/auth.cache');
  await composer.node('Auth').click();
  const lined = (selector: string): Promise<boolean> =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).outlineStyle !== 'none');
  expect(await lined('.results-tabs [aria-selected=true]')).toBe(true);
  expect(await lined('.results-tabs [aria-selected=false]')).toBe(false);
  expect(await lined('.card.picked')).toBe(true);
  expect(await lined('.selected-name[aria-pressed=true]')).toBe(true);
  const boxes = composer.inspector.getByRole('switch');
  expect(await boxes.first().evaluate((box) => getComputedStyle(box).appearance)).not.toBe('none');
});
