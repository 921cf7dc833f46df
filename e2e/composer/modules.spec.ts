import { expect, test } from './composer.ts';

const STARTER = ['Backend, always', 'Frontend, always'];
const WITH_AUTH = ['Auth, chosen', 'Backend, always', 'Database, added', 'Frontend, always'];

test('dragging by mouse drops the node where it is let go, and what it needs appears with its reason', async ({
  composer,
  page,
}) => {
  await composer.open();
  const from = await composer.button('Add Auth').boundingBox();
  const lane = await composer.graph.locator('.lane.kind-service').boundingBox();
  if (!from || !lane) throw new Error('nothing to drag');
  const at = { x: lane.x + 160, y: lane.y + 80 };
  await page.mouse.move(from.x + 60, from.y + 12);
  await page.mouse.down();
  await page.mouse.move(from.x + 120, from.y + 40, { steps: 4 });
  await expect(page.locator('.ghost')).toHaveText('Auth');
  await page.mouse.move(at.x, at.y, { steps: 8 });
  await expect(composer.graph.locator('.lane.kind-service')).toHaveClass(/over/);
  await page.mouse.up();
  await composer.expectList(...WITH_AUTH);
  await expect(page.locator('.ghost')).toHaveCount(0);
  const node = await composer.node('Auth').boundingBox();
  expect(Math.abs((node?.x ?? 0) + (node?.width ?? 0) / 2 - at.x)).toBeLessThan(4);
  await expect(composer.toast).toContainText('Added Auth. Also added Database.');
  await composer.expectCode('v1/my-app/auth');

  const edge = page.getByRole('group', { name: /^Auth requires Database: users, sessions/ });
  await edge.focus();
  await expect(page.locator('.reason')).toContainText('users, sessions and refresh tokens are stored there');
});

test('a drag let go elsewhere, or stopped with Escape, adds nothing', async ({ composer, page }) => {
  await composer.open();
  const from = await composer.button('Add Auth').boundingBox();
  if (!from) throw new Error('nothing to drag');
  await page.mouse.move(from.x + 60, from.y + 12);
  await page.mouse.down();
  await page.mouse.move(1300, 500, { steps: 6 });
  await page.mouse.up();
  await composer.expectList(...STARTER);
  await page.mouse.move(from.x + 60, from.y + 12);
  await page.mouse.down();
  await page.mouse.move(700, 300, { steps: 6 });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await composer.expectList(...STARTER);
});

test('removing a choice takes along what only it needed, and says so before the click', async ({ composer, page }) => {
  await composer.open('v1/my-app/auth');
  await composer.expectList(...WITH_AUTH);
  await composer.node('Auth').click();
  await expect(composer.inspector).toContainText('Removing Auth also removes Database, which nothing else needs.');
  await composer.button('Remove Auth').click();
  await composer.expectList(...STARTER);
  await expect(composer.toast).toContainText('Removed Auth. Also removed Database.');
  await composer.button('Take back').click();
  await composer.expectList(...WITH_AUTH);
  await expect(page.getByRole('button', { name: 'Redo', exact: true })).not.toHaveAttribute('aria-disabled');
});

test('a choice is never removed on the way', async ({ composer }) => {
  await composer.open('v1/my-app/auth,database');
  await composer.button('Remove Auth').click();
  await composer.expectList('Backend, always', 'Database, chosen', 'Frontend, always');
});

test('removing what is needed shows who needs it: remove both, or keep', async ({ composer, page }) => {
  await composer.open('v1/my-app/auth');
  await composer.button('Remove Database').click();
  const dialog = page.getByRole('dialog', { name: 'Remove Database?' });
  await expect(dialog).toContainText('Auth needs Database.');
  await composer.button('Keep Database').click();
  await composer.expectList(...WITH_AUTH);
  await composer.button('Remove Database').click();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await composer.button('Remove Database').click();
  await composer.button('Remove Database and Auth').click();
  await composer.expectList(...STARTER);
});

test('of a module both chosen and needed, the choice alone can be removed', async ({ composer }) => {
  await composer.open('v1/my-app/auth,database');
  await composer.button('Remove Database').click();
  await composer.button('Remove the choice only').click();
  await composer.expectList(...WITH_AUTH);
  await composer.expectCode('v1/my-app/auth');
});

