/** Everything by a finger on a telephone. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { type Composer, expect, test } from './composer.ts';

test.use({
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
  permissions: ['clipboard-read', 'clipboard-write'],
});

const BARE = ['Backend, always', 'Frontend, always'];
const WITH_AUTH = ['Auth, chosen', 'Backend, always', 'Database, added', 'Frontend, always'];
const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
const fits = (page: Page): Promise<boolean> => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

/** Fingers put down and moved, each from its first point to its last. */
async function fingers(page: Page, ...ways: readonly (readonly { x: number; y: number }[])[]): Promise<void> {
  const touch = await page.context().newCDPSession(page);
  for (let step = 0; step < (ways[0]?.length ?? 0); step += 1) {
    const touchPoints = ways.map((way, id) => ({ ...(way[step] ?? { x: 0, y: 0 }), id }));
    await touch.send('Input.dispatchTouchEvent', { type: step === 0 ? 'touchStart' : 'touchMove', touchPoints });
  }
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

/** A tap on what says that it refuses; Playwright's own would wait until it does not. */
async function insist(target: Locator): Promise<void> {
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  if (!box) throw new Error('nothing to tap');
  await target.page().touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
}

async function middle(composer: Composer, title: string): Promise<{ x: number; y: number }> {
  const box = await composer.node(title).boundingBox();
  if (!box) throw new Error(`no node ${title}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test('presets, removal with its question, steps and projects', async ({ composer, page }) => {
  await composer.open();
  await page
    .getByRole('region', { name: 'Start from a preset' })
    .getByRole('button', { name: /^SaaS with organisations/ })
    .tap();
  await expect(composer.toast).toContainText('Opened the preset SaaS with organisations.');
  await composer.button('Take back').tap();
  await composer.expectList(...BARE);
  await insist(composer.button('Add Payments'));
  await expect(composer.inspector).toContainText('cannot be added yet');
  await composer.button('Modules').tap();
  await composer.button('Add Auth').tap();
  await composer.expectList(...WITH_AUTH);
  await composer.button('Remove Database').tap();
  await expect(page.getByRole('dialog', { name: 'Remove Database?' })).toContainText('Auth needs Database.');
  await composer.button('Keep Database').tap();
  await composer.button('Remove Database').tap();
  await composer.button('Remove Database and Auth').tap();
  await composer.expectList(...BARE);
  await composer.button('Undo').tap();
  await composer.expectList(...WITH_AUTH);
  await composer.button('Redo').tap();
  await composer.expectList(...BARE);
  await composer.button('More').tap();
  await composer.button('All steps').tap();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Added Auth/ })
    .tap();
  await composer.expectList(...WITH_AUTH);
  await composer.button('Projects').tap();
  await page.getByRole('menuitem', { name: 'Duplicate this project' }).tap();
  await composer.expectCode('v1/my-app-2/auth');
  await composer.button('Presets').tap();
  await page
    .getByRole('list', { name: 'Presets' })
    .getByRole('button', { name: /^Internal API/ })
    .tap();
  await composer.expectCode('v1/my-app-2/cache,database.postgres,docker,observability');
  expect(await fits(page)).toBe(true);
});

test('a problem says what would help, a name its rule, and each is a tap', async ({ composer, page }) => {
  await composer.open('v1/shop/auth.cache,+cache.memory,nosuch');
  await expect(composer.notices).toContainText('There is no module called “nosuch”');
  await composer.button('Dismiss notices').tap();
  await insist(composer.button('Download zip'));
  await expect(composer.toast).toContainText('One problem has to be settled before the download.');
  await composer.problems.getByRole('list').getByRole('button').last().tap();
  await expect(composer.problems).toHaveCount(0);
  await composer.name.tap();
  await composer.name.fill('My App');
  await expect(page.locator('.name-rule')).toContainText('A project name has 2 to 50');
  await composer.button('Take my-app').tap();
  await composer.expectCode('v1/my-app/auth,+cache.memory');
});

test('the graph: moved and zoomed with fingers, connected, refused, disconnected', async ({ composer, page }) => {
  await composer.open('v1/shop/database,scheduler');
  const place = (): Promise<string> =>
    composer.node('Database').evaluate((node) => (node as HTMLElement).style.transform);
  const before = await place();
  const { x, y } = await middle(composer, 'Database');
  await fingers(
    page,
    [0, 6, 14, 24].map((by) => ({ x: x + by, y: y + by / 2 })),
  );
  await expect.poll(place).not.toBe(before);
  await composer.button('Undo').tap();
  await expect.poll(place).toBe(before);

  await composer.node('Scheduler').tap();
  await composer.button('Connect Scheduler').tap();
  await expect(page.locator('.connect-bar')).toBeVisible();
  await composer.node('Frontend').tap();
  await expect(composer.toast).toContainText('Scheduler cannot be connected to Frontend');
  // Another may be chosen at once.
  await page.getByRole('button', { name: 'Connect to Worker' }).tap();
  await composer.expectCode('v1/shop/database,scheduler.worker');
  await composer.button('Undo').tap();
  // Still the one that is chosen.
  await composer.button('Connect Scheduler').tap();
  await composer.node('Database').tap();
  await composer.expectCode('v1/shop/database,scheduler.database');
  await composer.button('Inspector').tap();
  const on = composer.inspector.getByRole('switch', { name: /^Runs in the database/ });
  await expect(on).toBeChecked();
  await on.tap();
  await expect(on).not.toBeChecked();
  await composer.expectCode('v1/shop/database,scheduler.no-database');

  const zoom = (): Promise<number> =>
    page
      .locator('.react-flow__viewport')
      .evaluate((element) => new DOMMatrixReadOnly(getComputedStyle(element).transform).a);
  const fitted = await zoom();
  const pane = await page.locator('.canvas').boundingBox();
  if (!pane) throw new Error('no graph');
  const at = { x: pane.x + pane.width / 2, y: pane.y + pane.height - 20 };
  const apart = (sign: number) => [30, 40, 60].map((by) => ({ x: at.x + sign * by, y: at.y }));
  await fingers(page, apart(-1), apart(1));
  await expect.poll(zoom).toBeGreaterThan(fitted);
  await composer.button('Fit').tap();
  await expect.poll(zoom).toBeCloseTo(fitted, 2);
});

test('a comparison, its lines and its patch', async ({ composer, page }) => {
  await composer.open('v1/shop/auth');
  await composer.tab('Changes').tap();
  const files = page.getByRole('tree', { name: 'Changed files' });
  await files.getByRole('treeitem', { name: /^pyproject\.toml changed/ }).tap();
  const shown = page.getByRole('region', { name: 'Differences of pyproject.toml' });
  await expect(shown.locator('tr.added').first()).toBeVisible();
  await shown
    .getByRole('button', { name: /^Show \d+ lines/ })
    .first()
    .tap();
  await composer.button('Dependencies, settings and more').tap();
  await expect(page.getByRole('term').filter({ hasText: 'Dependencies' })).toBeVisible();
  const base = page.getByRole('combobox', { name: 'Compare with' });
  await base.selectOption('link');
  await page.getByRole('textbox', { name: 'Link or share code to compare with' }).fill('v1/shop/nosuch');
  await expect(page.getByRole('alert')).toContainText('There is no module called “nosuch”.');
  await base.selectOption({ label: 'On a small server' });
  await expect(files.getByRole('treeitem', { name: /^Dockerfile removed/ })).toBeVisible();
  const [saved] = await Promise.all([page.waitForEvent('download'), composer.button('Save the patch').tap()]);
  expect(readFileSync(await saved.path(), 'utf8')).toMatch(/^diff --git /);
  expect(await fits(page)).toBe(true);
});

test('what the bar has no room for: open, link, share, theme, keys; then the download', async ({ composer, page }) => {
  await composer.open();
  const more = async (name: string): Promise<void> => {
    await composer.button('More').tap();
    await page.getByRole('dialog', { name: 'More' }).getByRole('button', { name, exact: true }).tap();
  };
  await more('Open a project');
  const field = page.getByRole('textbox', { name: /^Or paste/ });
  await field.tap();
  await field.fill('nothing of the kind');
  const open = page.getByRole('dialog').getByRole('button', { name: 'Open', exact: true });
  await open.tap();
  await expect(page.getByRole('alert')).toContainText('There is no link');
  await field.fill('v1/shop/auth');
  await open.tap();
  await composer.expectCode('v1/shop/auth');
  await more('Copy link');
  await expect.poll(() => clipboard(page)).toMatch(/#v1\/shop\/auth\//);
  await more('Share');
  await composer.button('Copy the command').tap();
  await expect.poll(() => clipboard(page)).toBe('stackwright init shop --services auth');
  await composer.button('Close').tap();
  await more('Keyboard shortcuts');
  await composer.button('Close').tap();
  await more('Theme: as the system');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await composer.button('Close').tap();
  const [zip] = await Promise.all([page.waitForEvent('download'), composer.button('Download zip').tap()]);
  expect(zip.suggestedFilename()).toBe('shop.zip');
  await composer.button('Copy the commands').tap();
  await expect.poll(() => clipboard(page)).toContain('uv sync');
});
