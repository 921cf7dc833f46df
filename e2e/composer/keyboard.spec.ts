import { expect, test } from './composer.ts';

test('the whole way by keyboard: find, add, configure, move, remove, undo', async ({ composer, page }) => {
  await composer.open();
  await page.keyboard.press('/');
  await page.keyboard.type('auth');
  await page.keyboard.press('ArrowDown');
  await expect(composer.button('Add Auth')).toBeFocused();
  await page.keyboard.press('Enter');
  await composer.expectList('Auth, chosen', 'Backend, always', 'Database, added', 'Frontend, always');

  await composer.node('Auth').focus();
  await page.keyboard.press('Enter');
  await expect(composer.inspector.getByRole('heading', { name: 'Auth' })).toBeVisible();
  const before = await composer.node('Auth').evaluate((node) => (node as HTMLElement).style.transform);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect
    .poll(() => composer.node('Auth').evaluate((node) => (node as HTMLElement).style.transform))
    .not.toBe(before);
  await page.keyboard.press('Control+z');
  await expect.poll(() => composer.node('Auth').evaluate((node) => (node as HTMLElement).style.transform)).toBe(before);

  await composer.inspector.getByRole('radio', { name: /Any/ }).focus();
  await page.keyboard.press('ArrowDown');
  await composer.expectCode('v1/my-app/auth.sqlite');

  await composer.node('Auth').focus();
  await page.keyboard.press('Delete');
  await composer.expectList('Backend, always', 'Frontend, always');
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.tagName), 'focus stays after a removal')
    .not.toBe('BODY');
  await page.keyboard.press('Control+z');
  await composer.expectList('Auth, chosen', 'Backend, always', 'Database, added', 'Frontend, always');
});

test('removing from the list keeps the focus in the list', async ({ composer, page }) => {
  await composer.open('v1/my-app/auth');
  await composer.button('Remove Auth').focus();
  await page.keyboard.press('Enter');
  await composer.expectList('Backend, always', 'Frontend, always');
  await expect(composer.selected.getByRole('button').first()).toBeFocused();
});

test('Tab goes through the whole page and out of it: there is no trap', async ({ composer, page }) => {
  await composer.open('v1/my-app/auth');
  await page.waitForTimeout(800);
  const seen: string[] = [];
  for (let press = 0; press < 160; press += 1) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => {
      const active = document.activeElement;
      if (!active || active === document.body) return 'out';
      const visible = (active as HTMLElement).matches(':focus-visible');
      return `${visible ? '' : 'INVISIBLE '}${active.getAttribute('aria-label') ?? active.textContent?.slice(0, 40) ?? active.tagName}`;
    });
    if (name === 'out' && seen.length > 10) break;
    seen.push(name);
  }
  expect(seen.length).toBeLessThan(150);
  expect(seen.filter((name) => name.startsWith('INVISIBLE'))).toEqual([]);
  const order = [
    'Skip to the graph',
    'Project name',
    'Undo',
    'Download zip',
    'Find a module',
    'Add Auth',
    'Remove Auth',
    'Files',
  ];
  const at = order.map((name) => seen.indexOf(name));
  expect(at, seen.join(' | ')).toEqual([...at].sort((a, b) => a - b));
  expect(at.includes(-1), seen.join(' | ')).toBe(false);
});

test('the file tree and the tabs follow the arrow keys', async ({ composer, page }) => {
  await composer.open();
  await composer.tab('Files').focus();
  await page.keyboard.press('ArrowRight');
  await expect(composer.tab('Changes')).toBeFocused();
  await page.keyboard.press('Home');
  await expect(composer.tab('Diagram')).toHaveAttribute('aria-selected', 'true');
  await composer.tab('Files').click();
  const tree = page.getByRole('tree', { name: 'Files of the project' });
  await tree.locator('[tabindex="0"]').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(page.locator('.file-path')).not.toHaveText('README.md');
});

test('what happens is announced', async ({ composer, page }) => {
  await composer.open();
  await composer.button('Add Auth').click();
  await expect(page.locator('[aria-live=polite][role=status]')).toContainText('Added Auth. Also added Database.');
  await composer.button('Undo').click();
  await expect(page.locator('[aria-live=polite][role=status]')).toContainText('Undid: added Auth.');
});

test('one tip at a time: what is pointed at takes the place of what has the focus', async ({ composer, page }) => {
  await composer.open();
  const tip = page.locator('.tip');
  await page.keyboard.press('Tab');
  await composer.button('Undo').focus();
  await expect(tip).toHaveText('Nothing to undo');
  await composer.button('Theme').hover();
  await expect(tip).toHaveText(['Theme: as the system']);
});
