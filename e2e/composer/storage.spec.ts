import { Composer, expect, test } from './composer.ts';

const place = (element: HTMLElement | SVGElement): string => (element as HTMLElement).style.transform;

test('own positions and the history survive a reload', async ({ composer, page }) => {
  await composer.open();
  await composer.button('Add Auth').click();
  const box = await composer.node('Database').boundingBox();
  if (!box) throw new Error('no node');
  await page.mouse.move(box.x + 40, box.y + 30);
  await page.mouse.down();
  await page.mouse.move(box.x + 30, box.y + 90, { steps: 6 });
  await page.mouse.up();
  await composer.button('Undo').hover();
  await expect(page.locator('.tip')).toHaveText('Undo: moved Database');
  const moved = await composer.node('Database').evaluate(place);
  await page.reload();
  await expect(composer.node('Database')).toBeVisible();
  expect(await composer.node('Database').evaluate(place)).toBe(moved);
  await composer.button('Undo').click();
  await expect.poll(() => composer.node('Database').evaluate(place)).not.toBe(moved);
  await composer.button('Undo').click();
  await composer.expectList('Backend, always', 'Frontend, always');
});

test('without a link the last project returns; a link wins', async ({ composer, page }) => {
  await composer.open('v1/shop/auth');
  await page.waitForTimeout(400);
  await page.goto('about:blank');
  await composer.open();
  await composer.expectCode('v1/shop/auth');
  await page.goto('about:blank');
  await composer.open('v1/other/database');
  await composer.expectCode('v1/other/database');
});

test('a forbidden storage costs a notice and nothing else', async ({ composer, page }) => {
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage']) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('denied', 'SecurityError');
        },
      });
    }
  });
  await composer.open();
  await expect(composer.notices).toContainText('does not let the page remember');
  await composer.button('Add Auth').click();
  await composer.expectList('Auth, chosen', 'Backend, always', 'Database, added', 'Frontend, always');
});

for (const [what, text] of [
  ['not JSON', '{"code":'],
  ['not a record', '[1,2,3]'],
  [
    'foreign values',
    '{"code":"v1/my-app/nosuch","positions":{"__proto__":{"x":1,"y":1},"backend":{"x":1e99,"y":"a"}},"past":[{"name":7}],"future":"x"}',
  ],
] as const) {
  test(`a corrupt storage (${what}) costs a notice at most`, async ({ composer, page }) => {
    await page.addInitScript((stored) => {
      sessionStorage.setItem('stackwright/tab', stored);
      localStorage.setItem('stackwright/last', 'my-app');
      localStorage.setItem('stackwright/project/my-app', stored);
    }, text);
    await composer.open();
    await composer.expectList('Backend, always', 'Frontend, always');
    await composer.button('Add Auth').click();
    await composer.expectList('Auth, chosen', 'Backend, always', 'Database, added', 'Frontend, always');
  });
}

test('a full storage is said once, and the page goes on', async ({ composer, page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await composer.open('v1/shop/');
  await composer.button('Add Auth').click();
  await expect(composer.notices.getByRole('listitem')).toHaveText([/does not let the page remember/]);
  await composer.button('Dismiss notices').click();
  await composer.button('Add Worker').click();
  await composer.expectCode('v1/shop/auth,worker');
  // Longer than a change waits to be stored.
  await page.waitForTimeout(500);
  await expect(composer.notices).toHaveCount(0);
});

test('what is remembered but not known any more is named', async ({ composer, page }) => {
  await page.addInitScript(() => {
    localStorage.setItem('stackwright/last', 'shop');
    localStorage.setItem('stackwright/project/shop', '{"code":"v1/shop/database,gone","positions":{}}');
  });
  await composer.open();
  await composer.expectCode('v1/shop/database');
  await expect(composer.notices).toContainText('There is no module called “gone”');
});

test('theme, tab and the size of the results are as they were left', async ({ composer, page }) => {
  await composer.open('v1/shop/');
  await composer.button('Theme').click();
  await composer.tab('Command').click();
  const splitter = page.getByRole('separator', { name: 'Height of the results' });
  await splitter.press('ArrowUp');
  const height = await splitter.getAttribute('aria-valuenow');
  await page.reload();
  await expect(composer.tab('Command')).toHaveAttribute('aria-selected', 'true');
  await expect(splitter).toHaveAttribute('aria-valuenow', height ?? '');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await composer.button('Fold the results').click();
  await page.reload();
  await expect(composer.button('Unfold the results')).toBeVisible();
});

test('columns are as wide as somebody made them, and leave the graph its room', async ({ composer, page }) => {
  await composer.open('v1/shop/');
  const [left, inspector] = ['Width of the modules', 'Width of the inspector'].map((name) =>
    page.getByRole('separator', { name }),
  );
  if (!left || !inspector) throw new Error('There are two.');
  const usual = await inspector.getAttribute('aria-valuenow');
  const graphWidth = async () => (await composer.graph.boundingBox())?.width ?? 0;
  const before = await graphWidth();

  await left.hover();
  await page.mouse.down();
  await page.mouse.move(348, 300, { steps: 4 });
  await page.mouse.up();
  await expect(left).toHaveAttribute('aria-valuenow', '348');
  await expect.poll(async () => before - (await graphWidth())).toBe(80);
  await inspector.press('ArrowLeft');
  await expect(inspector).toHaveAttribute('aria-valuenow', String(Number(usual) + 40));
  await page.reload();
  await expect(left).toHaveAttribute('aria-valuenow', '348');

  await left.press('End');
  await inspector.press('End');
  await page.setViewportSize({ width: 900, height: 700 });
  await expect.poll(graphWidth).toBeGreaterThanOrEqual(398);
  await page.setViewportSize({ width: 1280, height: 720 });
  await inspector.press('Enter');
  await expect(inspector).toHaveAttribute('aria-valuenow', usual ?? '');
  await left.press('Home');
  await expect(left).toHaveAttribute('aria-valuenow', '200');
  await left.dblclick();
  await expect(left).toHaveAttribute('aria-valuenow', '268');
});

test('two tabs do not fight, and a duplicated one goes its own way', async ({ composer, page, context }) => {
  await composer.open('v1/one/');
  const other = new Composer(await context.newPage());
  await other.open('v1/two/');
  await composer.button('Add Auth').click();
  await other.button('Add Worker').click();
  await composer.button('Add Cache').click();
  for (const [tab, code, last] of [
    [composer, 'v1/one/auth,cache', 'Undo: added Cache'],
    [other, 'v1/two/worker', 'Undo: added Worker'],
  ] as const) {
    // It is written when the change has been painted.
    await tab.expectCode(code);
    await tab.page.reload();
    await tab.expectCode(code);
    await expect(tab.button('Undo')).toHaveAttribute('aria-description', last);
  }

  // As a browser duplicates a tab: with a copy of what the tab remembers.
  const [opened] = await Promise.all([context.waitForEvent('page'), page.evaluate(() => void open(location.href))]);
  const copy = new Composer(opened);
  await copy.button('Undo').click();
  await copy.expectCode('v1/one/auth');
  await page.reload();
  await composer.expectCode('v1/one/auth,cache');
  await composer.button('Undo').click();
  await composer.button('Undo').click();
  await composer.expectCode('v1/one/');
  await copy.page.reload();
  await copy.expectCode('v1/one/auth');

  // Without a link, whatever was worked on last returns.
  await other.button('Undo').click();
  await expect.poll(() => other.page.evaluate(() => localStorage.getItem('stackwright/last'))).toBe('two');
  const fresh = new Composer(await context.newPage());
  await fresh.open();
  await fresh.expectCode('v1/two/');
});
