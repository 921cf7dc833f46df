/** Signing in by password, with GitHub and with Google: all of them end in the same state. */
import { type BrowserContext, expect, type Page } from '@playwright/test';
import { button, field, open, press, ready, type } from './flet.ts';
import { type House, PASSWORD, test } from './house.ts';

/** Both cookies are out of reach of scripts, and so is every token. */
async function isSafe(page: Page, context: BrowserContext, house: House, frames: readonly string[]): Promise<void> {
  const refreshing = `${house.server.url}/api/v1/auth/refresh`;
  const cookie = async (name: string) => (await context.cookies(refreshing)).find((one) => one.name === name);
  const held = [await cookie('aegis_session'), await cookie('aegis_refresh')];
  expect(held[0]).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(held[1]).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/api/v1/auth' });

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
  const now = (await context.cookies(refreshing)).filter((one) => one.httpOnly);
  for (const secret of [...held, ...now].map((one) => one?.value ?? 'missing')) {
    expect(readable).not.toContain(secret);
    expect(refreshed).not.toContain(secret);
    expect(frames.join('\n')).not.toContain(secret);
  }
}

/** All that goes over the page's WebSocket, both ways. */
function overhearBoth(page: Page): string[] {
  const frames: string[] = [];
  page.on('websocket', (socket) => {
    const keep = ({ payload }: { payload: string | Buffer }) => frames.push(payload.toString('latin1'));
    socket.on('framereceived', keep);
    socket.on('framesent', keep);
  });
  return frames;
}

test('after signing in both cookies are HttpOnly and no token can be read by script', async ({
  page,
  context,
  house,
}) => {
  const frames = overhearBoth(page);
  const email = house.someone();
  await open(page, `${house.server.url}/register`);
  await type(page, 'Email', email);
  await type(page, 'Password', PASSWORD);
  await page.keyboard.press('Enter');
  await house.signedIn(page, email);
  await isSafe(page, context, house, frames);
});

for (const [form, name, subject] of [
  ['login', 'GitHub', '4711'],
  ['register', 'Google', '4712'],
] as const) {
  test(`continuing with ${name} on /${form} ends in the same state as a password`, async ({ page, context, house }) => {
    const provider = house.providers[name];
    const frames = overhearBoth(page);
    const email = house.someone();
    provider.account = { subject, email, name: 'Ada Lovelace' };
    await open(page, `${house.server.url}/${form}`);
    await press(page, button(page, `Continue with ${name}`));
    // The person says yes on the provider's own page, at the keyboard too.
    await page.getByRole('link', { name: 'Authorize' }).press('Enter');
    await house.signedIn(page, email);
    await isSafe(page, context, house, frames);

    // The next time it is the same account, and it leads to where the person was going.
    await context.clearCookies();
    await open(page, `${house.server.url}/login?next=/account`);
    await press(page, button(page, `Continue with ${name}`));
    await page.getByRole('link', { name: 'Authorize' }).press('Enter');
    await page.waitForURL(`${house.server.url}/account`, { waitUntil: 'commit' });
    await ready(page);
    await expect(field(page, 'Name')).toBeAttached();
  });
}
