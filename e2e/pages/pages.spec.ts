/** The pages /login and /register of a generated project, as a person and as an attacker meets them in a browser. */
import { type BrowserContext, type ConsoleMessage, expect, type Locator, type Page, test } from '@playwright/test';
import { button, edited, field, open, ready, text, type } from './flet.ts';
import { forge, record, replay } from './forge.ts';
import { type Server, site, start } from './server.ts';

/** Made by `project.ts` before the first journey. */
const PROJECT = process.env.PAGES_PROJECT ?? '';
const PASSWORD = 'a long enough phrase';
/** Flet asks a CDN for an engine it does not need, and the policy says no. A 401 is how the script learns that a session is over. */
const KNOWN_NOISE = [/rive-app\/flutter-native-wasm/, /not contained in a form/, /401 \(Unauthorized\)/];
/** What Flet and the browser say while the server is away. */
const UNREACHABLE = [/WebSocket/, /ERR_CONNECTION/, /^Exception$/, /Failed to fetch/];

let server: Server;
let people = 0;
const someone = () => `person${people++}@example.com`;

test.beforeAll(async () => {
  server = await start(PROJECT, { SIGN_INS_PER_MINUTE: '1000' });
});
test.afterAll(async () => server.end());

/** Complaints of every page of a test; looked at when it ends. */
let complaints: string[] = [];
/** Noise a test brings about itself, by stopping the server for one. */
let expected: RegExp[] = [];
test.beforeEach(({ context }) => {
  complaints = [];
  expected = [];
  const hear = (page: Page) => {
    page.on('console', (said: ConsoleMessage) => {
      if (['error', 'warning'].includes(said.type())) complaints.push(said.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => {
      const { origin } = new URL(request.url());
      if (/^http/.test(origin) && !/localhost|127\.0\.0\.1/.test(origin)) complaints.push(`asked ${request.url()}`);
    });
  };
  context.pages().forEach(hear);
  context.on('page', hear);
});
test.afterEach(() => {
  const unknown = complaints.filter((words) => ![...KNOWN_NOISE, ...expected].some((known) => known.test(words)));
  expect(unknown, 'no console error, policy violation or third-party request').toEqual([]);
});

async function register(page: Page, email = someone(), path = '/register'): Promise<string> {
  await page.bringToFront();
  await open(page, server.url + path);
  await type(page, 'Email', email);
  await type(page, 'Password', PASSWORD);
  await page.keyboard.press('Enter');
  await signedIn(page, email);
  return email;
}

async function signIn(page: Page, email: string, path = '/login'): Promise<void> {
  await page.bringToFront();
  await open(page, server.url + path);
  await type(page, 'Email', email);
  await type(page, 'Password', PASSWORD);
  await page.keyboard.press('Enter');
}

async function signedIn(page: Page, email: string): Promise<void> {
  await page.waitForURL(`${server.url}/app`);
  await ready(page);
  await expect(text(page, `You are signed in as ${email}.`)).toBeAttached();
}

/** What a browser does when the access token has run out: the cookie is gone, the marker names a time gone by. */
async function expire(context: BrowserContext): Promise<void> {
  await context.clearCookies({ name: 'aegis_session' });
  await context.addCookies([{ name: 'aegis_signed_in', value: '1700000000', url: server.url, sameSite: 'Lax' }]);
}

const cookie = async (context: BrowserContext, name: string) =>
  (await context.cookies()).find((one) => one.name === name);

test('after signing in both cookies are HttpOnly and no token can be read by script', async ({ page, context }) => {
  const frames: string[] = [];
  page.on('websocket', (socket) => {
    const keep = ({ payload }: { payload: string | Buffer }) => frames.push(payload.toString('latin1'));
    socket.on('framereceived', keep);
    socket.on('framesent', keep);
  });
  await register(page);
  const session = await cookie(context, 'aegis_session');
  const refresh = (await context.cookies(`${server.url}/api/v1/auth/refresh`)).find(
    ({ name }) => name === 'aegis_refresh',
  );
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(refresh).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/api/v1/auth' });

  const readable = await page.evaluate(() =>
    JSON.stringify([
      document.cookie,
      { ...localStorage },
      { ...sessionStorage },
      name,
      location.href,
      performance.getEntries(),
    ]),
  );
  const refreshed = await page.evaluate(async () => (await fetch('/api/v1/auth/refresh', { method: 'POST' })).text());
  const now = await context.cookies(`${server.url}/api/v1/auth/refresh`);
  for (const secret of [session, refresh, ...now.filter((one) => one.httpOnly)].map((one) => one?.value ?? 'missing')) {
    expect(readable).not.toContain(secret);
    expect(refreshed).not.toContain(secret);
    expect(frames.join('\n')).not.toContain(secret);
  }
});

test('next is honoured on this origin and nowhere else', async ({ page }) => {
  const email = await register(page);
  for (const [next, landing] of [
    ['/?from=sign-in', '/?from=sign-in'],
    ['/', '/'],
    ['//127.0.0.1:9/x', '/app'],
    ['/%5C127.0.0.1:9', '/app'],
    ['https://127.0.0.1:9/', '/app'],
  ]) {
    await page.context().clearCookies();
    await signIn(page, email, `/login?next=${next}`);
    await page.waitForURL(server.url + landing);
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
  const email = await register(page);
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
  const email = await register(page);
  const other = await context.browser()!.newContext();
  await signIn(await other.newPage(), email);
  await other.pages()[0]!.waitForURL(/\/app$/);
  await button(page, 'Account').click();
  await expect(button(page, 'End')).toBeAttached();
  await expire(context);
  await button(page, 'End').click();
  await expect(button(page, 'End')).toHaveCount(0);
  await expect(text(page, 'This browser')).toBeAttached();
  await other.close();
});

test('with the access token run out, a reload succeeds', async ({ page, context }) => {
  const email = await register(page);
  await expire(context);
  await page.reload();
  await signedIn(page, email);
});

test('with the access token run out, a link on another site leads to the page, signed in', async ({
  page,
  context,
}) => {
  const email = await register(page);
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

test('the script renews the cookies before they run out', async ({ page, context }) => {
  const email = await register(page);
  const before = await cookie(context, 'aegis_session');
  const renewed = page.waitForResponse((answer) => answer.url().endsWith('/auth/refresh'));
  await page.clock.setFixedTime(Date.now() + (14 * 60 + 30) * 1000);
  expect((await renewed).status()).toBe(200);
  expect((await cookie(context, 'aegis_session'))?.value).not.toBe(before?.value);
  await expect(text(page, `You are signed in as ${email}.`)).toBeAttached();
});

test('two tabs that wake up at once both stay in', async ({ page, context }) => {
  const email = await register(page);
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
  const email = await register(page);
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
  const email = await register(page);
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
  const email = await register(page);
  const other = await context.browser()!.newContext();
  const remote = await other.newPage();
  await signIn(remote, email);
  await signedIn(remote, email);
  await button(remote, 'Account').click();
  await button(remote, 'End').click();
  await expect(button(remote, 'End')).toHaveCount(0);
  await button(page, 'Account').click();
  await page.waitForURL(`${server.url}/login?next=%2Faccount`);
  await other.close();
});

test('another person on the same browser sees nothing of the first', async ({ page, context }) => {
  const first = await register(page);
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
  const second = await register(page);
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
  const first = await register(page);
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
  // The open page is the first person's connection, whose session has ended: it notices by itself.
  await expect(text(page, first)).toHaveCount(0);
  await signedIn(page, second);
  await expect(text(page, first)).toHaveCount(0);
  expect(await cookie(context, 'aegis_session')).toBeTruthy();
});

test('40 wrong passwords through the page meet the same limit as over HTTP', async ({ page }) => {
  const strict = await start(PROJECT);
  await record(page);
  await open(page, `${strict.url}/login`);
  await type(page, 'Email', 'nobody@example.com');
  await type(page, 'Password', 'wrong password');
  await page.keyboard.press('Enter');
  await expect(text(page, 'The address or the password is wrong.')).toBeAttached();
  for (let tries = 0; tries < 39; tries++) {
    await replay(page, 'submit');
    await page.waitForTimeout(150);
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
  await register(page);
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
  await register(page);
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
  const email = await register(page);
  await page.context().clearCookies();
  await open(page, `${server.url}/login`);
  await button(page, 'Sign in').click();
  await expect(field(page, 'Email')).toHaveAccessibleDescription('Enter your email address.');
  await expect(field(page, 'Password')).toHaveAccessibleDescription('Enter your password.');
  await expect(field(page, 'Email')).toBeFocused();
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
  for (const path of ['/', '/login', '/register']) {
    await open(page, server.url + path);
    await fits(page);
  }
  const email = await register(page);
  await fits(page);
  await button(page, 'Sign out').click();
  await page.waitForURL(`${server.url}/login`);
  await signIn(page, email);
  await signedIn(page, email);
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

test('everything can be done by keyboard alone', async ({ page }) => {
  const email = someone();
  await open(page, `${server.url}/`);
  await walkTo(page, button(page, 'Sign in'));
  await page.keyboard.press('Enter');
  await expect(field(page, 'Email')).toBeAttached();
  await walkTo(page, button(page, 'Create an account instead'));
  await page.keyboard.press('Enter');
  await write(page, 'Name (optional)', 'Grace');
  await write(page, 'Email', email);
  await write(page, 'Password', PASSWORD);
  await walkTo(page, button(page, 'Create account'));
  await page.keyboard.press('Enter');
  await signedIn(page, email);
  await walkTo(page, button(page, 'Sign out'));
  await page.keyboard.press('Enter');
  await page.waitForURL(`${server.url}/login`);
});

/** Walks to a field and types, as one does who has no mouse. */
async function write(page: Page, name: string, value: string): Promise<void> {
  await walkTo(page, field(page, name));
  await page.keyboard.type(value);
  await expect.poll(async () => [await field(page, name).inputValue(), await edited(page)]).toContain(value);
}

/** Presses Tab until the control has the focus. */
async function walkTo(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeAttached();
  for (let steps = 0; steps < 30; steps++) {
    if (await control.evaluate((node) => node.contains(document.activeElement))) return;
    await page.keyboard.press('Tab');
    await page.waitForTimeout(100);
  }
  throw new Error(`Tab never reaches ${control}.`);
}
