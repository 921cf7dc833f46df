/** The command palette: everything that can be done, by a few letters. */
import { expect, test } from './composer.ts';

test('Ctrl K finds and does: add, configure, connect, and back', async ({ composer, page }) => {
  await composer.open('v1/shop/scheduler');
  const field = page.getByRole('combobox', { name: 'What shall be done?' });
  const active = page.getByRole('option', { selected: true });
  const act = async (typed: string, title: string): Promise<void> => {
    await page.keyboard.press('Control+k');
    await expect(field).toBeFocused();
    await page.keyboard.type(typed);
    await expect(active).toContainText(title);
    await page.keyboard.press('Enter');
    await expect(field).toHaveCount(0);
  };
  await act('add auth', 'Add Auth');
  await composer.expectCode('v1/shop/auth,scheduler');
  await act('auth roles', 'Set Auth’s Level to Roles');
  await composer.expectCode('v1/shop/auth.rbac,scheduler');
  await act('connect worker', 'Connect Scheduler to Worker');
  await composer.expectCode('v1/shop/auth.rbac,scheduler.worker');
  await act('step auth', 'Go to the step: added Auth');
  await composer.expectCode('v1/shop/auth,scheduler');
  await act('command', 'Show the command');
  await expect(composer.tab('Command')).toHaveAttribute('aria-selected', 'true');
});

test('what cannot be done is listed with its reason, and Enter does nothing', async ({ composer, page }) => {
  await composer.open();
  await composer.button('Commands').focus();
  await page.keyboard.press('Enter');
  // In the first second of a visit it may still be on its way.
  await expect(page.getByRole('combobox', { name: 'What shall be done?' })).toBeFocused();
  await page.keyboard.type('payments');
  const option = page.getByRole('option', { name: /^Add Payments/ });
  await expect(option).toHaveAttribute('aria-disabled', 'true');
  await expect(option).toContainText('planned');
  await page.keyboard.press('Enter');
  await expect(option).toBeVisible();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('nothing of the kind');
  await expect(page.getByRole('dialog')).toContainText('Nothing here does');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(composer.button('Commands')).toBeFocused();
  await composer.expectCode('v1/my-app/');
});

test('shortcuts are not taken from a field, and are those of the list', async ({ composer, page }) => {
  await composer.open();
  await composer.name.focus();
  for (const key of ['Control+k', '/', '?']) await page.keyboard.press(key);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await composer.name.press('Escape');
  // Below the rule of the name, which stands over the graph.
  await composer.graph.click({ position: { x: 20, y: 260 } });
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  for (const title of ['Commands', 'Undo', 'Redo', 'Find a module', 'Download zip'])
    await expect(dialog).toContainText(title);
});

test.describe('by touch at 390 px, dark', () => {
  test.use({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    deviceScaleFactor: 2,
    colorScheme: 'dark',
  });
  test('a button opens it, and a tap does', async ({ composer, page }) => {
    await composer.open();
    await composer.button('Commands').tap();
    await page.getByRole('combobox').fill('theme light');
    await page.getByRole('option', { name: 'Theme: light' }).tap();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  });
});
