/** The page as its users find it, and a guard: a console error, a policy violation or a foreign request fails a test. */
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Locator, type Page } from '@playwright/test';

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
  async expectAccessible(state: string): Promise<void> {
    const { violations } = await new AxeBuilder({ page: this.page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();
    const found = violations.map(
      ({ id, help, nodes }) =>
        `${id}: ${help}\n  ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)}\n    ${failureSummary}`).join('\n  ')}`,
    );
    expect(found, state).toEqual([]);
  }
}

/** Everything that must not happen on a page, collected while it lives. */
export function guard(page: Page, origin: string): string[] {
  const wrong: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      wrong.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => wrong.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && !['blob:', 'data:'].includes(url.protocol)) wrong.push(`request to ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) wrong.push(`${response.status()} for ${response.url()}`);
  });
  return wrong;
}

export const test = base.extend<{ composer: Composer; guarded: (page: Page) => void }>({
  guarded: async ({ baseURL }, use) => {
    const all: string[][] = [];
    await use((page) => all.push(guard(page, new URL(baseURL ?? '').origin)));
    expect(all.flat(), 'nothing in the console, no violation, no foreign request').toEqual([]);
  },
  // Each test is a first visit: none waits for, or pays for, the whole page being kept. `offline.spec.ts` has the worker.
  context: async ({ context }, use) => {
    await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
    await use(context);
  },
  composer: async ({ page, guarded }, use) => {
    guarded(page);
    await use(new Composer(page));
  },
});
