/**
 * Takes pictures of the real page, after `npm run build`: `node scripts/screenshot.mjs` the two of the README, and
 * `node scripts/screenshot.mjs --screens [STATE…]` each state worth looking at, wide and narrow, light and dark, into
 * `docs/screens`.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const root = fileURLToPath(new URL('..', import.meta.url));
const [first, ...wanted] = process.argv.slice(2);
const WIDE = { viewport: { width: 1440, height: 900 } };
const NARROW = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
/** In bytes; what is larger is made coarser. */
const LARGEST = 100_000;

const server = spawn(process.execPath, [join(root, 'scripts', 'serve.mjs')], { env: { ...process.env, PORT: '0' } });
const address = await new Promise((resolve, reject) => {
  server.stdout.on('data', (text) => resolve(/http:\S+/.exec(String(text))?.[0]));
  server.stderr.on('data', (text) => reject(new Error(String(text))));
});
const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium'].find((path) => path && existsSync(path));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });

/** A fresh visit, some steps, and what `take` does with the page then. */
async function visit(code, how, steps, take) {
  const context = await browser.newContext({ ...how, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(`${address}/${code ? `#${code}` : ''}`);
  // The hash stands there when the texts are loaded.
  await page.locator('.results-sum code, .strip.problems').first().waitFor({ state: 'attached' });
  const isNarrow = how.viewport === NARROW.viewport;
  const use = (target) => (isNarrow ? target.tap() : target.click());
  const button = (name) => page.getByRole('button', { name, exact: true }).first();
  await steps({
    page,
    isNarrow,
    button,
    press: (name) => use(button(name)),
    tab: (name) => use(page.getByRole('tab', { name, exact: true })),
    node: (title) => use(page.locator('.react-flow__node').filter({ hasText: title }).first()),
  });
  await page.waitForTimeout(700);
  await take(page, context);
  await context.close();
}

const diagram = async ({ page, tab }) => {
  await tab('Diagram');
  await page.locator('.diagram-picture img').waitFor();
};
const README_CODE = 'v1/shop/auth.postgres';
const LARGE =
  'v1/houses/auth.postgres.org.oauth,cache,dashboard.auth,docker,github,ingress,kubernetes,observability,scheduler.database.worker,worker';

/** What a person meets, in about this order. */
const STATES = {
  starter: ['', async () => {}],
  added: [
    'v1/shop/',
    async ({ page, press, isNarrow }) => {
      await press('Add Auth');
      if (!isNarrow) await page.getByRole('group', { name: /^Auth requires Database/ }).focus();
    },
  ],
  inspector: [
    README_CODE,
    async ({ node, isNarrow, press }) => {
      await (isNarrow ? press('Auth chosen') : node('Auth'));
    },
  ],
  problem: ['v1/shop/auth.postgres,+database.sqlite,nosuch', async ({ tab }) => tab('Command')],
  files: [
    README_CODE,
    async ({ page, tab, isNarrow }) => {
      await tab('Files');
      for (const path of ['app/', 'app/core/', 'app/core/config.py']) {
        const row = page.locator(`[data-path="${path}"]`);
        if ((await row.getAttribute('aria-expanded')) !== 'true') await (isNarrow ? row.tap() : row.click());
      }
    },
  ],
  changes: [
    'v1/shop/auth.rbac',
    async ({ page, tab, isNarrow }) => {
      await tab('Changes');
      const file = page.getByRole('treeitem', { name: /^README\.md/ });
      await (isNarrow ? file.tap() : file.click());
    },
  ],
  large: [
    LARGE,
    async (tools) => {
      if (!tools.isNarrow) await tools.node('Worker');
    },
  ],
  download: [
    README_CODE,
    async ({ page, press }) => {
      await press('Download zip');
      await page.getByRole('dialog').waitFor();
    },
  ],
  commands: [
    README_CODE,
    async ({ page }) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'What shall be done?' }).fill('auth');
    },
  ],
  open: [
    README_CODE,
    async ({ page, press, isNarrow }) => {
      if (isNarrow) await press('More');
      await press(isNarrow ? 'Open a project' : 'Open…');
      await page.getByRole('dialog').getByRole('textbox').fill('{"stackwright": 1');
      await press('Open');
    },
  ],
};

async function screens(names) {
  const folder = join(root, 'docs', 'screens');
  mkdirSync(folder, { recursive: true });
  for (const name of names) {
    const [code, steps] = STATES[name] ?? [];
    if (!steps) throw new Error(`There is no state ${name}; there are ${Object.keys(STATES).join(', ')}.`);
    for (const [width, how] of Object.entries({ wide: WIDE, narrow: NARROW })) {
      for (const colorScheme of ['light', 'dark']) {
        await visit(code, { ...how, colorScheme }, steps, async (page, context) => {
          const session = await context.newCDPSession(page);
          let picture;
          for (const quality of [85, 70, 55, 40]) {
            const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality });
            picture = Buffer.from(data, 'base64');
            if (picture.length < LARGEST) break;
          }
          writeFileSync(join(folder, `${name}-${width}-${colorScheme}.webp`), picture);
        });
      }
    }
  }
}

async function readme() {
  for (const colorScheme of ['light', 'dark'])
    await visit(
      README_CODE,
      { ...WIDE, deviceScaleFactor: 2, colorScheme },
      async (tools) => {
        await tools.node('Auth');
        await diagram(tools);
      },
      (page) => page.screenshot({ path: join(root, 'docs', `composer${colorScheme === 'dark' ? '-dark' : ''}.png`) }),
    );
}

try {
  if (first === '--screens') await screens(wanted.length > 0 ? wanted : Object.keys(STATES));
  else await readme();
} finally {
  await browser.close();
  server.kill();
}
