/**
 * What all journeys share: one app with a mail server and both providers, and one browser profile, so that what the
 * pages are made of is fetched and compiled once. Each journey begins in a new tab, with no cookies.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import {
  type APIRequestContext,
  type BrowserContext,
  expect,
  type Page,
  test as playwright,
  request,
} from '@playwright/test';
import { FakeGitHub, FakeGoogle } from '../support/oauth-provider.ts';
import { environment } from '../support/shell.ts';
import { type Mail, MailServer } from '../support/smtp.ts';
import { open, ready, text } from './flet.ts';
import { type Server, start } from './server.ts';

/** Made by `project.ts` before the first journey. */
export const PROJECT = process.env.PAGES_PROJECT ?? '';
export const PASSWORD = 'a long enough phrase';
/** What a hash costs by default is no matter of these journeys. */
export const CHEAP = { PASSWORD_HASH_MEMORY_KIB: '8', PASSWORD_HASH_TIME_COST: '1' };

export class House {
  readonly server: Server;
  readonly mails: MailServer;
  readonly providers: { readonly GitHub: FakeGitHub; readonly Google: FakeGoogle };
  #people = 0;
  #boss: APIRequestContext | undefined;

  private constructor(server: Server, mails: MailServer, providers: House['providers']) {
    this.server = server;
    this.mails = mails;
    this.providers = providers;
  }

  static async open(): Promise<House> {
    const mails = await MailServer.start();
    const providers = { GitHub: await new FakeGitHub().listen(), Google: await new FakeGoogle().listen() };
    const environment = {
      ...CHEAP,
      ...mails.environment,
      ...providers.GitHub.settings,
      ...providers.Google.settings,
      SIGN_INS_PER_MINUTE: '1000',
    };
    return new House(await start(PROJECT, environment), mails, providers);
  }

  async close(): Promise<void> {
    await this.#boss?.dispose();
    await this.server.end();
    await this.mails.stop();
    for (const provider of Object.values(this.providers)) provider.close();
  }

  /** An address nobody else has. */
  someone(): string {
    this.#people += 1;
    return `person${this.#people}@example.com`;
  }

  /** Makes an account over HTTP, which leaves the browser the cookies that the form to register would. */
  async register(context: BrowserContext, email = this.someone()): Promise<string> {
    const data = { email, password: PASSWORD };
    const answer = await context.request.post(`${this.server.url}/api/v1/auth/register`, { data });
    expect(answer.status(), await answer.text()).toBe(201);
    return email;
  }

  /** Gives somebody a role, as another admin does. */
  async giveRole(email: string, role: 'admin' | 'user'): Promise<void> {
    const boss = await this.#admin();
    const found = (await (await boss.get('/api/v1/users', { params: { search: email } })).json()) as {
      items: { id: string }[];
    };
    const answer = await boss.put(`/api/v1/users/${found.items[0]?.id}/role`, { data: { role } });
    expect(answer.status(), await answer.text()).toBe(200);
  }

  /** An admin who has signed in just now: the first one is made on the command line. */
  async #admin(): Promise<APIRequestContext> {
    const data = { email: 'boss@example.com', password: PASSWORD };
    if (!this.#boss) {
      this.#boss = await request.newContext({ baseURL: this.server.url });
      await this.#boss.post('/api/v1/auth/register', { data });
      execFileSync(join(PROJECT, '.venv', 'bin', 'app'), ['auth', 'promote', data.email, '--role', 'admin'], {
        cwd: PROJECT,
        env: environment({ DATABASE_URL: this.server.database }),
      });
    }
    await this.#boss.post('/api/v1/auth/login', { data });
    return this.#boss;
  }

  /** Somebody new, at the first page of those who are signed in. */
  async enter(page: Page, email = this.someone()): Promise<string> {
    await this.register(page.context(), email);
    await open(page, `${this.server.url}/app`);
    await this.signedIn(page, email);
    return email;
  }

  async signedIn(page: Page, email: string): Promise<void> {
    await page.waitForURL(`${this.server.url}/app`, { waitUntil: 'commit' });
    await ready(page);
    await expect(text(page, `You are signed in as ${email}.`)).toBeAttached();
  }

  /** The newest mail to somebody whose link leads to a page. */
  async mail(email: string, path: string): Promise<Mail> {
    const found = () => this.mails.to(email).filter(({ link }) => new URL(link).pathname === path);
    await expect.poll(() => found().length).toBeGreaterThan(0);
    return found().at(-1) as Mail;
  }
}

export const test = playwright.extend<object, { house: House; profile: BrowserContext }>({
  house: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
    async ({}, use) => {
      const house = await House.open();
      await use(house);
      await house.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  profile: [
    async ({ browser, house }, use) => {
      const profile = await browser.newContext();
      // As long as one tab of the site is there, so is the process with all that it has compiled.
      const kept = await profile.newPage();
      await open(kept, `${house.server.url}/login`);
      await kept.goto(`${house.server.url}/favicon.svg`);
      await use(profile);
      await profile.close();
    },
    { scope: 'worker' },
  ],
  context: async ({ profile }, use) => {
    await use(profile);
    profile.removeAllListeners('page');
    const [, ...used] = profile.pages();
    await Promise.all(used.map((page) => page.close()));
    await profile.clearCookies();
  },
  page: async ({ context }, use) => use(await context.newPage()),
});
