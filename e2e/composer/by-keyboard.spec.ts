/** Everything by keys alone: nothing here clicks, or puts the focus anywhere. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { type Composer, expect, test } from './composer.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const BARE = ['Backend, always', 'Frontend, always'];
const WITH_AUTH = ['Auth, chosen', 'Backend, always', 'Database, added', 'Frontend, always'];
/** More stops than the page has. */
const STOPS = 160;

const press = async (page: Page, ...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

/** Tab after Tab until it has the focus: forwards, or back where it stands before what has it. */
async function reach(target: Locator): Promise<void> {
  await expect(target).toBeAttached();
  for (let stop = 0; stop < STOPS; stop += 1) {
    const way = await target.evaluate((element) => {
      const here = document.activeElement;
      if (here === element) return undefined;
      const isBehind =
        here !== null && (element.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
      return isBehind && here !== document.body ? 'Shift+Tab' : 'Tab';
    });
    if (way === undefined) return;
    await target.page().keyboard.press(way);
  }
  throw new Error(`no Tab leads to ${target}`);
}

/** To where it is, and Enter. */
async function enter(target: Locator): Promise<void> {
  await reach(target);
  await press(target.page(), 'Enter');
}

const place = (composer: Composer, title: string): Promise<string> =>
  composer.node(title).evaluate((node) => (node as HTMLElement).style.transform);
const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

test('a module is found, shown before it comes, added, configured, moved, and removed', async ({ composer, page }) => {
  await composer.open('v1/shop/');
  await press(page, '/');
  await expect(composer.modules.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('payments');
  await press(page, 'ArrowDown', 'Enter');
  await expect(composer.inspector).toContainText('cannot be added yet');
  await press(page, '/');
  await expect(composer.modules.getByRole('searchbox')).toBeFocused();
  await press(page, 'ControlOrMeta+a');
  await page.keyboard.type('auth');
  await press(page, 'ArrowDown');
  await expect(page.locator('.coming')).toHaveText(['Database', 'Auth']);
  await press(page, 'Enter');
  await composer.expectList(...WITH_AUTH);

  await enter(composer.node('Auth'));
  await expect(composer.inspector.getByRole('heading', { name: 'Auth' })).toBeVisible();
  const before = await place(composer, 'Auth');
  await press(page, 'ArrowLeft', 'ArrowLeft');
  await expect.poll(() => place(composer, 'Auth')).not.toBe(before);
  await press(page, 'ControlOrMeta+z');
  await expect.poll(() => place(composer, 'Auth')).toBe(before);
  await reach(composer.inspector.getByRole('radio', { name: /Any/ }));
  await press(page, 'ArrowDown');
  await composer.expectCode('v1/shop/auth.sqlite');
  await enter(composer.inspector.getByRole('button', { name: /^Set .* back to default$/ }).first());
  await composer.expectCode('v1/shop/auth');

  await reach(composer.button('Remove Database'));
  await expect(composer.node('Auth')).toHaveClass(/leaving/);
  await press(page, 'Enter');
  await expect(page.getByRole('dialog', { name: 'Remove Database?' })).toBeVisible();
  await enter(composer.button('Remove Database and Auth'));
  await composer.expectList(...BARE);
  await press(page, 'ControlOrMeta+z');
  await composer.expectList(...WITH_AUTH);

  await reach(composer.node('Auth'));
  await press(page, 'Shift+F10');
  const menu = page.getByRole('menu', { name: 'Auth' });
  await expect(menu).toBeVisible();
  await press(page, 'Escape');
  await expect(menu).toHaveCount(0);
  await expect(composer.node('Auth')).toBeFocused();
  await press(page, 'Shift+F10', 'End', 'Enter');
  await composer.expectList(...BARE);
  await press(page, 'ControlOrMeta+z', 'ControlOrMeta+Shift+z');
  await composer.expectList(...BARE);
});

test('an edge is drawn, seen as an option, and taken away; its steps and projects are in menus', async ({
  composer,
  page,
}) => {
  await composer.open('v1/shop/database,scheduler');
  const handle = async (title: string): Promise<void> => {
    await reach(composer.node(title));
    await press(page, 'Tab');
    await expect(composer.button(`Connect ${title}`)).toBeFocused();
    await press(page, 'Enter');
  };
  await handle('Scheduler');
  await expect(page.locator('.connect-bar')).toBeVisible();
  await enter(composer.node('Frontend'));
  await expect(composer.toast).toContainText('Scheduler cannot be connected to Frontend');
  // Another may be chosen at once.
  await enter(composer.node('Database'));
  await composer.expectCode('v1/shop/database,scheduler.database');
  const edge = page.getByRole('group', { name: /^Scheduler uses Database/ });
  await enter(edge);
  await expect(composer.inspector.getByRole('heading', { name: 'Scheduler uses Database' })).toBeVisible();
  await reach(composer.inspector.getByRole('switch', { name: /^Runs in the database/ }));
  await press(page, 'Space');
  await composer.expectCode('v1/shop/database,scheduler.no-database');
  await press(page, 'ControlOrMeta+z');
  await reach(edge);
  await press(page, 'Delete');
  await composer.expectCode('v1/shop/database,scheduler');
  await enter(composer.node('Scheduler'));
  await enter(composer.button('Connect to…'));
  await enter(page.getByRole('dialog').getByRole('button', { name: /^Worker/ }));
  await composer.expectCode('v1/shop/database,scheduler.worker');

  await enter(composer.button('All steps'));
  await expect(page.getByRole('menu', { name: 'Steps, the newest first' })).toBeVisible();
  await press(page, 'End', 'Enter');
  await composer.expectCode('v1/shop/database,scheduler');
  await enter(composer.button('Projects'));
  await expect(page.getByRole('menu', { name: 'Projects' })).toBeVisible();
  await press(page, 'ArrowDown', 'Enter');
  await composer.expectCode('v1/shop-2/database,scheduler');
  await reach(composer.name);
  await press(page, 'ControlOrMeta+a');
  await page.keyboard.type('My App');
  await enter(composer.button('Take my-app'));
  await composer.expectCode('v1/my-app/database,scheduler');
  await enter(composer.button('Theme'));
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
});

test('a problem is explained, repaired and undone; a preset is opened; notices and messages go', async ({
  composer,
  page,
}) => {
  await composer.open('v1/shop/auth.cache,+cache.memory,nosuch');
  await enter(composer.button('Download zip'));
  await expect(composer.toast).toContainText('One problem has to be settled before the download.');
  await enter(composer.button('Dismiss'));
  await expect(composer.toast).toHaveCount(0);
  await enter(composer.button('Dismiss notices'));
  await expect(composer.notices).toHaveCount(0);
  await reach(composer.problems.getByRole('list').getByRole('button').last());
  await expect(composer.node('Cache')).toHaveClass(/leaving/);
  await press(page, 'Enter');
  await expect(composer.problems).toHaveCount(0);
  await press(page, 'ControlOrMeta+z');
  await expect(composer.problems).toBeVisible();
  await enter(composer.button('Presets'));
  const presets = page.getByRole('list', { name: 'Presets' }).getByRole('button');
  await expect(presets.first()).toBeFocused();
  await press(page, 'ArrowDown', 'ArrowDown', 'Enter');
  await composer.expectCode('v1/shop/cache,database.postgres,docker,observability');
});

test('diagram, files, their lines, changes and command are read and taken along', async ({ composer, page }) => {
  await composer.open('v1/shop/auth,+database.postgres');
  const tab = page.getByRole('tab', { selected: true });
  await reach(tab);
  await press(page, 'Home');
  const picture = page.getByRole('img', { name: /^Diagram/ });
  await expect(picture).toBeVisible();
  const which = page.getByRole('combobox', { name: 'Which diagram' });
  await reach(which);
  await press(page, 'ArrowDown');
  await expect(which).toHaveValue('requirements');
  await expect(picture).toBeVisible();
  await reach(page.getByRole('region', { name: 'Picture of the diagram' }));
  const width = async (): Promise<number> => Math.round((await picture.boundingBox())?.width ?? 0);
  const whole = await width();
  await press(page, '+');
  await expect.poll(width).toBeGreaterThan(whole);
  await reach(composer.button('Save SVG'));
  const [svg] = await Promise.all([page.waitForEvent('download'), press(page, 'Enter')]);
  expect(svg.suggestedFilename()).toBe('shop-requirements.svg');

  await reach(tab);
  await press(page, 'ArrowRight');
  await reach(page.getByRole('combobox', { name: 'Search in names and texts' }));
  await page.keyboard.type('class AuthSettings');
  await expect(page.getByRole('listbox', { name: 'Found' }).getByRole('option')).toHaveCount(2);
  await press(page, 'ArrowDown', 'ArrowDown', 'Enter');
  await expect(page.locator('.line[aria-current]')).toContainText('class AuthSettings');
  await press(page, 'Escape');
  await reach(page.getByRole('region', { name: /^Text of .*settings\.py$/ }));
  await press(page, 'Home', 'ArrowDown');
  await expect(page.locator('.line-source').getByRole('status')).toContainText(/^Line 2/);
  await enter(composer.button('Copy link to this line'));
  await expect.poll(() => clipboard(page)).toMatch(/settings\.py:2$/);
  await enter(page.locator('.line-source').getByRole('button').first());
  await expect(composer.inspector).toBeFocused();

  await reach(tab);
  await press(page, 'ArrowRight');
  const base = page.getByRole('combobox', { name: 'Compare with' });
  await reach(base);
  await press(page, 'ArrowDown');
  await expect(base).not.toHaveValue('nothing');
  await enter(composer.button('Side by side'));
  const changed = page.getByRole('tree', { name: 'Changed files' });
  await reach(changed.locator('[tabindex="0"]'));
  await press(page, 'End', 'Enter');
  await expect(changed.getByRole('treeitem').last()).toHaveAttribute('aria-selected', 'true');
  await reach(composer.button('Save the patch'));
  const [patch] = await Promise.all([page.waitForEvent('download'), press(page, 'Enter')]);
  expect(readFileSync(await patch.path(), 'utf8')).toMatch(/^diff --git /);

  await reach(tab);
  await press(page, 'ArrowRight');
  await expect(page.getByRole('tabpanel')).toContainText('stackwright init shop --services auth');
});

test('a project is opened, shared and downloaded; the lists of keys and commands are at hand', async ({
  composer,
  page,
}) => {
  await composer.open();
  await press(page, '?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await press(page, 'Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await press(page, 'ControlOrMeta+k');
  await expect(page.getByRole('combobox', { name: 'What shall be done?' })).toBeFocused();
  await page.keyboard.type('open a project');
  await press(page, 'Enter');
  const dialog = page.getByRole('dialog', { name: 'Open a project' });
  const field = page.getByRole('textbox', { name: /^Or paste/ });
  await reach(field);
  await page.keyboard.type('nothing of the kind');
  await enter(dialog.getByRole('button', { name: 'Open', exact: true }));
  await expect(page.getByRole('alert')).toContainText('There is no link');
  await reach(field);
  await press(page, 'ControlOrMeta+a');
  await page.keyboard.type('v1/shop/auth');
  await enter(dialog.getByRole('button', { name: 'Open', exact: true }));
  await composer.expectList(...WITH_AUTH);

  await enter(composer.button('Copy link'));
  await expect.poll(() => clipboard(page)).toMatch(/#v1\/shop\/auth\/\d{8}-[0-9a-f]{8}-[0-9a-f]{8}$/);
  await enter(composer.button('Share'));
  await enter(composer.button('Copy the Markdown of the badge'));
  await expect.poll(() => clipboard(page)).toContain('[![Made with Stackwright]');
  await press(page, 'Escape');
  await expect(composer.button('Share')).toBeFocused();
  const [zip] = await Promise.all([page.waitForEvent('download'), press(page, 'ControlOrMeta+s')]);
  expect(zip.suggestedFilename()).toBe('shop.zip');
  await enter(composer.button('Copy the commands'));
  await expect.poll(() => clipboard(page)).toContain('uv sync');
  await press(page, 'Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
