import { expect, test } from './composer.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });

const WITH_AUTH = ['Auth, chosen', 'Backend, always', 'Database, added', 'Frontend, always'];

test('by touch at 390 px: add, look, configure, read files, and nothing sticks out', async ({ composer, page }) => {
  await composer.open();
  await composer.button('Add Auth').tap();
  await composer.expectList(...WITH_AUTH);
  await composer.button('Inspector').tap();
  await composer.inspector.getByRole('radio', { name: /PostgreSQL/ }).tap();
  await composer.expectCode('v1/my-app/auth.postgres');
  await composer.tab('Files').tap();
  await expect(page.getByRole('region', { name: 'Text of README.md' })).toBeVisible();
  await composer.tab('Diagram').tap();
  await expect(page.getByRole('img', { name: /^Diagram/ })).toBeVisible({ timeout: 20_000 });
  await composer.tab('Command').tap();
  await expect(page.getByRole('tabpanel')).toContainText('--services auth.postgres');
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  const [started] = await Promise.all([page.waitForEvent('download'), composer.button('Download zip').tap()]);
  expect(started.suggestedFilename()).toBe('my-app.zip');
});

test('a finger drags from the grip at once, and from the row after a hold; otherwise the list scrolls', async ({
  composer,
  page,
}) => {
  await composer.open();
  const touch = await page.context().newCDPSession(page);
  const drag = async (from: { x: number; y: number }, to: { x: number; y: number }, hold: number): Promise<void> => {
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [from] });
    await page.waitForTimeout(hold);
    for (let step = 1; step <= 8; step += 1) {
      const point = { x: from.x + ((to.x - from.x) * step) / 8, y: from.y + ((to.y - from.y) * step) / 8 };
      await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [point] });
      await page.waitForTimeout(16);
    }
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  };
  /** What stands above it on the first visit goes with the first thing that is done. */
  const rowNow = async (): Promise<{ x: number; y: number }> => {
    await composer.button('Add Auth').scrollIntoViewIfNeeded();
    const box = await composer.button('Add Auth').boundingBox();
    if (!box) throw new Error('nothing to drag');
    return box;
  };
  const bodyNow = async () => rowNow().then(({ x, y }) => ({ x: x + 120, y: y + 24 }));
  const graph = await composer.graph.boundingBox();
  if (!graph) throw new Error('nothing to drop on');
  const target = { x: graph.x + 190, y: graph.y + 60 };

  const body = await bodyNow();
  const scrolled = (): Promise<number> => page.locator('.left').evaluate((left) => left.scrollTop);
  const before = await scrolled();
  await drag(body, { x: body.x, y: body.y - 120 }, 0);
  await expect.poll(scrolled).toBeGreaterThan(before + 60);
  await composer.expectList('Backend, always', 'Frontend, always');

  const row = await rowNow();
  await drag({ x: row.x + 18, y: row.y + 22 }, target, 0);
  await composer.expectList(...WITH_AUTH);
  await composer.button('Undo').tap();
  await composer.expectList('Backend, always', 'Frontend, always');
  await drag(await bodyNow(), target, 400);
  await composer.expectList(...WITH_AUTH);
});

test('every control is large enough for a finger', async ({ composer, page }) => {
  await composer.open('v1/my-app/auth');
  const small = await page.locator('button:visible, a:visible, input:visible').evaluateAll((elements) =>
    elements
      .filter((element) => !element.closest('.react-flow__attribution, .skip'))
      .map((element) => ({
        name: element.getAttribute('aria-label') ?? element.textContent,
        box: element.getBoundingClientRect(),
      }))
      .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 24))
      .map(({ name, box }) => `${name} ${box.width}x${box.height}`),
  );
  expect(small).toEqual([]);
});

test('a finger held on a node opens its menu, and the menu does what it says', async ({ composer, page }) => {
  await composer.open('v1/my-app/auth,scheduler');
  const touch = await page.context().newCDPSession(page);
  const hold = async (title: string): Promise<void> => {
    const box = await composer.node(title).boundingBox();
    if (!box) throw new Error(`no node ${title}`);
    const at = { x: box.x + box.width / 2, y: box.y + box.height / 3 };
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] });
    await expect(page.getByRole('menu', { name: title })).toBeVisible();
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  };
  await hold('Scheduler');
  await page.getByRole('menuitem', { name: 'Connect to…' }).tap();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Database/ })
    .tap();
  await composer.expectCode('v1/my-app/auth,scheduler.database');
  await hold('Auth');
  await page.getByRole('menuitem', { name: /^Remove Auth/ }).tap();
  await composer.expectCode('v1/my-app/scheduler.database');
});

test('a finger beside an open menu closes it and does nothing else; one that goes on after its hold drags the node', async ({
  composer,
  page,
}) => {
  await composer.open('v1/my-app/auth');
  const touch = await page.context().newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: { x: number; y: number }[]) =>
    touch.send('Input.dispatchTouchEvent', { type, touchPoints });
  const box = await composer.node('Frontend').boundingBox();
  if (!box) throw new Error('no node');
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const menu = page.getByRole('menu', { name: 'Frontend' });
  await send('touchStart', at);
  await expect(menu).toBeVisible();
  await send('touchEnd');
  const beside = await composer.button('Presets').boundingBox();
  if (!beside) throw new Error('nothing beside');
  const presets = page.getByRole('list', { name: 'Presets' });
  await page.touchscreen.tap(beside.x + 20, beside.y + beside.height / 2);
  await expect(menu).toHaveCount(0);
  await page.waitForTimeout(400);
  await expect(presets).toHaveCount(0);
  await page.touchscreen.tap(beside.x + 20, beside.y + beside.height / 2);
  await expect(presets).toBeVisible();
  await page.keyboard.press('Escape');

  await send('touchStart', at);
  await expect(menu).toBeVisible();
  for (const by of [6, 14, 24, 40]) await send('touchMove', { x: at.x - by, y: at.y });
  await send('touchEnd');
  await expect(menu).toHaveCount(0);
  await composer.button('More').tap();
  await composer.button('All steps').tap();
  await expect(page.getByRole('dialog').getByRole('button', { name: /^Moved Frontend/ })).toBeVisible();
});
