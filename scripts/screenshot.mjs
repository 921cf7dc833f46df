/**
 * Takes the README's pictures from the real page: `npm run build && node scripts/screenshot.mjs [FOLDER]`, by
 * default into `docs/`. With `--all`, every state worth looking at, wide and narrow, light and dark.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const root = fileURLToPath(new URL('..', import.meta.url));
const all = process.argv.includes('--all');
const folder = process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? join(root, 'docs');
const WIDE = { viewport: { width: 1440, height: 900 }, deviceScaleFactor: all ? 1 : 2 };
const NARROW = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };

mkdirSync(folder, { recursive: true });
const server = spawn(process.execPath, [join(root, 'scripts', 'serve.mjs')], { env: { ...process.env, PORT: '0' } });
const address = await new Promise((resolve, reject) => {
  server.stdout.on('data', (text) => resolve(/http:\S+/.exec(String(text))?.[0]));
  server.stderr.on('data', (text) => reject(new Error(String(text))));
});
const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium'].find((path) => path && existsSync(path));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });

/** One picture after some steps, from a fresh visit. */
async function picture(name, code, more, steps) {
  const context = await browser.newContext(more);
  const page = await context.newPage();
  await page.goto(`${address}/${code ? `#${code}` : ''}`);
  await page
    .getByRole('tree')
    .or(page.getByRole('list', { name: 'Selected modules' }))
    .first()
    .waitFor();
  await steps({ page, button: (title) => page.getByRole('button', { name: title, exact: true }) });
  await page.waitForTimeout(700);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
}

const withDiagram = async ({ page }) => {
  await page.getByRole('tab', { name: 'Diagram' }).click();
  await page.locator('.diagram-picture img').waitFor();
};
const README_CODE = 'v1/shop/auth.postgres';
const hero = async (tools) => {
  await tools.page.locator('.react-flow__node').filter({ hasText: 'Auth' }).first().click();
  await withDiagram(tools);
};
try {
  if (!all) {
    for (const colorScheme of ['light', 'dark'])
      await picture(
        colorScheme === 'light' ? 'composer' : 'composer-dark',
        README_CODE,
        { ...WIDE, colorScheme },
        hero,
      );
  } else {
    for (const colorScheme of ['light', 'dark']) {
      const wide = { ...WIDE, colorScheme };
      const narrow = { ...NARROW, colorScheme };
      await picture(`${colorScheme}-starter`, '', wide, async () => {});
      await picture(`${colorScheme}-added`, '', wide, async ({ page, button }) => {
        await button('Add Auth').click();
        await page.locator('.react-flow__edge').first().focus();
      });
      await picture(`${colorScheme}-diagram`, README_CODE, wide, hero);
      await picture(
        `${colorScheme}-problem`,
        'v1/shop/auth.postgres,+database.sqlite,nosuch',
        wide,
        async ({ page }) => {
          await page.getByRole('tab', { name: 'Command' }).click();
          await page.locator('.react-flow__node').nth(2).click();
        },
      );
      await picture(`${colorScheme}-drag`, '', wide, async ({ page, button }) => {
        const from = await button('Add Auth').boundingBox();
        await page.mouse.move(from.x + 60, from.y + 12);
        await page.mouse.down();
        await page.mouse.move(620, 200, { steps: 8 });
      });
      await picture(`${colorScheme}-name`, '', wide, async ({ page }) => {
        await page.getByRole('textbox', { name: 'Project name' }).fill('My App');
        await page.locator('[data-path="app/core/"]').click();
        await page
          .locator('[data-path="app/core/config.py"], [data-path="app/core/settings.py"], [data-path$=".py"]')
          .first()
          .click();
      });
      await picture(`${colorScheme}-next`, README_CODE, wide, async ({ page, button }) => {
        await button('Download zip').click();
        await page.getByRole('dialog').waitFor();
      });
      await picture(`${colorScheme}-planned`, 'v1/shop/auth', wide, async ({ page, button }) => {
        await button('Add Worker').press('Enter');
        await page.getByRole('tab', { name: 'Files' }).click();
      });
      for (const name of ['Modules', 'Inspector', 'Diagram', 'Files', 'Command']) {
        await picture(`${colorScheme}-narrow-${name.toLowerCase()}`, README_CODE, narrow, async ({ page, button }) => {
          if (name === 'Modules') await button('Remove Auth').tap();
          else if (name === 'Inspector') {
            await button('Auth chosen').tap();
          } else await page.getByRole('tab', { name }).tap();
          if (name === 'Diagram') await page.locator('.diagram-picture img').waitFor();
        });
      }
    }
  }
} finally {
  await browser.close();
  server.kill();
}
