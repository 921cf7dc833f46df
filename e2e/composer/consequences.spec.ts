/** What a click would do shows on the graph and in words, before it. */
import { expect, test } from './composer.ts';

const WITH_AUTH = 'v1/my-app/auth';

test('pointed at, Remove dims what goes, in the list and in the inspector', async ({ composer, page }) => {
  await composer.open(WITH_AUTH);
  await composer.button('Remove Auth').hover();
  await expect(page.locator('.tip')).toContainText('also removes Database');
  for (const gone of ['Auth', 'Database']) await expect(composer.node(gone)).toHaveClass(/leaving/);
  await expect(composer.node('Backend')).not.toHaveClass(/leaving/);
  await expect(page.locator('.react-flow__edge.leaving')).toHaveCount(4);
  await composer.name.hover();
  await expect(page.locator('.leaving')).toHaveCount(0);
  await composer.node('Auth').click();
  const remove = composer.inspector.getByRole('button', { name: 'Remove', exact: true });
  await expect(remove).toHaveAccessibleDescription(/also removes Database/);
  await remove.hover();
  await expect(composer.node('Database')).toHaveClass(/leaving/);
});

test('of what others need, all that would go together dims; nothing lingers after the click and its undo', async ({
  composer,
  page,
}) => {
  await composer.open(WITH_AUTH);
  await composer.button('Remove Database').focus();
  await expect(composer.button('Remove Database')).toHaveAccessibleDescription(/Together they go: Database and Auth/);
  await page.keyboard.press('Tab');
  await composer.button('Remove Auth').hover();
  await expect(composer.node('Auth')).toHaveClass(/leaving/);
  await composer.button('Remove Auth').click();
  await composer.button('Undo').click();
  await expect(composer.node('Auth')).toBeVisible();
  await expect(page.locator('.leaving')).toHaveCount(0);
});

test('pointed at or focused, a module of the palette shows dashed what it would bring', async ({ composer, page }) => {
  await composer.open();
  await composer.button('Add Auth').hover();
  await expect(page.locator('.coming')).toHaveText(['Database', 'Auth']);
  expect(await page.locator('.coming-edges path').count()).toBeGreaterThan(1);
  // The view makes room for it.
  const pane = await page.locator('.canvas').boundingBox();
  const isInside = async (): Promise<boolean> => {
    const boxes = await Promise.all((await page.locator('.coming').all()).map((ghost) => ghost.boundingBox()));
    return boxes.every((box) => box && pane && box.y + box.height <= pane.y + pane.height);
  };
  await expect.poll(isInside).toBe(true);
  await composer.name.hover();
  await expect(page.locator('.coming')).toHaveCount(0);
  await composer.modules.getByRole('searchbox').focus();
  await page.keyboard.type('auth');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('.coming')).toHaveCount(2);
  await expect(composer.button('Add Auth')).toHaveAccessibleDescription(/Brings along Database/);
  await page.keyboard.press('Enter');
  await expect(page.locator('.coming')).toHaveCount(0);
  await composer.expectList('Auth, chosen', 'Backend, always', 'Database, added', 'Frontend, always');
});

test('repairs are ranked, show what they would change before they do, and are one step', async ({ composer, page }) => {
  await composer.open('v1/shop/auth.cache,+cache.memory');
  const repairs = composer.problems.getByRole('list').getByRole('button');
  await expect(repairs).toHaveText([
    'Set Cache’s Where values are kept back to its default',
    'Set Cache’s Where values are kept to Redis',
    'Set Auth’s Limits in Redis back to its default',
  ]);
  await repairs.last().hover();
  await expect(composer.node('Cache')).toHaveClass(/leaving/);
  await expect(page.locator('.tip')).toContainText('Removes');
  await repairs.last().focus();
  await page.keyboard.press('Enter');
  await expect(composer.problems).toHaveCount(0);
  await expect(composer.node('Cache')).toHaveCount(0);
  await composer.button('Undo').hover();
  await expect(page.locator('.tip')).toHaveText(/^Undo: repaired: set Auth’s Limits in Redis/);
});

test('pointed at, an option of the inspector shows what it would bring or take; what is set shows nothing', async ({
  composer,
  page,
}) => {
  await composer.open('v1/my-app/cache');
  await composer.node('Cache').click();
  const value = (name: string) => composer.inspector.locator('.choice-value').filter({ hasText: name });
  await value('Memory').hover();
  await expect(composer.node('Redis')).toHaveClass(/leaving/);
  await value('One cache for all processes').hover();
  await expect(page.locator('.leaving')).toHaveCount(0);
  await value('Memory').click();
  await expect(composer.node('Redis')).toHaveCount(0);
  await expect(page.locator('.leaving, .coming')).toHaveCount(0);
  await composer.inspector.getByRole('button', { name: /back to default$/ }).hover();
  await expect(page.locator('.coming')).toHaveText(['Redis']);
  await composer.name.hover();
  await expect(page.locator('.coming')).toHaveCount(0);
});

test('focused, a link of the inspector shows the edge and all it brings, and its way back', async ({
  composer,
  page,
}) => {
  await composer.open(WITH_AUTH);
  await composer.selected.getByRole('button', { name: /^Auth/ }).focus();
  await page.keyboard.press('Enter');
  const link = composer.inspector.getByRole('switch', { name: /^Limits in Redis/ });
  for (let tabs = 0; tabs < 100 && !(await link.evaluate((element) => element.matches(':focus'))); tabs += 1)
    await page.keyboard.press('Tab');
  await expect(page.locator('.coming')).toHaveText(['Redis', 'Cache']);
  await page.keyboard.press('Space');
  await expect(composer.node('Cache')).toBeVisible();
  await expect(page.locator('.coming')).toHaveCount(0);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await expect(link).toBeFocused();
  for (const gone of ['Cache', 'Redis']) await expect(composer.node(gone)).toHaveClass(/leaving/);
});
