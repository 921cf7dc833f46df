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
