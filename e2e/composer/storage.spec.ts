import { expect, test } from './composer.ts';

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
