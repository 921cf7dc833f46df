import { expect, test } from './composer.ts';

test('undo and redo name their step, by button and by key', async ({ composer, page }) => {
  await composer.open();
  await expect(composer.button('Undo')).toHaveAttribute('aria-disabled', 'true');
  await composer.button('Add Auth').click();
  await composer.button('Undo').hover();
  await expect(page.locator('.tip')).toHaveText('Undo: added Auth');
  await composer.button('Undo').click();
  await composer.expectList('Backend, always', 'Frontend, always');
  await composer.expectCode('v1/my-app/');
  await composer.graph.click({ position: { x: 30, y: 30 } });
  await page.keyboard.press('Control+Shift+z');
  await composer.expectList('Auth, chosen', 'Backend, always', 'Database, added', 'Frontend, always');
  await page.keyboard.press('Control+z');
  await composer.expectList('Backend, always', 'Frontend, always');
});

test('typing keeps its own undo: the shortcut is not taken in a field', async ({ composer, page }) => {
  await composer.open();
  await composer.button('Add Auth').click();
  await composer.name.focus();
  await page.keyboard.press('Control+z');
  await composer.expectCode('v1/my-app/auth');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a name typed letter by letter is one step', async ({ composer }) => {
  await composer.open();
  await composer.name.press('End');
  await composer.name.pressSequentially('lication', { delay: 20 });
  await composer.expectCode('v1/my-application/');
  await composer.button('Undo').click();
  await composer.expectCode('v1/my-app/');
  await expect(composer.button('Undo')).toHaveAttribute('aria-disabled', 'true');
});

test('the shortcuts are listed under the question mark', async ({ composer, page }) => {
  await composer.open();
  await composer.graph.click({ position: { x: 30, y: 30 } });
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await composer.expectAccessible('the shortcuts');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
