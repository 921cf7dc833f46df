import type { Page } from '@playwright/test';
import { encode } from 'uqr';
import { expect, test } from './composer.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

/** What a reader of the code on the screen would see: whether each module is dark. */
async function shown(page: Page): Promise<boolean[][]> {
  const code = page.getByRole('img', { name: 'QR code of the link' });
  return code.locator('path').evaluate((path) => {
    const shape = path as SVGPathElement;
    const size = (shape.ownerSVGElement as SVGSVGElement).viewBox.baseVal.width;
    const at = (x: number, y: number): boolean => shape.isPointInFill(new DOMPoint(x + 0.5, y + 0.5));
    return Array.from({ length: size }, (_, y) => Array.from({ length: size }, (__, x) => at(x, y)));
  });
}

test('the dialog has the link, its QR code, a badge, the command and the hash, each to be copied', async ({
  composer,
  page,
}) => {
  await composer.open('v1/shop/auth.postgres');
  const figure = page.locator('.results-sum code');
  await expect(figure).toBeVisible();
  const hash8 = (await figure.textContent()) ?? '';
  await composer.button('Share').click();
  const dialog = page.getByRole('dialog', { name: 'Share shop' });
  await expect(dialog).toBeVisible();

  await composer.button('Copy the link').click();
  await expect(composer.button('Copied the link')).toBeFocused();
  await expect(dialog.getByRole('status').filter({ hasText: 'Copied the link.' })).toHaveCount(1);
  const link = await clipboard(page);
  expect(link).toMatch(new RegExp(`#v1/shop/auth\\.postgres/\\d{8}-[0-9a-f]{8}-${hash8}$`));
  expect(await shown(page)).toEqual(encode(link, { ecc: 'M', border: 4 }).data);

  await composer.button('Copy the QR code as SVG').click();
  await expect.poll(() => clipboard(page)).toMatch(/^<svg [^>]*viewBox/);
  await composer.button('Copy the Markdown of the badge').click();
  const origin = new URL(page.url()).origin;
  await expect.poll(() => clipboard(page)).toBe(`[![Made with Stackwright](${origin}/badge.svg)](${link})`);
  const badge = dialog.getByRole('img', { name: 'Made with Stackwright' });
  expect(await badge.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(100);
  await composer.button('Copy the command').click();
  await expect.poll(() => clipboard(page)).toBe('stackwright init shop --services auth.postgres');
  await composer.button('Copy the project hash').click();
  await expect.poll(() => clipboard(page)).toMatch(new RegExp(`^${hash8}[0-9a-f]{56}$`));
});

test('by keyboard alone, and a project with a problem is shared without command and hash', async ({
  composer,
  page,
}) => {
  await composer.open('v1/shop/auth.postgres,+database.sqlite');
  await composer.button('Copy link').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Share shop' });
  await expect(dialog).toContainText('There is a command as soon as the problem above the graph is settled');
  await expect(composer.button('Copy the command')).toHaveCount(0);
  await expect(composer.button('Copy the project hash')).toHaveCount(0);
  await page.keyboard.press('Tab');
  await expect(composer.button('Copy the link')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(() => clipboard(page)).toMatch(/#v1\/shop\/auth\.postgres,\+database\.sqlite$/);
  await page.keyboard.press('Escape');
  await expect(composer.button('Share')).toBeFocused();
});

test.describe('by touch at 390 px, in the dark', () => {
  test.use({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    deviceScaleFactor: 2,
    colorScheme: 'dark',
  });
  test('the code fits the screen and stays dark on light', async ({ composer, page }) => {
    await composer.open('v1/shop/auth');
    await composer.button('More').tap();
    await composer.button('Share').tap();
    const code = page.getByRole('img', { name: 'QR code of the link' });
    await expect(code).toBeVisible();
    await expect(composer.button('Copy the project hash')).toBeVisible();
    expect(await code.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe('rgb(255, 255, 255)');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
});
