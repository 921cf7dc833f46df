/** The guard can fail: each of these is a journey that must. */
import { expect, test } from './composer.ts';

test.describe('a journey fails', () => {
  test.fail('when something is written to the console', async ({ page, composer }) => {
    await composer.open();
    await page.evaluate(() => console.warn('something is not as it should be'));
  });

  test.fail('when the policy is violated', async ({ page, composer }) => {
    await composer.open();
    await page.evaluate(() =>
      document.body.append(Object.assign(document.createElement('style'), { textContent: 'a{}' })),
    );
  });

  test.fail('when somebody else is asked for something, in whatever window', async ({ browser }) => {
    const page = await (await browser.newContext()).newPage();
    await page.goto('http://third.invalid/').catch(() => undefined);
    await page.context().close();
  });

  test.fail(
    'when what it sees for the first time has no name, though it asks nobody to look',
    async ({ page, composer }) => {
      await composer.open();
      await page.evaluate(() => {
        document.querySelector('main')?.append(document.createElement('button'));
        // Nothing else of the page has it, so that nobody has seen it before.
        document.querySelector('h1')?.setAttribute('aria-current', 'location');
      });
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    },
  );
});
