/** Organisations, as two people at two browsers meet them. */
import { expect, type Page } from '@playwright/test';
import { button, field, go, open, press, text, walkTo, write } from './flet.ts';
import { forge, numberOf, overhear, record } from './forge.ts';
import { type House, test } from './house.ts';

/** Somebody with a verified address, in a browser of their own. */
async function guest(house: House, page: Page): Promise<string> {
  const email = await house.register(page.context());
  const { token } = await house.mail(email, '/verify-email');
  const confirm = `${house.server.url}/api/v1/auth/verify-email/confirm`;
  expect((await page.context().request.post(confirm, { data: { token } })).status()).toBe(200);
  return email;
}

test('somebody makes an organisation and invites another, who joins and is made an admin', async ({
  page,
  browser,
  house,
}) => {
  await house.enter(page);
  await press(page, button(page, 'Account'));
  await press(page, button(page, 'Your organisations'));
  await expect(text(page, /You belong to none yet/)).toBeAttached();
  await write(page, 'Name', 'Acme & Sons');
  await write(page, 'Address', 'Acme');
  await page.keyboard.press('Enter');
  await expect(field(page, 'Address')).toHaveAccessibleDescription(/small letters/);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('acme');
  await page.keyboard.press('Enter');
  await expect(text(page, 'acme · you are its owner')).toBeAttached();

  const there = await (await browser.newContext()).newPage();
  const bob = await guest(house, there);
  await write(page, 'Email', bob);
  await page.keyboard.press('Enter');
  await expect(text(page, 'The invitation is on its way.')).toBeAttached();
  await expect(button(page, 'Revoke')).toBeAttached();

  await there.bringToFront();
  await open(there, (await house.mail(bob, '/invitation')).link);
  await press(there, button(there, 'Join'));
  await expect(text(there, 'Welcome. You belong to Acme & Sons now, as member.')).toBeAttached();
  await go(there, '/orgs?open=acme');
  await expect(text(there, 'acme · you are a member')).toBeAttached();
  await expect(button(there, 'Invite')).toHaveCount(0);

  await page.bringToFront();
  await go(page, '/orgs');
  await press(page, button(page, 'Acme & Sons acme · Owner'));
  await press(page, button(page, `Change ${bob}`));
  await walkTo(page, page.getByRole('menuitem', { name: 'Make admin' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: new RegExp(`${bob}\\s+Admin`) })).toBeAttached();

  await there.bringToFront();
  await go(there, '/orgs');
  await go(there, '/orgs?open=acme');
  await expect(text(there, 'acme · you are its admin')).toBeAttached();
  await press(there, button(there, 'Leave'));
  await press(there, there.getByRole('alertdialog').getByRole('button', { name: 'Leave' }));
  await expect(text(there, /You belong to none yet/)).toBeAttached();
  await there.context().close();
});

test('a hidden button of an organisation, fired by a forged frame, does nothing', async ({ page, browser, house }) => {
  const API = `${house.server.url}/api/v1`;
  const owner = (await browser.newContext()).request;
  await owner.post(`${API}/auth/register`, { data: { email: house.someone(), password: 'a long enough phrase' } });
  expect((await owner.post(`${API}/orgs`, { data: { slug: 'keep', name: 'Keep' } })).status()).toBe(201);
  const frames = overhear(page);
  await record(page);
  const mia = await guest(house, page);
  await owner.post(`${API}/orgs/keep/invitations`, { data: { email: mia } });
  const { token } = await house.mail(mia, '/invitation');
  const joined = await page.context().request.post(`${API}/invitations/accept`, { data: { token } });
  expect(joined.status()).toBe(200);

  await open(page, `${house.server.url}/orgs?open=keep`);
  await expect(text(page, 'keep · you are a member')).toBeAttached();
  await expect(button(page, 'Delete organisation')).toHaveCount(0);
  await forge(page, numberOf(frames, 'Delete organisation'), 'click');
  await expect(button(page, 'Delete for good')).toBeAttached();
  await forge(page, numberOf(frames, 'Delete for good'), 'click');
  await expect(text(page, 'Your role in this organisation does not permit this.')).toBeAttached();
  expect((await owner.get(`${API}/orgs/keep`)).status()).toBe(200);

  // One who was taken out sees nothing of it at the next act.
  const { id } = await (await page.context().request.get(`${API}/auth/me`)).json();
  expect((await owner.delete(`${API}/orgs/keep/members/${id}`)).status()).toBe(204);
  await go(page, '/orgs');
  await expect(text(page, /You belong to none yet/)).toBeAttached();
  await go(page, '/orgs?open=keep');
  await expect(text(page, 'There is no such organisation.')).toBeAttached();
});
