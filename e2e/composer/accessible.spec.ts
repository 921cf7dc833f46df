import { expect, test } from './composer.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [size, viewport] of [
    ['wide', { width: 1440, height: 900 }],
    ['narrow', { width: 390, height: 844 }],
  ] as const) {
    test.describe(`${size}, ${colorScheme}`, () => {
      test.use({ colorScheme, viewport });
      test('axe finds nothing in any state of a journey', async ({ composer, page }) => {
        test.slow();
        await composer.open();
        await composer.expectAccessible('starter');
        await composer.button('Add Auth').click();
        await page.waitForTimeout(500);
        await composer.expectAccessible('with Auth');
        if (size === 'narrow') await composer.button('Inspector').click();
        await composer.inspector.getByRole('radio', { name: /PostgreSQL/ }).check();
        await composer.expectAccessible('configured');
        for (const tab of ['Diagram', 'Files', 'Command'] as const) {
          await composer.tab(tab).click();
          if (tab === 'Diagram')
            await expect(page.getByRole('img', { name: /^Diagram/ })).toBeVisible({ timeout: 20_000 });
          await composer.expectAccessible(tab);
        }
        if (size === 'narrow') await composer.button('Modules').click();
        await composer.button('Add Payments').press('Enter');
        await page.waitForTimeout(300);
        await composer.expectAccessible('a planned module inspected');
      });
    });
  }
}

test('the theme can be switched against the system, and is remembered', async ({ composer, page }) => {
  await composer.open();
  const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await composer.button('Theme').click();
  await composer.button('Theme').click();
  await expect.poll(ground).not.toBe(light);
  await composer.expectAccessible('dark by choice');
  await page.waitForTimeout(300);
  await page.reload();
  await expect.poll(ground).not.toBe(light);
});
