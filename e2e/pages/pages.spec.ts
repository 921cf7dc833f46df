/** The pages /login and /register of a generated project, as a person and as an attacker meets them in a browser. */
import { type BrowserContext, type ConsoleMessage, expect, type Page, request } from '@playwright/test';
import { button, field, fits, go, hasCursor, open, press, ready, text, type, write } from './flet.ts';
import { forge, record, replay } from './forge.ts';
import { CHEAP, type House, PASSWORD, PROJECT, test } from './house.ts';
import { type Server, site, start } from './server.ts';

/** Flet asks a CDN for an engine it does not need, and the policy says no. A 401 is how the script learns that a session is over. */
const KNOWN_NOISE = [/rive-app\/flutter-native-wasm/, /not contained in a form/, /401 \(Unauthorized\)/];
/** What Flet and the browser say while the server is away. */
const UNREACHABLE = [/WebSocket/, /ERR_CONNECTION/, /^Exception$/, /Failed to fetch/];

let house: House;
let server: Server;
const someone = () => house.someone();

test.beforeAll(({ house: shared }) => {
  house = shared;
  server = shared.server;
});

/** Complaints of every page of a test; looked at when it ends. */
let complaints: string[] = [];
/** Noise a test brings about itself, by stopping the server for one. */
let expected: RegExp[] = [];
test.beforeEach(({ context, page }) => {
  complaints = [];
  expected = [];
  const hear = (page: Page) => {
    page.on('console', (said: ConsoleMessage) => {
      if (['error', 'warning'].includes(said.type())) complaints.push(`${said.text()} (${said.location().url})`);
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => {
      const { origin } = new URL(request.url());
      if (/^http/.test(origin) && !/localhost|127\.0\.0\.1/.test(origin)) complaints.push(`asked ${request.url()}`);
    });
  };
  hear(page);
  context.on('page', hear);
});
test.afterEach(() => {
  const unknown = complaints.filter((words) => ![...KNOWN_NOISE, ...expected].some((known) => known.test(words)));
  expect(unknown, 'no console error, policy violation or third-party request').toEqual([]);
});

async function signIn(page: Page, email: string, path = '/login'): Promise<void> {
  await page.bringToFront();
  await open(page, server.url + path);
  await type(page, 'Email', email);
  await type(page, 'Password', PASSWORD);
  await page.keyboard.press('Enter');
}

const signedIn = (page: Page, email: string) => house.signedIn(page, email);
/** Somebody who is signed in and looks at the page behind it. */
const enter = (page: Page) => house.enter(page);

/** What a browser does when the access token has run out: the cookie is gone, the marker names a time gone by. */
async function expire(context: BrowserContext): Promise<void> {
  await context.clearCookies({ name: 'aegis_session' });
  await mark(context, '1700000000');
}

/** Has the marker name another time than it does. */
async function mark(context: BrowserContext, time: string): Promise<void> {
  const value = (await cookie(context, 'aegis_signed_in'))?.value.replace(/^\d+/, time) ?? '';
  await context.addCookies([{ name: 'aegis_signed_in', value, url: server.url, sameSite: 'Lax' }]);
}

const cookie = async (context: BrowserContext, name: string) =>
  (await context.cookies()).find((one) => one.name === name);

test('next is honoured on this origin and nowhere else', async ({ page }) => {
  const email = await house.register(page.context());
  for (const [next, landing] of [
    ['/?from=sign-in', '/?from=sign-in'],
    ['//127.0.0.1:9/x', '/app'],
    ['/%5C127.0.0.1:9', '/app'],
    ['https://127.0.0.1:9/', '/app'],
  ]) {
    await page.context().clearCookies();
    await signIn(page, email, `/login?next=${next}`);
    await page.waitForURL(server.url + landing, { waitUntil: 'commit' });
  }
});

test('the form to register leads on to the same place', async ({ page }) => {
  await open(page, `${server.url}/login?next=/?from=register`);
  await button(page, 'Create an account instead').click();
  await expect(field(page, 'Name (optional)')).toBeAttached();
  await type(page, 'Name (optional)', 'Ada Lovelace');
  await type(page, 'Email', someone());
  await type(page, 'Password', PASSWORD);
  await button(page, 'Create account').click();
  await page.waitForURL(`${server.url}/?from=register`);
  await open(page, `${server.url}/app`);
  await expect(text(page, 'Hello, Ada Lovelace')).toBeAttached();
});

test('a reload, a second tab and a restarted server keep the person in', async ({ page, context }) => {
  expected = UNREACHABLE;
  const email = await enter(page);
  await page.reload();
  await signedIn(page, email);
  const second = await context.newPage();
  await open(second, `${server.url}/app`);
  await signedIn(second, email);
  await server.restart();
  await second.reload();
  await signedIn(second, email);
  // The first tab was left alone: it finds the server again by itself, and its next click succeeds.
  await page.bringToFront();
  await expect(text(page, `You are signed in as ${email}.`)).toBeAttached();
  await button(page, 'my-app').click();
  await page.waitForURL(`${server.url}/`);
  await ready(page);
  await button(page, 'Account').click();
  await expect(text(page, `You are signed in as ${email}.`)).toBeAttached();
});

test('with the access token run out, the next click succeeds', async ({ page, context }) => {
  const email = await enter(page);
  const elsewhere = await request.newContext();
  const signedIn = await elsewhere.post(`${server.url}/api/v1/auth/login`, { data: { email, password: PASSWORD } });
  expect(signedIn.status()).toBe(200);
  await elsewhere.dispose();
  await button(page, 'Account').click();
  await expect(button(page, 'End')).toBeAttached();
  await expire(context);
  await button(page, 'End').click();
  await expect(button(page, 'End')).toHaveCount(0);
  await expect(text(page, 'This browser')).toBeAttached();
});

test('with the access token run out, a reload succeeds', async ({ page, context }) => {
  const email = await enter(page);
  await expire(context);
  await page.reload();
  await signedIn(page, email);
});

test('with the access token run out, a link on another site leads to the page, signed in', async ({
  page,
  context,
}) => {
  const email = await enter(page);
  const elsewhere = await site(`<a href="${server.url}/app">there</a>`);
  await expire(context);
  await page.goto(elsewhere.url);
  const sent: (string | undefined)[] = [];
  page.on('request', async (request) => {
    if (request.isNavigationRequest()) sent.push((await request.allHeaders())['sec-fetch-site']);
  });
  await page.getByRole('link').click();
  await signedIn(page, email);
  expect(sent[0]).toBe('cross-site');
  elsewhere.end();
});

test('the script renews the cookies before they run out', async ({ browser }) => {
  // A clock once set stays with its context.
  const context = await browser.newContext();
  const page = await context.newPage();
  const email = await enter(page);
  const before = await cookie(context, 'aegis_session');
  const renewed = page.waitForResponse((answer) => answer.url().endsWith('/auth/refresh'));
  await page.clock.setFixedTime(Date.now() + (14 * 60 + 30) * 1000);
  expect((await renewed).status()).toBe(200);
  expect((await cookie(context, 'aegis_session'))?.value).not.toBe(before?.value);
  await expect(text(page, `You are signed in as ${email}.`)).toBeAttached();
  await context.close();
});

test('two tabs that wake up at once both stay in', async ({ page, context }) => {
  const email = await enter(page);
  const second = await context.newPage();
  await open(second, `${server.url}/app`);
  await signedIn(second, email);
  for (let round = 0; round < 3; round++) {
    await expire(context);
    await Promise.all([page.reload(), second.reload()]);
    await signedIn(page, email);
    await signedIn(second, email);
  }
});

test('after a pause without a connection the open page comes back as it was', async ({ page, context }) => {
  expected = UNREACHABLE;
  const email = await enter(page);
  await server.stop();
  await expire(context);
  await server.restart();
  await expect.poll(async () => (await cookie(context, 'aegis_session'))?.value, { timeout: 30_000 }).toBeTruthy();
  await button(page, 'my-app').click();
  await page.waitForURL(`${server.url}/`);
  await ready(page);
  await button(page, 'Account').click();
  await expect(text(page, `You are signed in as ${email}.`)).toBeAttached();
});

test('signing out in one tab ends the other one at its next act', async ({ page, context }) => {
  const email = await enter(page);
  const second = await context.newPage();
  await open(second, `${server.url}/app`);
  await signedIn(second, email);
  await button(page, 'Sign out').click();
  await page.waitForURL(`${server.url}/login`);
  await ready(page);
  await expect(field(page, 'Password')).toBeAttached();
  await expect
    .poll(async () => (await context.cookies()).map(({ name }) => name).sort())
    .toEqual(['aegis_device', 'aegis_nonce']);
  await second.waitForURL(/\/login/);
  await ready(second);
  await expect(field(second, 'Password')).toBeAttached();
});

test('a session that was ended elsewhere ends an open page at its next act', async ({ page, context }) => {
  const email = await enter(page);
  const other = await context.browser()!.newContext();
  await other.request.post(`${server.url}/api/v1/auth/login`, { data: { email, password: PASSWORD } });
  const remote = await other.newPage();
  await open(remote, `${server.url}/account`);
  await button(remote, 'End').click();
  await expect(button(remote, 'End')).toHaveCount(0);
  await button(page, 'Account').click();
  await page.waitForURL(`${server.url}/login?next=%2Faccount`);
  await other.close();
});

test('another person on the same browser sees nothing of the first', async ({ page, context }) => {
  const first = await enter(page);
  const left = await context.newPage();
  await open(left, `${server.url}/app`);
  await signedIn(left, first);
  await button(page, 'Sign out').click();
  await page.waitForURL(`${server.url}/login`);
  await ready(page);

  const seen: string[] = [];
  for (const tab of [page, left]) {
    tab.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => seen.push(payload.toString('latin1'))));
  }
  const second = someone();
  await go(page, '/register');
  await expect(field(page, 'Name (optional)')).toBeAttached();
  await type(page, 'Email', second);
  await type(page, 'Password', PASSWORD);
  await page.keyboard.press('Enter');
  await signedIn(page, second);
  await left.bringToFront();
  await left.goto(`${server.url}/app`);
  await signedIn(left, second);
  await left.goBack();
  await page.goBack();
  await page.waitForTimeout(2000);
  for (const tab of [page, left]) await expect(text(tab, first)).toHaveCount(0);
  expect(seen.join('\n')).not.toContain(first);
});

