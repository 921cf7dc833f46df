/** Several nodes at once: what shows as selected is what the keys are about. */
import type { Page } from '@playwright/test';
import { type Composer, expect, test } from './composer.ts';

async function centre(composer: Composer, title: string): Promise<{ x: number; y: number }> {
  const box = await composer.node(title).boundingBox();
  if (!box) throw new Error(`no node ${title}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function box(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.keyboard.down('Shift');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
}

test.use({ viewport: { width: 1440, height: 900 } });

test('a click with Shift held takes the keys along', async ({ composer, page }) => {
  await composer.open('v1/my-app/auth,cache,scheduler');
  await composer.node('Auth').click();
  await composer.node('Scheduler').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Delete');
  await composer.expectCode('v1/my-app/auth,cache');
});

test('Delete takes all that is selected, in one step, and nothing that another needs', async ({ composer, page }) => {
  await composer.open('v1/my-app/auth,cache,scheduler');
  await composer.node('Cache').click();
  await composer.node('Scheduler').click({ modifiers: ['ControlOrMeta'] });
  await page.keyboard.press('Delete');
  await composer.expectCode('v1/my-app/auth');
  await page.keyboard.press('ControlOrMeta+z');
  await composer.expectCode('v1/my-app/auth,cache,scheduler');

  await composer.node('Cache').click();
  await composer.node('Database').click({ modifiers: ['ControlOrMeta'] });
  await page.keyboard.press('Delete');
  await expect(composer.toast).toContainText('Database stays, because Auth needs it.');
  await composer.expectCode('v1/my-app/auth,cache,scheduler');
});

test('a box selects nodes, time and again; they move and go together', async ({ composer, page }) => {
  await composer.open('v1/my-app/auth,cache,scheduler');
  const pane = await composer.graph.locator('.react-flow__pane').boundingBox();
  if (!pane) throw new Error('no pane');
  const selected = composer.graph.locator('.react-flow__node.selected');
  const corner = { x: pane.x + pane.width - 4, y: pane.y + pane.height - 4 };
  for (let time = 0; time < 2; time += 1) {
    await box(page, { x: pane.x + 4, y: pane.y + 4 }, corner);
    await expect(selected).toHaveCount((await composer.list()).length);
  }
  const before = await centre(composer, 'Cache');
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await centre(composer, 'Cache')).x).toBeGreaterThan(before.x);
  await page.keyboard.press('Delete');
  await composer.expectList('Backend, always', 'Frontend, always');
  await page.keyboard.press('ControlOrMeta+z');
  await composer.expectCode('v1/my-app/auth,cache,scheduler');
});
