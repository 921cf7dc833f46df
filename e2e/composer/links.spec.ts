import { Composer, expect, test } from './composer.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('a copied link opens the same project elsewhere, with no notice', async ({ composer, browser, page }) => {
  await composer.open('v1/shop/auth.postgres');
  await composer.button('Copy link').click();
  await expect(composer.toast).toContainText('Copied the link');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/#v1\/shop\/auth\.postgres\/\d{8}-[0-9a-f]{8}-[0-9a-f]{8}$/);
  const context = await browser.newContext();
  const other = new Composer(await context.newPage());
  await other.page.goto(link);
  await other.expectList('Auth, chosen', 'Backend, always', 'Database, added', 'Frontend, always');
  await expect(other.name).toHaveValue('shop');
  await other.expectCode('v1/shop/auth.postgres');
  await other.page.waitForTimeout(600);
  await expect(other.notices).toHaveCount(0);
  await context.close();
});

test('a link of another catalog says whether the project is the same', async ({ composer, page }) => {
  await composer.open('v1/shop/auth/20200101-00000000-00000000');
  await expect(composer.notices).toContainText('made with another catalog, and the project it makes now differs');
  await composer.open();
  await composer.button('Copy link').click();
  await expect(composer.toast).toContainText('Copied the link.');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const hash8 = link.slice(-8);
  await page.goto('about:blank');
  await composer.open(`v1/shop/auth/20200101-00000000-${hash8}`);
  await expect(composer.notices).toContainText('the project is identical');
});

test('a mangled link loads what it can and names each thing it dropped', async ({ composer }) => {
  await composer.open('v1/shop/auth.nonsense,nosuch,payments');
  await composer.expectList('Auth, chosen', 'Backend, always', 'Database, added', 'Frontend, always');
  await expect(composer.notices).toContainText('Auth has no value “nonsense”; it was left out.');
  await expect(composer.notices).toContainText('There is no module called “nosuch”; it was left out.');
  await expect(composer.notices).toContainText('Payments is planned');
  await composer.expectCode('v1/shop/auth');
  await composer.button('Dismiss notices').click();
  await expect(composer.notices).toHaveCount(0);
});

const HOSTILE = [
  '%3Cscript%3Ealert(1)%3C/script%3E',
  'v1/<img src=x onerror=alert(1)>/auth',
  'v1/my-app/__proto__,constructor.toString,auth.__proto__',
  'v9/my-app/auth',
  `v1/my-app/${'a'.repeat(6000)}`,
  `v1/my-app/${Array.from({ length: 500 }, (_, index) => `x${index}`).join(',')}`,
  'v1/my-app/+base.description=_zz_%00%E2',
  'v1/..%2F..%2Fetc/auth/',
  '%',
  '////',
];
for (const [index, code] of HOSTILE.entries()) {
  test(`hostile link ${index} says what was wrong with it and breaks nothing`, async ({ composer, page }) => {
    let opened = false;
    page.on('dialog', () => {
      opened = true;
    });
    page.on('download', () => {
      opened = true;
    });
    await composer.open(code);
    await expect(composer.notices).toBeVisible();
    await expect(composer.name).toHaveValue(/^[a-z][a-z0-9-]+$/);
    await composer.button('Add Database').click();
    await expect.poll(() => composer.list()).toContain('Database, chosen');
    expect(opened).toBe(false);
    expect(await page.evaluate(() => Object.keys(Object.prototype).length + ('polluted' in {} ? 1 : 0))).toBe(0);
  });
}

test('a link pasted into the address bar is one named, undoable step', async ({ composer, page }) => {
  await composer.open('v1/shop/auth');
  await page.evaluate(() => {
    location.hash = 'v1/other/database.postgres';
  });
  await composer.expectList('Backend, always', 'Database, chosen', 'Frontend, always');
  await expect(composer.name).toHaveValue('other');
  await composer.button('Undo').hover();
  await expect(page.locator('.tip')).toHaveText('Undo: opened a link');
  await composer.button('Undo').click();
  await composer.expectList('Auth, chosen', 'Backend, always', 'Database, added', 'Frontend, always');
  await composer.expectCode('v1/shop/auth');
});

test('a link that comes right behind a click, before the address says what was clicked, is followed', async ({
  composer,
  page,
}) => {
  await composer.open('v1/shop/auth');
  await page.evaluate(() => {
    document.querySelector<HTMLElement>('[aria-label="Add Cache"]')?.click();
    location.hash = 'v1/other/database.postgres';
  });
  await composer.expectList('Backend, always', 'Database, chosen', 'Frontend, always');
  await composer.expectCode('v1/other/database.postgres');
  await composer.button('Undo').click();
  await composer.expectCode('v1/shop/auth,cache');
});

test('the address does not wait for a frame when the page goes to the background', async ({ composer, page }) => {
  await composer.open('v1/shop/auth');
  const hashes = await page.evaluate(() => {
    document.querySelector<HTMLElement>('[aria-label="Add Cache"]')?.click();
    const before = location.hash;
    document.dispatchEvent(new Event('visibilitychange'));
    return [before, location.hash];
  });
  expect(hashes).toEqual(['#v1/shop/auth', '#v1/shop/auth,cache']);
});

test('where the browser refuses the clipboard, the link is there to copy', async ({ composer, context, page }) => {
  await context.clearPermissions();
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('no')) } });
  });
  await composer.open('v1/shop/auth');
  await composer.button('Copy link').click();
  await expect(page.getByRole('textbox', { name: 'Text to copy' })).toHaveValue(/#v1\/shop\/auth\//);
});
