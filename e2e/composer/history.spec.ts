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
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('all steps are listed by name; choosing one goes there at once, also after a reload', async ({
  composer,
  page,
}) => {
  await composer.open();
  await expect(composer.button('All steps')).toHaveAttribute('aria-disabled', 'true');
  await composer.button('Add Auth').click();
  await composer.name.press('End');
  await composer.name.pressSequentially('lication');
  await composer.button('Add Cache').click();
  await composer.button('Undo').click();
  const menu = page.getByRole('menu', { name: 'Steps, the newest first' });
  const listed = ['Added Cache', 'Renamed the project to my-application', 'Added Auth', 'The beginning'];
  const expectListed = async (present: string): Promise<void> => {
    await expect(menu.getByRole('menuitemradio').locator('.menu-text > span')).toHaveText(listed);
    await expect(menu.getByRole('menuitemradio', { checked: true })).toContainText(present);
  };
  await composer.button('All steps').click();
  await expectListed('Renamed the project');
  await menu.getByRole('menuitemradio', { name: /^The beginning/ }).click();
  await composer.expectCode('v1/my-app/');
  await page.waitForTimeout(300);

  await page.reload();
  await composer.button('All steps').focus();
  await page.keyboard.press('Enter');
  await expectListed('The beginning');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await composer.expectCode('v1/my-application/auth,cache');
  await expect(composer.button('All steps')).toBeFocused();
});

test('a drag is a step, however soon after the other', async ({ composer, page }) => {
  await composer.open('v1/my-app/auth');
  for (const by of [40, -30]) {
    const box = await composer.node('Database').boundingBox();
    if (!box) throw new Error('no node');
    await page.mouse.move(box.x + 40, box.y + 30);
    await page.mouse.down();
    await page.mouse.move(box.x + 40 + by, box.y + 60, { steps: 4 });
    await page.mouse.up();
  }
  await composer.button('All steps').click();
  await expect(page.getByRole('menuitemradio')).toHaveCount(3);
});

test('a drag is one step: no key undoes another in the midst of it', async ({ composer, page }) => {
  await composer.open('v1/shop/docker');
  await composer.button('Add Auth').click();
  const box = await composer.node('Database').boundingBox();
  if (!box) throw new Error('no node');
  await page.mouse.move(box.x + 20, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x, box.y + 40, { steps: 4 });
  await expect(page.locator('.react-flow__node.dragging')).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await page.mouse.move(box.x - 20, box.y + 60, { steps: 2 });
  await page.mouse.up();
  await composer.expectCode('v1/shop/auth,docker');
  await page.keyboard.press('Control+z');
  await expect
    .poll(async () => Math.round((await composer.node('Database').boundingBox())?.x ?? 0))
    .toBe(Math.round(box.x));
  await composer.expectCode('v1/shop/auth,docker');
  await page.keyboard.press('Control+z');
  await composer.expectCode('v1/shop/docker');
  await composer.button('Redo').click();
  await composer.expectCode('v1/shop/auth,docker');
});

test('Take back takes back what it stands beside, however often it is clicked', async ({ composer }) => {
  await composer.open('v1/shop/docker');
  await composer.button('Add Ingress').click();
  await composer.button('Add Auth').click();
  await expect(composer.toast).toContainText('Added Auth');
  await composer.button('Take back').evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });
  await composer.expectCode('v1/shop/docker,ingress');
});

test('a page that is reloaded in the very moment of a change has the change', async ({ composer, page }) => {
  await composer.open('v1/shop/auth');
  await page.evaluate(() => {
    document.querySelector<HTMLElement>('[aria-label="Add Cache"]')?.click();
    location.reload();
  });
  await composer.expectCode('v1/shop/auth,cache');
  await composer.button('Undo').click();
  await composer.expectCode('v1/shop/auth');
});
