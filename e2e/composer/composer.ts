/** The page as its users find it, and a guard: a console error, a policy violation or a foreign request fails a test. */
import { type BrowserContext, test as base, type Locator, type Page, expect as plain } from '@playwright/test';
import { looking as expect, findings, look } from './states.ts';

export { expect };

export class Composer {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  get modules(): Locator {
    return this.page.getByRole('region', { name: 'Modules', exact: true });
  }
  get graph(): Locator {
    return this.page.getByRole('region', { name: 'Graph', exact: true });
  }
  get inspector(): Locator {
    return this.page.getByRole('region', { name: 'Inspector', exact: true });
  }
  get notices(): Locator {
    return this.page.getByRole('region', { name: 'Notices', exact: true });
  }
  get problems(): Locator {
    return this.page.getByRole('region', { name: 'Problems', exact: true });
  }
  get selected(): Locator {
    return this.page.getByRole('list', { name: 'Selected modules', exact: true });
  }
  get name(): Locator {
    return this.page.getByRole('textbox', { name: 'Project name', exact: true });
  }
  /** What is said to who listens. */
  get live(): Locator {
    return this.page.locator('[role=status][aria-live=polite]').last();
  }
  get toast(): Locator {
    return this.page.locator('.toast');
  }

  async open(code = ''): Promise<void> {
    await this.page.goto(code ? `#${code}` : './');
    await expect(this.selected.getByRole('listitem').first()).toBeVisible();
    await expect(this.page.locator('.unarranged')).toHaveCount(0);
  }
  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }
  tab(name: 'Diagram' | 'Files' | 'Changes' | 'Command'): Locator {
    return this.page.getByRole('tab', { name, exact: true });
  }
  node(title: string): Locator {
    return this.graph
      .locator('.react-flow__node')
      .filter({ has: this.page.locator('.card-title').getByText(title, { exact: true }) });
  }
  /** The items' accessible names. */
  list(): Promise<(string | null)[]> {
    return this.selected
      .getByRole('listitem')
      .evaluateAll((items) => items.map((item) => item.getAttribute('aria-label')));
  }
  async expectList(...items: string[]): Promise<void> {
    await expect.poll(() => this.list()).toEqual(items);
    // The graph is its twin.
    await expect(this.graph.locator('.react-flow__node')).toHaveCount(items.length);
  }
  code(): string {
    return decodeURIComponent(new URL(this.page.url()).hash.slice(1));
  }
  async expectCode(code: string): Promise<void> {
    await expect.poll(() => this.code()).toBe(code);
  }
  /** Opens a file in the Files tab and hands back its text. */
  async file(path: string): Promise<string> {
    await this.tab('Files').click();
    const tree = this.page.getByRole('tree', { name: 'Files of the project' });
    const parts = path.split('/');
    for (let depth = 1; depth < parts.length; depth += 1) {
      const folder = tree.locator(`[data-path="${parts.slice(0, depth).join('/')}/"]`);
      if ((await folder.getAttribute('aria-expanded')) === 'false') await folder.click();
    }
    await tree.locator(`[data-path="${path}"]`).click();
    const lines = this.page.getByRole('region', { name: `Text of ${path}` }).locator('code');
    await expect(lines.first()).toBeVisible();
    return (await lines.allTextContents()).map((line) => line.replace(/\n$/, '')).join('\n');
  }
  /** Of a state that nothing tells from one that was looked at, but the way there; all others are looked at unasked. */
  async expectAccessible(state: string): Promise<void> {
    plain(await findings(this.page), state).toEqual([]);
  }
}

/** Everything that must not happen in any page of a context, collected while it lives. */
function watch(context: BrowserContext, wrong: string[]): void {
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      wrong.push(`console ${message.type()}: ${message.text()}`);
  });
  context.on('weberror', (error) => wrong.push(`uncaught: ${error.error().message}`));
  context.on('request', (request) => {
    const url = new URL(request.url());
    // Each server of the tests is this machine's; which of them a page may ask, its policy says.
    if (!['localhost', '127.0.0.1', ''].includes(url.hostname)) wrong.push(`request to ${request.url()}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 400) wrong.push(`${response.status()} for ${response.url()}`);
  });
}

export const test = base.extend<{ composer: Composer; watched: undefined }>({
  // Whatever context a test opens, and whatever pages in it: no test has to ask for it, and none can do without.
  watched: [
    async ({ browser }, use) => {
      const wrong: string[] = [];
      const opened = (context: BrowserContext): void => watch(context, wrong);
      browser.on('context', opened);
      await use(undefined);
      browser.off('context', opened);
      plain(wrong, 'nothing in the console, no violation, no foreign request').toEqual([]);
    },
    { auto: true },
  ],
  // Each test is a first visit: none waits for, or pays for, the whole page being kept. `offline.spec.ts` has the worker.
  context: async ({ context }, use) => {
    await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
    await use(context);
  },
  composer: async ({ page }, use, info) => {
    await use(new Composer(page));
    if (info.status === 'passed' && !page.isClosed()) await look(page);
  },
});
