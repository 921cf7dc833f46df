import { expect, test } from './composer.ts';

test('the first visit shows the starter, with every name that people and tests rely on', async ({ composer, page }) => {
  await composer.open();
  for (const region of [composer.modules, composer.graph, composer.inspector]) await expect(region).toBeVisible();
  await composer.expectList('Backend, always', 'Frontend, always');
  await expect(composer.name).toHaveValue('my-app');
  for (const tab of ['Diagram', 'Files', 'Command'] as const) await expect(composer.tab(tab)).toBeVisible();
  for (const name of ['Undo', 'Redo', 'Copy link', 'Download zip', 'Add Auth', 'Add Database'])
    await expect(composer.button(name)).toBeVisible();
  await composer.expectCode('v1/my-app/');
  await expect(page).toHaveTitle('Stackwright');
});

test('nothing heavy is in the first load', async ({ composer, page }) => {
  const scripts: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script' && !scripts.includes('loaded')) scripts.push(request.url());
  });
  page.once('load', () => scripts.push('loaded'));
  await composer.open();
  const first = scripts.slice(0, scripts.indexOf('loaded')).join(' ');
  for (const heavy of ['mermaid', 'dagre', 'zip', 'FilesPane', 'DiagramPane', 'engine'])
    expect(first).not.toContain(`/${heavy}`);
  await page.waitForTimeout(800);
  expect(scripts.join(' ')).not.toMatch(/mermaid|\/zip-/);
});

test('planned modules are listed, focusable, and say why they cannot be added', async ({ composer }) => {
  await composer.open();
  const planned = composer.button('Add Payments');
  await planned.focus();
  await expect(planned).toBeFocused();
  await expect(planned).toHaveAttribute('aria-disabled', 'true');
  await expect(planned).toHaveAttribute('aria-description', /planned/);
  await planned.press('Enter');
  await composer.expectList('Backend, always', 'Frontend, always');
  await expect(composer.inspector).toContainText('cannot be added yet');
});

test('the palette finds by title and by what a module does', async ({ composer, page }) => {
  await composer.open();
  const find = composer.modules.getByRole('searchbox', { name: 'Find a module' });
  await find.fill('alembic');
  await expect(composer.modules.getByRole('button')).toHaveCount(1);
  await expect(composer.button('Add Database')).toBeVisible();
  await find.fill('nothing of the kind');
  await expect(composer.modules).toContainText('No module matches');
  await find.fill('');
  await page.locator('body').click({ position: { x: 600, y: 4 } });
  await page.keyboard.press('/');
  await expect(find).toBeFocused();
});

test('before the click, an addition says what it brings along', async ({ composer, page }) => {
  await composer.open();
  await composer.button('Add Auth').hover();
  await expect(page.locator('.tip')).toHaveText('Brings along Database.');
});

test('the three results follow the selection', async ({ composer, page }) => {
  await composer.open();
  await composer.button('Add Auth').click();
  await composer.tab('Command').click();
  await expect(page.getByRole('tabpanel')).toContainText('stackwright init my-app --services auth');
  await composer.tab('Diagram').click();
  await expect(page.getByRole('region', { name: 'Mermaid text' })).toContainText('m_auth --> m_database');
  const picture = page.getByRole('img', { name: /^Diagram: Architecture/ });
  await expect(picture).toBeVisible({ timeout: 20_000 });
  expect(
    await picture.evaluate(
      (image: HTMLImageElement) =>
        image.complete && image.naturalWidth > 100 && Number(image.getAttribute('width')) > 100,
    ),
  ).toBe(true);
  const [saved] = await Promise.all([page.waitForEvent('download'), composer.button('Save SVG').click()]);
  expect(saved.suggestedFilename()).toBe('my-app-architecture.svg');
  expect(await composer.file('README.md')).toContain('# my-app');
});

test('a message that was dismissed under the pointer does not hold the next one', async ({ composer, page }) => {
  await page.clock.install();
  await composer.open();
  await composer.button('Add Auth').click();
  await composer.button('Dismiss').click();
  await expect(composer.toast).toHaveCount(0);
  await composer.button('Undo').click();
  await composer.button('Add Auth').click();
  await expect(composer.toast).toBeVisible();
  await page.clock.fastForward(8000);
  await expect(composer.toast).toHaveCount(0);
});

test('a message goes by itself, but not from somebody who is on the way to it by keys', async ({ composer, page }) => {
  await page.clock.install();
  await composer.open();
  await composer.button('Add Auth').click();
  await expect(composer.toast).toBeVisible();
  for (const step of ['one', 'two', 'three']) {
    await page.keyboard.press('Tab');
    await page.clock.fastForward(4000);
    await expect(composer.toast, `after step ${step}`).toBeVisible();
  }
  await page.clock.fastForward(8000);
  await expect(composer.toast).toHaveCount(0);
});

test('the words of an empty lane can be read at 1280 × 720', async ({ composer, page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await composer.open();
  const size = await composer.graph.locator('.lane-empty').evaluate((element) => {
    const { a: zoom } = new DOMMatrixReadOnly(
      getComputedStyle(document.querySelector('.react-flow__viewport') as Element).transform,
    );
    return Number.parseFloat(getComputedStyle(element).fontSize) * zoom;
  });
  expect(size).toBeGreaterThan(11.4);
});
