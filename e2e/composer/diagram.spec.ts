/** The picture of a diagram: seen whole, moved, zoomed, and taken along. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './composer.ts';

const CODE = 'v1/shop/auth.org.oauth,cache,worker';
const frame = (page: Page): Locator => page.getByRole('region', { name: 'Picture of the diagram' });
const picture = (page: Page): Locator => page.getByRole('img', { name: /^Diagram/ });

async function drawn(page: Page): Promise<void> {
  await expect(picture(page)).toBeVisible({ timeout: 20_000 });
}
/** The picture's box; by `within` whether all of it is seen. */
async function boxes(page: Page) {
  const [outer, inner] = [await frame(page).boundingBox(), await picture(page).boundingBox()];
  if (!outer || !inner) throw new Error('nothing is drawn');
  const within =
    inner.x >= outer.x - 1 &&
    inner.y >= outer.y - 1 &&
    inner.x + inner.width <= outer.x + outer.width + 1 &&
    inner.y + inner.height <= outer.y + outer.height + 1;
  return { outer, inner, within };
}
const width = async (page: Page): Promise<number> => Math.round((await boxes(page)).inner.width);
const left = async (page: Page): Promise<number> => Math.round((await boxes(page)).inner.x);

test('it is seen whole at first; wheel, drag, buttons and keys move it, and fit brings it back', async ({
  composer,
  page,
}) => {
  await composer.open(CODE);
  await composer.tab('Diagram').click();
  await drawn(page);
  await expect.poll(async () => (await boxes(page)).within).toBe(true);
  const whole = await width(page);
  const { outer } = await boxes(page);
  const middle = { x: outer.x + outer.width / 2, y: outer.y + outer.height / 2 };

  await composer.button('Zoom in on the diagram').click();
  await expect.poll(() => width(page)).toBe(Math.round(whole * 1.25));
  await composer.button('Zoom out of the diagram').click();
  await expect.poll(() => width(page)).toBe(whole);
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.wheel(0, -200);
  await expect.poll(() => width(page)).toBeGreaterThan(whole);

  const before = await left(page);
  await page.mouse.down();
  await page.mouse.move(middle.x + 80, middle.y + 10, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => left(page)).toBe(before + 80);
  await composer.button('Show the whole diagram').click();
  await expect.poll(async () => (await boxes(page)).within).toBe(true);

  await frame(page).focus();
  await page.keyboard.press('+');
  await expect.poll(() => width(page)).toBeGreaterThan(whole);
  const here = await left(page);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => left(page)).toBeLessThan(here);
  await page.keyboard.press('0');
  await expect.poll(() => width(page)).toBe(whole);
});

test('which one is kept while another tab is looked at', async ({ composer, page }) => {
  await composer.open(CODE);
  await composer.tab('Diagram').click();
  const which = page.getByRole('combobox', { name: 'Which diagram' });
  await which.selectOption('requirements');
  await composer.tab('Files').click();
  await composer.tab('Diagram').click();
  await expect(which).toHaveValue('requirements');
  await expect(page.getByRole('region', { name: 'Mermaid text' })).toContainText('flowchart LR');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test('every diagram is drawn, and saved as a PNG of twice its size', async ({ composer, page }) => {
      test.slow();
      await composer.open(CODE);
      await composer.tab('Diagram').click();
      const which = page.getByRole('combobox', { name: 'Which diagram' });
      await expect.poll(() => which.locator('option').count()).toBeGreaterThan(5);
      const all = await which
        .locator('option')
        .evaluateAll((options) => options.map((o) => (o as HTMLOptionElement).value));
      // In the dark only what differs: the text of a flowchart, and the colours of a sequence.
      for (const id of colorScheme === 'light' ? all : all.slice(0, 3)) {
        await which.selectOption(id);
        const title = await which.locator('option:checked').textContent();
        await expect(page.getByRole('img', { name: `Diagram: ${title}.` })).toBeVisible({ timeout: 20_000 });
        await page.waitForTimeout(300);
        await expect(composer.button('Save PNG')).not.toHaveAttribute('aria-disabled');
        const [saved] = await Promise.all([page.waitForEvent('download'), composer.button('Save PNG').click()]);
        expect(saved.suggestedFilename()).toBe(`shop-${id}.png`);
        const png = readFileSync(await saved.path());
        expect(png.subarray(1, 4).toString()).toBe('PNG');
        const natural = await picture(page).evaluate((image: HTMLImageElement) => [image.width, image.height]);
        const margins = 2 * 16;
        expect([png.readUInt32BE(16), png.readUInt32BE(20)], id).toEqual(natural.map((side) => 2 * (side + margins)));
      }
    });

    test.describe('by touch at 390 px', () => {
      test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
      test('the picture comes first, two fingers zoom it, and the text is behind a switch', async ({
        composer,
        page,
      }) => {
        await composer.open(CODE);
        await composer.tab('Diagram').tap();
        await drawn(page);
        const words = page.getByRole('region', { name: 'Mermaid text' });
        await expect(words).toBeHidden();
        await expect.poll(async () => (await boxes(page)).within).toBe(true);
        const { outer, inner } = await boxes(page);
        const [x, y] = [outer.x + outer.width / 2, outer.y + outer.height / 2];
        const touch = await page.context().newCDPSession(page);
        const fingers = (apart: number) => [
          { x: x - apart, y, id: 0 },
          { x: x + apart, y, id: 1 },
        ];
        await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: fingers(30) });
        for (const apart of [40, 60, 90])
          await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: fingers(apart) });
        await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
        await expect.poll(() => width(page)).toBe(Math.round(inner.width * 3));
        await composer.button('Show the text').tap();
        await expect(words).toContainText('flowchart TB');
        await composer.button('Hide the text').tap();
        await expect(words).toBeHidden();
        await composer.button('Show the whole diagram').tap();
        await expect.poll(async () => (await boxes(page)).within).toBe(true);
      });
    });
  });
}