test('adding what was added makes it a choice', async ({ composer }) => {
  await composer.open('v1/my-app/auth');
  await composer.button('Add Database').click();
  await composer.expectList('Auth, chosen', 'Backend, always', 'Database, chosen', 'Frontend, always');
});

test('no node moves when another comes', async ({ composer }) => {
  await composer.open();
  const before = await composer.node('Backend').evaluate((node) => (node as HTMLElement).style.transform);
  await composer.button('Add Auth').click();
  await composer.expectList(...WITH_AUTH);
  expect(await composer.node('Backend').evaluate((node) => (node as HTMLElement).style.transform)).toBe(before);
});

test('Tidy lays the nodes out anew, as one step that can be undone', async ({ composer, page }) => {
  await composer.open();
  await composer.button('Add Auth').click();
  await composer.expectList(...WITH_AUTH);
  const places = () =>
    composer.graph
      .locator('.react-flow__node')
      .evaluateAll((nodes) => nodes.map((node) => (node as HTMLElement).style.transform));
  const before = await places();
  await composer.button('Tidy').click();
  await expect.poll(places).not.toEqual(before);
  await composer.button('Undo').hover();
  await expect(page.locator('.tip')).toHaveText('Undo: tidied the graph');
  await composer.button('Undo').click();
  await expect.poll(places).toEqual(before);
});

test('a node stays in the lane of its kind', async ({ composer, page }) => {
  await composer.open('v1/my-app/auth');
  const box = await composer.node('Auth').boundingBox();
  const lane = await composer.graph.locator('.lane.kind-component').boundingBox();
  if (!box || !lane) throw new Error('no node');
  await page.mouse.move(box.x + 40, box.y + 30);
  await page.mouse.down();
  await page.mouse.move(box.x + 60, lane.y + 120, { steps: 8 });
  await page.mouse.up();
  await expect
    .poll(async () => ((await composer.node('Auth').boundingBox())?.y ?? 0) + box.height)
    .toBeLessThanOrEqual(lane.y);
});

test('what a module gives to draw is drawn: a sequence, as picture and as text', async ({ composer, page }) => {
  await composer.open('v1/my-app/auth');
  await composer.tab('Diagram').click();
  const which = page.getByRole('combobox', { name: 'Which diagram' });
  await which.selectOption({ label: 'Auth: rotation of the refresh token' });
  const drawn = page.getByRole('img', { name: 'Diagram: Auth: rotation of the refresh token' });
  await expect(drawn).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('region', { name: 'Mermaid text' })).toContainText('sequenceDiagram');
  await composer.button('Remove Auth').first().click();
  await expect(which).toHaveValue('architecture');
});

test('a brisk mouse drags as well, and a drag let go outside the page is over', async ({ composer, page }) => {
  await composer.open();
  const lane = await composer.graph.locator('.lane.kind-service').boundingBox();
  if (!lane) throw new Error('no lane');
  await composer.button('Add Auth').hover();
  await page.mouse.down();
  await page.mouse.move(lane.x + 300, lane.y + 60);
  await page.mouse.up();
  await composer.expectList('Auth, chosen', 'Backend, always', 'Database, added', 'Frontend, always');
  // As if the button had been let go where no page hears it.
  await composer.button('Add Cache').evaluate((row) => {
    const said = { bubbles: true, isPrimary: true, pointerType: 'mouse', pointerId: 1, clientX: 60, clientY: 400 };
    row.dispatchEvent(new PointerEvent('pointerdown', { ...said, button: 0, buttons: 1 }));
    row.dispatchEvent(new PointerEvent('pointermove', { ...said, clientX: 500, buttons: 0 }));
  });
  await expect(page.locator('.ghost')).toHaveCount(0);
});

test('what is always there, but was chosen as well, is no longer a choice when removed', async ({ composer }) => {
  await composer.open('v1/shop/auth,backend');
  await composer.button('Remove Backend').click();
  await composer.expectCode('v1/shop/auth');
  await expect(composer.button('Remove Backend')).toHaveCount(0);
  await composer.button('Undo').click();
  await composer.expectCode('v1/shop/auth,backend');
});
