/** The pages of administration: what an admin does there, and what nobody else does, whatever their browser sends. */
import { type BrowserContext, expect } from '@playwright/test';
import { button, fits, go, open, press, ready, text, write } from './flet.ts';
import { forge, numberOf, overhear, record } from './forge.ts';
import { type House, test } from './house.ts';

const whoAmI = async (context: BrowserContext, house: House) =>
  (await context.request.get(`${house.server.url}/api/v1/auth/me`)).status();

test('an admin finds an account and switches it off and on, at the keyboard', async ({ page, browser, house }) => {
  const other = await browser.newContext();
  const mia = await house.register(other);
  await house.giveRole(await house.enter(page), 'admin');
  await go(page, '/admin/users');
  await write(page, 'Search by email', mia);
  await page.keyboard.press('Enter');
  await expect(text(page, '1 account')).toBeAttached();
  await press(page, button(page, 'Switch off'));
  await expect(text(page, 'User · Switched off')).toBeAttached();
  expect(await whoAmI(other, house)).toBe(401);
  await press(page, button(page, 'Switch on'));
  await expect(button(page, 'Switch off')).toBeAttached();
  await press(page, button(page, 'Audit trail'));
  await expect(text(page, new RegExp(`^Deactivated: ${mia}`)).first()).toBeAttached();
  await other.close();
});

test('an admin button fired by a forged frame does nothing for an ordinary user', async ({ page, browser, house }) => {
  const other = await browser.newContext();
  const mia = await house.register(other);
  const frames = overhear(page);
  await record(page);
  const eve = await house.enter(page);

  // Drawn for everybody, and hidden from all who are no admin.
  await expect(button(page, 'Users')).toHaveCount(0);
  await forge(page, numberOf(frames, '\xa5Users'), 'click');
  await expect(text(page, 'Your role does not permit this.')).toBeAttached();
  expect(frames.join('\n')).not.toContain(mia);

  // Left over from when they were one.
  await house.giveRole(eve, 'admin');
  await page.reload();
  await ready(page);
  await expect(text(page, mia)).toBeAttached();
  await house.giveRole(eve, 'user');
  await forge(page, numberOf(frames, `Switch off: ${mia}`), 'click');
  await expect(text(page, 'Your role does not permit this.').first()).toBeAttached();
  await expect(text(page, mia)).toHaveCount(0);
  expect(await whoAmI(other, house)).toBe(200);
  await other.close();
});

test('every page behind a sign-in shows the way out, at 390 px too', async ({ page, context, house }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await house.giveRole(await house.register(context), 'admin');
  const made = await context.request.post(`${house.server.url}/api/v1/orgs`, {
    data: { slug: 'exits', name: 'Exits' },
  });
  expect(made.status()).toBe(201);
  await open(page, `${house.server.url}/`);
  for (const [path, title] of [
    ['/app', 'Welcome'],
    ['/account', 'Account'],
    ['/sign-in-again', 'Is it you?'],
    ['/verify-email?token=x', 'Verify your address'],
    ['/confirm-email?token=x', 'Confirm your address'],
    ['/admin/users', 'Users'],
    ['/admin/audit', 'Audit trail'],
    ['/invitation?token=x', 'You are invited'],
    ['/orgs', 'Organisations'],
    ['/orgs?open=exits', 'Organisations'],
  ] as const) {
    await go(page, path);
    await expect(page).toHaveTitle(`${title} · my-app`);
    await expect(button(page, 'Sign out')).toBeInViewport();
    await fits(page);
  }
  await expect(text(page, 'exits · you are its owner')).toBeAttached();
  await press(page, button(page, 'Sign out'));
  await page.waitForURL(`${house.server.url}/login`, { waitUntil: 'commit' });
});
