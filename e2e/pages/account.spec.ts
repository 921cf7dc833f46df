/** The pages of account life, as a person meets them: changing what there is, and the end of the account. */
import { expect } from '@playwright/test';
import { button, field, go, holds, open, press, ready, text, type, write } from './flet.ts';
import { type House, PASSWORD, test } from './house.ts';
import type { Server } from './server.ts';

const NEXT = 'another phrase that is long';

let house: House;
let server: Server;

test.beforeAll(({ house: shared }) => {
  house = shared;
  server = shared.server;
});

test('the account page changes name, password and address', async ({ page, context }) => {
  const email = await house.enter(page);
  const other = await context.browser()!.newContext();
  const there = `${server.url}/api/v1/auth`;
  await other.request.post(`${there}/login`, { data: { email, password: PASSWORD } });
  expect((await other.request.get(`${there}/me`)).status()).toBe(200);
  await button(page, 'Account').click();
  await page.waitForURL(`${server.url}/account`);
  await type(page, 'Name', 'Grace Hopper');
  await button(page, 'Save name').click();
  await expect(text(page, 'Your name is saved.')).toBeAttached();
  await type(page, 'Current password', 'not this one');
  await type(page, 'New password', NEXT);
  await page.keyboard.press('Enter');
  await expect(field(page, 'Current password')).toHaveAccessibleDescription('The current password is wrong.');
  await type(page, 'Current password', PASSWORD);
  await button(page, 'Change password').click();
  await expect(text(page, /Your password is changed/)).toBeAttached();
  await holds(page, 'Current password', '');
  expect((await other.request.get(`${there}/me`)).status()).toBe(401);
  await other.close();
  await type(page, 'New email', `new.${email}`);
  await button(page, 'Change email').click();
  await expect(text(page, /on its way to the new address/)).toBeAttached();
  await open(page, (await house.mail(`new.${email}`, '/confirm-email')).link);
  await button(page, 'Confirm').click();
  await expect(text(page, `Thank you. new.${email} is confirmed.`)).toBeAttached();
  await go(page, '/app');
  await expect(text(page, 'Hello, Grace Hopper')).toBeAttached();
  await expect(text(page, `You are signed in as new.${email}.`)).toBeAttached();
});

test('an account is deleted after a second question', async ({ page, context }) => {
  const email = await house.enter(page);
  await go(page, '/account');
  await button(page, 'Delete account').click();
  await button(page, 'Cancel').click();
  await button(page, 'Delete account').click();
  await button(page, 'Delete for good').click();
  await page.waitForURL(`${server.url}/`);
  await ready(page);
  await expect(button(page, 'Sign in')).toBeAttached();
  expect((await context.cookies()).map(({ name }) => name)).not.toContain('aegis_session');
  await open(page, `${server.url}/login`);
  await type(page, 'Email', email);
  await type(page, 'Password', PASSWORD);
  await page.keyboard.press('Enter');
  await expect(field(page, 'Password')).toHaveAccessibleDescription('The address or the password is wrong.');
});

test('a forgotten password is set anew by mail', async ({ page, context }) => {
  const email = await house.register(context);
  await context.clearCookies();
  await open(page, `${server.url}/login`);
  await press(page, button(page, 'Forgot your password?'));
  // The page before has a field of that name too.
  await expect(button(page, 'Send the link')).toBeAttached();
  await write(page, 'Email', email);
  await page.keyboard.press('Enter');
  await expect(text(page, /a mail is on its way/)).toBeAttached();
  const { link } = await house.mail(email, '/reset-password');

  await open(page, link);
  await write(page, 'New password', NEXT);
  await page.keyboard.press('Enter');
  await house.signedIn(page, email);

  const login = `${server.url}/api/v1/auth/login`;
  expect((await context.request.post(login, { data: { email, password: PASSWORD } })).status()).toBe(401);
  expect((await context.request.post(login, { data: { email, password: NEXT } })).status()).toBe(200);
  await open(page, link);
  await write(page, 'New password', PASSWORD);
  await page.keyboard.press('Enter');
  await expect(field(page, 'New password')).toHaveAccessibleDescription(/used up or too old/);
});

test('the link to verify an address asks for a sign-in, and then for one click', async ({ page, context }) => {
  const email = await house.register(context);
  await context.clearCookies();
  const { link } = await house.mail(email, '/verify-email');
  await open(page, link);
  await page.waitForURL(({ pathname }) => pathname === '/login', { waitUntil: 'commit' });
  await ready(page);
  await write(page, 'Email', email);
  await write(page, 'Password', PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL(link, { waitUntil: 'commit' });
  await ready(page);
  await press(page, button(page, 'Confirm'));
  await expect(text(page, `Thank you. ${email} is confirmed.`)).toBeAttached();
  await press(page, button(page, 'Go on to your account'));
  await expect(text(page, 'Verified.')).toBeAttached();
  await go(page, new URL(link).pathname + new URL(link).search);
  await press(page, button(page, 'Confirm'));
  await expect(text(page, /used up or too old/)).toBeAttached();
});