test('somebody who signs in over a session that was never ended gets nothing of it', async ({ page, context }) => {
  const first = await enter(page);
  const [time = ''] = (await cookie(context, 'aegis_signed_in'))?.value.split('.') ?? [];
  const second = someone();
  const answer = await page.evaluate(
    async ([email, password]) => {
      const body = JSON.stringify({ email, password });
      return (
        await fetch('/api/v1/auth/register', { method: 'POST', body, headers: { 'content-type': 'application/json' } })
      ).status;
    },
    [second, PASSWORD],
  );
  expect(answer).toBe(201);
  // As it is for one who is quick: both sign-ins run out in the same second.
  await mark(context, time);
  // The open page is the first person's connection, whose session has ended: it notices by itself.
  await expect(text(page, first)).toHaveCount(0);
  await signedIn(page, second);
  await expect(text(page, first)).toHaveCount(0);
  expect(await cookie(context, 'aegis_session')).toBeTruthy();
});

test('40 wrong passwords through the page meet the same limit as over HTTP', async ({ page }) => {
  const strict = await start(PROJECT, CHEAP);
  await record(page);
  await open(page, `${strict.url}/login`);
  // Nor is this one set up for signing in with an account elsewhere.
  await expect(button(page, 'Sign in')).toBeAttached();
  await expect(page.getByRole('button', { name: /Continue with/ })).toHaveCount(0);
  await go(page, '/register');
  await expect(button(page, 'Create account')).toBeAttached();
  await expect(page.getByRole('button', { name: /Continue with/ })).toHaveCount(0);
  await go(page, '/login');
  await expect(button(page, 'Sign in')).toBeAttached();
  await type(page, 'Email', 'nobody@example.com');
  await type(page, 'Password', 'wrong password');
  await page.keyboard.press('Enter');
  await expect(text(page, 'The address or the password is wrong.')).toBeAttached();
  for (let tries = 0; tries < 39; tries++) {
    await replay(page, 'submit');
    await page.waitForTimeout(50);
  }
  await expect(text(page, /Too many attempts/)).toBeAttached();
  const over = await page.evaluate(async () => {
    const body = JSON.stringify({ email: 'somebody.else@example.com', password: 'wrong password' });
    return (
      await fetch('/api/v1/auth/login', { method: 'POST', body, headers: { 'content-type': 'application/json' } })
    ).status;
  });
  expect(over).toBe(429);
  expected = [/429/];
  await strict.end();
});

