/** An edge is drawn or taken away, and an option follows. */
import type { Page } from '@playwright/test';
import { type Composer, expect, test } from './composer.ts';

const SCHEDULED = 'v1/shop/scheduler';

async function middle(composer: Composer, title: string): Promise<{ x: number; y: number }> {
  const box = await composer.node(title).boundingBox();
  if (!box) throw new Error(`no node ${title}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function drawFrom(page: Page, composer: Composer, title: string): Promise<void> {
  await composer.node(title).hover();
  const box = await composer.button(`Connect ${title}`).boundingBox();
  if (!box) throw new Error('no handle');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 40, box.y + 40, { steps: 3 });
}

test('drawing an edge sets the link, and its switch shows it; deleting the edge unsets it', async ({
  composer,
  page,
}) => {
  await composer.open('v1/shop/database,scheduler');
  await drawFrom(page, composer, 'Scheduler');
  await expect(composer.graph).toContainText('What shall Scheduler use?');
  await expect(composer.node('Database')).toHaveClass(/takes/);
  await expect(composer.node('Frontend')).toHaveClass(/refuses/);
  const to = await middle(composer, 'Database');
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await expect(page.locator('.reason.takes')).toContainText('Runs in the database');
  await page.mouse.up();
  await composer.expectCode('v1/shop/database,scheduler.database');
  await composer.node('Scheduler').click();
  const on = composer.inspector.getByRole('switch', { name: /^Runs in the database/ });
  await expect(on).toBeChecked();

  const edge = page.getByRole('group', { name: /^Scheduler uses Database: it notes there/ });
  await edge.focus();
  await page.keyboard.press('Enter');
  await expect(composer.inspector.getByRole('heading', { name: 'Scheduler uses Database' })).toBeVisible();
  await expect(on).toBeChecked();
  await edge.focus();
  await page.keyboard.press('Delete');
  await composer.expectCode('v1/shop/database,scheduler');
  await expect(composer.node('Scheduler')).toBeFocused();
  await composer.button('Undo').hover();
  await expect(page.locator('.tip')).toHaveText('Undo: disconnected Scheduler from Database');
});

test('dropped where there is no link, the edge is refused with the reason at the target', async ({
  composer,
  page,
}) => {
  await composer.open('v1/shop/database,scheduler');
  await drawFrom(page, composer, 'Scheduler');
  const to = await middle(composer, 'Frontend');
  await page.mouse.move(to.x, to.y, { steps: 4 });
  const why = 'Scheduler cannot be connected to Frontend, only to Database or Worker.';
  await expect(page.locator('.reason.refuses')).toHaveText(why);
  await page.mouse.up();
  await composer.expectCode('v1/shop/database,scheduler');
  await expect(composer.toast).toContainText(why);
  await expect(page.locator('.connect-bar')).toHaveCount(0);
});

test('a target that is not there yet is offered, and comes with what it needs', async ({ composer, page }) => {
  await composer.open(SCHEDULED);
  await drawFrom(page, composer, 'Scheduler');
  const ghost = await page.getByRole('button', { name: 'Connect to Worker' }).boundingBox();
  if (!ghost) throw new Error('no place for Worker');
  await page.mouse.move(ghost.x + ghost.width / 2, ghost.y + ghost.height / 2, { steps: 4 });
  await expect(page.locator('.reason.takes')).toContainText('Adds');
  await page.mouse.up();
  await composer.expectCode('v1/shop/scheduler.worker');
  await expect(composer.node('Worker')).toBeVisible();
  await expect(composer.toast).toContainText(/Connected Scheduler to Worker\. Also added .*Worker/);
});

test('by keyboard: Enter on the handle, Enter on the other node; Escape stops', async ({ composer, page }) => {
  await composer.open('v1/shop/database,scheduler');
  await composer.node('Scheduler').focus();
  await page.keyboard.press('Tab');
  await expect(composer.button('Connect Scheduler')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('[aria-live=polite]').last()).toContainText('It can go to Database or Worker.');
  await composer.node('Database').focus();
  await expect(composer.node('Database')).toHaveAttribute('aria-description', /Connect to Database/);
  await page.keyboard.press('Escape');
  await expect(page.locator('.connect-bar')).toHaveCount(0);
  await expect(composer.node('Scheduler')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await composer.node('Database').focus();
  await page.keyboard.press('Enter');
  await composer.expectCode('v1/shop/database,scheduler.database');
});

test('an edge that is no link says why it stays and what would help', async ({ composer, page }) => {
  await composer.open('v1/shop/auth');
  await page.getByRole('group', { name: /^Auth requires Database/ }).focus();
  await page.keyboard.press('Enter');
  await expect(composer.inspector).toContainText('Auth cannot do without Database');
  await expect(composer.button('Disconnect Auth from Database')).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('group', { name: /^Auth requires Database/ }).focus();
  await page.keyboard.press('Delete');
  await expect(composer.toast).toContainText('Remove Auth, and the edge goes with it.');
  await composer.expectCode('v1/shop/auth');
});

test('“Connect to…” lists every target with what it would do', async ({ composer, page }) => {
  await composer.open(SCHEDULED);
  await composer.node('Scheduler').click();
  await composer.button('Connect to…').click();
  const dialog = page.getByRole('dialog', { name: 'Connect Scheduler to…' });
  await expect(dialog.getByRole('button', { name: /^Worker Jobs as tasks.*Adds .*Worker/ })).toBeVisible();
  await dialog.getByRole('button', { name: /^Database/ }).click();
  await composer.expectCode('v1/shop/scheduler.database');
});

test.describe('by touch at 390 px', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
  test('the handle is tapped, then the target', async ({ composer }) => {
    await composer.open('v1/shop/database,scheduler');
    await composer.node('Scheduler').tap();
    await composer.button('Connect Scheduler').tap();
    await composer.node('Database').tap();
    await composer.expectCode('v1/shop/database,scheduler.database');
  });
});

test('an edge that is being drawn goes with the module it begins at', async ({ composer, page }) => {
  await composer.open('v1/shop/dashboard');
  await composer.node('Dashboard').hover();
  await composer.button('Connect Dashboard').click();
  await expect(page.locator('.connect-bar')).toBeVisible();
  await composer.button('Remove Dashboard').click();
  await expect(page.locator('.connect-bar')).toHaveCount(0);
  await expect(page.locator('.coming')).toHaveCount(0);
  await composer.expectCode('v1/shop/');
});

test('Escape stops an edge from anywhere, and Delete in its midst deletes', async ({ composer, page }) => {
  await composer.open('v1/shop/database,scheduler');
  const begin = async (): Promise<void> => {
    await composer.node('Scheduler').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(page.locator('.connect-bar')).toBeVisible();
  };
  await begin();
  await composer.button('Add Cache').focus();
  await page.keyboard.press('Escape');
  await expect(page.locator('.connect-bar')).toHaveCount(0);
  await expect(composer.node('Scheduler')).toBeFocused();
  await begin();
  await composer.node('Database').focus();
  await page.keyboard.press('Delete');
  await expect(page.locator('.connect-bar')).toHaveCount(0);
  await composer.expectCode('v1/shop/scheduler');
});

test('while an edge is drawn, the tools of the view take no drop', async ({ composer, page }) => {
  await page.setViewportSize({ width: 1024, height: 700 });
  await composer.open('v1/shop/scheduler');
  await composer.node('Scheduler').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.locator('.connect-bar')).toBeVisible();
  const tools = await page.locator('.canvas-tools').boundingBox();
  if (!tools) throw new Error('no tools');
  const hit = await page.evaluate(
    ([x, y]) => document.elementFromPoint(x ?? 0, y ?? 0)?.closest('.canvas-tools') !== null,
    [tools.x + 20, tools.y + 20],
  );
  expect(hit).toBe(false);
});
