/** The pages of account life, as a person meets them: changing what there is, and the end of the account. */
import { expect, type Page, test } from '@playwright/test';
import { button, field, open, ready, text, type } from './flet.ts';
import { type Server, start } from './server.ts';

const PROJECT = process.env.PAGES_PROJECT ?? '';
const PASSWORD = 'a long enough phrase';
const NEXT = 'another phrase that is long';

let server: Server;
let people = 0;

test.beforeAll(async () => {
  server = await start(PROJECT, { SIGN_INS_PER_MINUTE: '1000' });
});
test.afterAll(async () => server.end());

/** The link of the newest mail to somebody that leads to a page; the app shows its mails where it runs. */
async function linkTo(email: string, path: string): Promise<string> {
  let link = '';
  await expect
    .poll(() => {
      const mails = server.said().split(`Mail to ${email}: `).slice(1);
      const links = mails.flatMap((mail) => /http:\S+/.exec(mail)?.[0] ?? []).filter((one) => one.includes(path));
      link = links.at(-1) ?? '';
      return link;
    })
    .not.toBe('');
  return link;
}

async function register(page: Page): Promise<string> {
  people += 1;
  const email = `member${people}@example.com`;
  await open(page, `${server.url}/register`);
  await type(page, 'Email', email);
  await type(page, 'Password', PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${server.url}/app`);
  await ready(page);
  return email;
}

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await open(page, `${server.url}/login`);
  await type(page, 'Email', email);
  await type(page, 'Password', password);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${server.url}/app`);
  await ready(page);
}

test('the account page changes name, password and address', async ({ page, context }) => {
  const email = await register(page);
  const other = await context.browser()!.newContext();
  const remote = await other.newPage();
  await signIn(remote, email, PASSWORD);
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
  await expect(field(page, 'Current password')).toHaveValue('');
  await remote.reload();
  await remote.waitForURL(/\/login/);
  await other.close();
  await type(page, 'New email', `new.${email}`);
  await button(page, 'Change email').click();
  await expect(text(page, /on its way to the new address/)).toBeAttached();
  await open(page, await linkTo(`new.${email}`, '/confirm-email'));
  await button(page, 'Confirm').click();
  await expect(text(page, `Thank you. new.${email} is confirmed.`)).toBeAttached();
  await open(page, `${server.url}/app`);
  await expect(text(page, 'Hello, Grace Hopper')).toBeAttached();
  await expect(text(page, `You are signed in as new.${email}.`)).toBeAttached();
});

test('an account is deleted after a second question', async ({ page, context }) => {
  const email = await register(page);
  await open(page, `${server.url}/account`);
  await button(page, 'Delete account').click();
  await button(page, 'Keep it').click();
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

test('the pages of account life work at 390 px', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of ['/forgot-password', '/reset-password?token=x']) {
    await open(page, server.url + path);
    await fits(page);
  }
  await register(page);
  for (const path of ['/account', '/verify-email?token=x', '/sign-in-again']) {
    await open(page, server.url + path);
    await fits(page);
  }
});

async function fits(page: Page): Promise<void> {
  const outside = await page.evaluate(() =>
    [...document.querySelectorAll('flt-semantics')]
      .map((node) => ({ box: node.getBoundingClientRect(), words: node.textContent }))
      .filter(({ box }) => box.left < -1 || box.right > innerWidth + 1)
      .map(({ words }) => words),
  );
  expect(outside, 'nothing sticks out').toEqual([]);
}