test('a forged frame gets no traceback, and nothing that the person may not do', async ({ page }) => {
  await record(page);
  const frames: string[] = [];
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => frames.push(payload.toString('latin1'))),
  );
  await enter(page);
  const before = frames.length;
  await forge(page, 1, 'route_change', { bogus: 'x'.repeat(10) });
  await forge(page, 1, 'media_change', { padding: 7 });
  await expect(text(page, /Something went wrong\. If you report it, quote [0-9a-f]{8}\./).first()).toBeAttached();
  expect(frames.slice(before).join('\n')).not.toMatch(/Traceback|\.py|TypeError|line \d/);
  // The page goes on.
  await button(page, 'Sign out').click();
  await page.waitForURL(`${server.url}/login`);
});

test('a page of another origin gets no WebSocket', async ({ page }) => {
  await enter(page);
  const elsewhere = await site('<p>elsewhere</p>');
  await page.goto(elsewhere.url);
  const outcome = await page.evaluate(
    (address) =>
      new Promise((say) => {
        const socket = new WebSocket(address);
        socket.onopen = () => say('open');
        socket.onerror = () => say('refused');
      }),
    `${server.url.replace('http', 'ws')}/ws`,
  );
  expect(outcome).toBe('refused');
  expected = [/403|WebSocket/];
  elsewhere.end();
});

