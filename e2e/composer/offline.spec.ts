/** The kept page: without a network, and when a newer build of it is there. Each test has a server of its own to stop. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { build } from 'vite';
import { test as base, Composer, expect } from './composer.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const BUILT = join(ROOT, 'dist', 'page');

interface Site {
  readonly folder: string;
  /** A tab of one browser. */
  tab(code: string): Promise<Composer>;
  readonly context: BrowserContext;
  stop(): Promise<void>;
}

const test = base.extend<{ site: (path: string) => Promise<Site> }>({
  site: async ({ browser }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'stackwright-site-'));
    let server: ChildProcess | undefined;
    let context: BrowserContext | undefined;
    const stop = async (): Promise<void> => {
      if (!server || server.exitCode !== null || server.signalCode !== null) return;
      const gone = new Promise((resolve) => server?.once('exit', resolve));
      server.kill();
      await gone;
    };
    try {
      await use(async (path) => {
        cpSync(BUILT, folder, { recursive: true });
        server = spawn(process.execPath, [join(ROOT, 'scripts', 'serve.mjs')], {
          env: { ...process.env, PORT: '0', FOLDER: folder, BASE: path },
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        const said = await new Promise<string>((resolve) =>
          server?.stdout?.once('data', (text) => resolve(String(text))),
        );
        const baseURL = /http:\S+/.exec(said)?.[0] ?? '';
        const visitor = await browser.newContext({
          baseURL: baseURL.endsWith('/') ? baseURL : `${baseURL}/`,
          hasTouch: true,
        });
        context = visitor;
        const tab = async (code: string): Promise<Composer> => {
          const page = await visitor.newPage();
          const composer = new Composer(page);
          await composer.open(code);
          return composer;
        };
        return { folder, tab, context: visitor, stop };
      });
    } finally {
      await context?.close();
      await stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

/** Once it is active, all that it has to keep is kept. */
const kept = (page: Page): Promise<string> => page.evaluate(async () => (await navigator.serviceWorker.ready).scope);
const caches = (page: Page): Promise<number> => page.evaluate(async () => (await window.caches.keys()).length);

test('after the first visit everything works without a network, in a folder of a host too', async ({ site }) => {
  const { tab, context, stop } = await site('/some/folder/');
  const composer = await tab('v1/shop/database');
  const { page } = composer;
  const here = new URL('/some/folder/', page.url()).href;
  expect(await kept(page)).toBe(here);
  const manifest = await page.evaluate(async () => {
    const link = document.querySelector<HTMLLinkElement>('link[rel=manifest]')?.href ?? '';
    const text = (await (await fetch(link)).json()) as { start_url: string; scope: string; icons: { src: string }[] };
    const icons = await Promise.all(text.icons.map(async ({ src }) => (await fetch(new URL(src, link))).status));
    return { start: new URL(text.start_url, link).href, scope: new URL(text.scope, link).href, icons };
  });
  expect(manifest).toEqual({ start: here, scope: here, icons: [200, 200, 200, 200] });

  const headers = async (path: string) => (await context.request.get(path)).headers();
  expect(await headers('./')).toMatchObject({
    'content-security-policy': expect.stringMatching(/^default-src 'none'; .*frame-ancestors 'none'$/),
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
  });
  const script = (await page.locator('script[type=module]').getAttribute('src')) ?? '';
  expect((await headers(script))['cache-control']).toContain('immutable');
  expect((await headers('worker.js'))['cache-control']).toBe('no-cache');

  await context.setOffline(true);
  await stop();
  await page.reload();
  await composer.expectList('Backend, always', 'Database, chosen', 'Frontend, always');

  // Modules whose texts were never asked for.
  for (const name of ['Add Auth', 'Add Worker', 'Add Kubernetes']) await composer.button(name).click();
  expect(await composer.file('app/services/auth/cookies.py')).toContain('def ');
  await composer.tab('Diagram').click();
  const which = page.getByRole('combobox', { name: 'Which diagram' });
  // What modules give is there when their texts are.
  await expect.poll(() => which.locator('option').count()).toBeGreaterThan(2);
  const ids = await which.locator('option').evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
  const kinds = new Set<string>();
  for (const id of ids) {
    await which.selectOption(id);
    const title = await which.locator('option:checked').textContent();
    await expect(page.getByRole('img', { name: `Diagram: ${title}.` })).toBeVisible();
    kinds.add((await page.getByRole('region', { name: 'Mermaid text' }).textContent())?.trim().split(/\s/)[0] ?? '');
  }
  expect([...kinds].sort(), 'every kind that modules give is among them').toEqual([
    'erDiagram',
    'flowchart',
    'sequenceDiagram',
  ]);
  const [zip] = await Promise.all([page.waitForEvent('download'), composer.button('Download zip').click()]);
  expect(zip.suggestedFilename()).toBe('shop.zip');
  await expect(page.getByRole('dialog')).toContainText('cd shop');
});

test('a newer build is announced, taken on the person’s word, and no tab loses anything', async ({ site }) => {
  const { folder, tab, context } = await site('/');
  const first = await tab('v1/shop/');
  await kept(first.page);
  await first.button('Add Auth').click();
  const second = await tab('v1/other/');
  const notice = (composer: Composer) => composer.page.getByRole('region', { name: 'New version', exact: true });
  await expect(notice(first)).toHaveCount(0);
  for (const { page } of [first, second]) await page.evaluate(() => Object.assign(window, { stayed: true }));

  const newer = mkdtempSync(join(tmpdir(), 'stackwright-newer-'));
  try {
    await build({
      root: ROOT,
      configFile: join(ROOT, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir: newer, emptyOutDir: true },
      plugins: [
        {
          name: 'another-text',
          transform(code, id) {
            if (id.endsWith('/TopBar.tsx')) return code.replace('Stackwright', 'Stackwright Two');
            if (id.endsWith('virtual:content/worker'))
              return code.replace('files: {', 'files: { "two.txt": { text: "" },');
            return undefined;
          },
        },
      ],
    });
    rmSync(folder, { recursive: true });
    cpSync(newer, folder, { recursive: true });
  } finally {
    rmSync(newer, { recursive: true, force: true });
  }
  // As browsers do by themselves at every visit.
  await first.page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  for (const composer of [first, second]) await expect(notice(composer)).toContainText('A new version is ready');
  const brand = (composer: Composer) => composer.page.locator('.brand');
  await expect(brand(first)).toHaveText('Stackwright');

  // By keyboard here, by touch in the other tab.
  const reload = (composer: Composer) => notice(composer).getByRole('button', { name: 'Reload' });
  for (let stop = 0; stop < 160 && !(await reload(first).evaluate((it) => it.matches(':focus'))); stop += 1)
    await first.page.keyboard.press('Tab');
  await first.page.keyboard.press('Enter');
  await expect(brand(first)).toHaveText('Stackwright Two');
  await first.expectCode('v1/shop/auth');
  await expect(notice(first)).toHaveCount(0);
  await first.button('Undo').click();
  await first.expectCode('v1/shop/');
  await first.button('Add Worker').click();
  const file = (composer: Composer) => composer.page.locator('[data-path="two.txt"]');
  await expect(file(first)).toBeVisible();

  // The other tab has not agreed: it is as it was, with chunks that the server no longer has.
  expect(await second.page.evaluate(() => 'stayed' in window)).toBe(true);
  await second.button('Add Worker').click();
  await expect(second.page.locator('[data-path="README.md"]')).toBeVisible();
  expect(await second.file('README.md')).toContain('orker');
  await expect(file(second)).toHaveCount(0);
  await expect.poll(() => caches(second.page)).toBe(2);
  await second.page.setViewportSize({ width: 390, height: 844 });
  await reload(second).tap();
  await expect(brand(second)).toHaveText('Stackwright Two');
  await second.page.setViewportSize({ width: 1280, height: 720 });
  await second.expectCode('v1/other/worker');
  await expect(file(second)).toBeVisible();

  // The last one that is open needs the new version alone.
  await first.page.close();
  await second.page.reload();
  await expect.poll(() => caches(second.page)).toBe(1);
  expect(context.pages()).toHaveLength(1);
});