test('errors stand beside their field in plain words', async ({ page }) => {
  const email = await house.register(page.context());
  await page.context().clearCookies();
  await open(page, `${server.url}/login`);
  await button(page, 'Sign in').click();
  await expect(field(page, 'Email')).toHaveAccessibleDescription('Enter your email address.');
  await expect(field(page, 'Password')).toHaveAccessibleDescription('Enter your password.');
  await hasCursor(field(page, 'Email'));
  await type(page, 'Email', email);
  await type(page, 'Password', 'not this one');
  await page.keyboard.press('Enter');
  await expect(field(page, 'Password')).toHaveAccessibleDescription('The address or the password is wrong.');
  await button(page, 'Create an account instead').click();
  await expect(field(page, 'Name (optional)')).toBeAttached();
  await type(page, 'Email', email);
  await type(page, 'Password', PASSWORD);
  await page.keyboard.press('Enter');
  await expect(field(page, 'Email')).toHaveAccessibleDescription('There is already an account with this address.');
  await type(page, 'Email', 'no address');
  await type(page, 'Password', 'short');
  await page.keyboard.press('Enter');
  await expect(field(page, 'Email')).toHaveAccessibleDescription(/not an e-?mail address/i);
  await type(page, 'Email', someone());
  await page.keyboard.press('Enter');
  await expect(field(page, 'Password')).toHaveAccessibleDescription('Use at least 8 characters.');
});

test('the pages work at 390 px', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, `${server.url}/`);
  await fits(page);
  for (const [path, title] of [
    ['/register', 'Create an account'],
    ['/forgot-password', 'Forgot your password?'],
    ['/reset-password?token=x', 'A new password'],
    ['/login', 'Sign in'],
  ] as const) {
    await go(page, path);
    await expect(page).toHaveTitle(`${title} · my-app`);
    await fits(page);
  }
  const email = await house.register(page.context());
  await page.context().clearCookies({ name: /session|refresh|signed/ });
  await type(page, 'Email', email);
  await type(page, 'Password', PASSWORD);
  await page.keyboard.press('Enter');
  await signedIn(page, email);
  await fits(page);
});

test('everything can be done by keyboard alone', async ({ page }) => {
  const email = someone();
  await open(page, `${server.url}/`);
  await press(page, button(page, 'Sign in'));
  await expect(field(page, 'Email')).toBeAttached();
  await press(page, button(page, 'Create an account instead'));
  await write(page, 'Name (optional)', 'Grace');
  await write(page, 'Email', email);
  await write(page, 'Password', PASSWORD);
  await press(page, button(page, 'Create account'));
  await signedIn(page, email);
  await press(page, button(page, 'Sign out'));
  await page.waitForURL(`${server.url}/login`);
});
