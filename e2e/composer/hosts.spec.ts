/** The built page on the servers of common hosts, by the files that the build wrote for them; see `docs/hosting.md`. */
import { cpSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hostingFiles } from '../../build/hosting-plugin.ts';
import { ALWAYS, CACHE, HASHED } from '../../build/policy.ts';
import { HOSTS, Host } from '../support/hosts.ts';
import { type Answer, ask } from '../support/http.ts';
import { npmModules } from '../support/npm.ts';
import { obtain } from '../support/obtain.ts';
import { temporaryFolder } from '../support/paths.ts';
import { test as base, Composer, expect } from './composer.ts';

const BUILT = join(import.meta.dirname, '..', '..', 'dist', 'page');
const FOR_HOSTS = Object.keys(hostingFiles([]));
const FILES = (readdirSync(BUILT, { recursive: true, encoding: 'utf8' }) as string[])
  .filter((name) => statSync(join(BUILT, name)).isFile() && !FOR_HOSTS.includes(name))
  .sort();
const GONE = ['gone', 'gone.html', 'catalogs/20200101-00000000.js', `${HASHED}/gone-12345678.js`];
const TYPES: Readonly<Record<string, RegExp>> = {
  '.html': /^text\/html\b/,
  '.js': /^(?:text|application)\/javascript\b/,
  '.css': /^text\/css\b/,
  '.json': /^application\/json\b/,
  '.png': /^image\/png$/,
  '.svg': /^image\/svg\+xml\b/,
  '.webmanifest': /^application\/manifest\+json\b/,
  '.woff2': /^font\/woff2$/,
};
const FRAME_ANCESTORS: Readonly<Record<string, string>> = { 'index.html': "'none'", 'mermaid.html': "'self'" };

/** What a host has to say of a file, in small letters. The page's own policy is read from the page. */
function expected(file: string): Record<string, string> {
  const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(read(file)) ?? [];
  const ancestors = FRAME_ANCESTORS[file];
  return small({
    ...ALWAYS,
    'Cache-Control': file.startsWith(`${HASHED}/`) ? CACHE.hashed : CACHE.other,
    ...(ancestors
      ? { 'Content-Security-Policy': `${policy.replaceAll('&#39;', "'")}; frame-ancestors ${ancestors}` }
      : {}),
  });
}

const read = (file: string): string => readFileSync(join(BUILT, file), 'utf8');
const small = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** Some hosts redirect to addresses without `.html`. */
async function visit(address: string, path: string): Promise<Answer> {
  const answer = await ask(address, 'GET', path);
  const { location } = answer.headers;
  return answer.status === 308 && location ? ask(address, 'GET', location) : answer;
}

const test = base.extend<{ site: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its first parameter
  site: async ({}, use) => {
    const folder = temporaryFolder('site');
    cpSync(BUILT, folder, { recursive: true });
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
});

for (const [name, get] of Object.entries(HOSTS)) {
  test(`${name} sends every file as the policy says, and the page works there, without a network too`, async ({
    site,
    browser,
  }) => {
    const program = await obtain(name, get);
    test.skip(!program);
    if (!program) return;
    console.info(`${name}: ${program.version}`);
    const host = await Host.start(program, site);
    const context = await browser.newContext({ baseURL: `${host.base}/` });
    try {
      for (const file of FILES) {
        for (const path of file === 'index.html' ? ['/', '/index.html'] : [`/${file}`]) {
          const { status, headers } = await visit(host.base, path);
          expect({ status, ...headers }, path).toMatchObject({ status: 200, ...expected(file) });
          expect(headers['content-type'], path).toMatch(TYPES[extname(file)] ?? /^$/);
        }
      }
      for (const path of GONE) {
        const { status, headers } = await ask(host.base, 'GET', `/${path}`);
        expect({ path, status, ...headers }).toMatchObject({ path, status: 404, ...small(ALWAYS) });
        expect(headers['cache-control'] ?? '', `${path} may come with the next version`).not.toMatch(
          /max-age|immutable/,
        );
      }

      const page = await context.newPage();
      const composer = new Composer(page);
      await composer.open('v1/shop/database');
      await page.evaluate(() => navigator.serviceWorker.ready);
      await context.setOffline(true);
      await host.stop();
      await page.reload();
      await composer.button('Add Auth').click();
      expect(await composer.file('app/services/auth/cookies.py')).toContain('def ');
      await composer.tab('Diagram').click();
      await expect(page.getByRole('img', { name: /^Diagram: / })).toBeVisible();
    } finally {
      await context.close();
      await host.stop();
    }
  });
}

test('Netlify’s own parser reads of every file what the policy says', async () => {
  const modules = await obtain('@netlify/headers', () => npmModules('netlify'));
  test.skip(!modules);
  if (!modules) return;
  const { HeadersHandler } = (await import(
    pathToFileURL(join(modules, '@netlify', 'headers', 'dist', 'main.js')).href
  )) as { HeadersHandler: new (of: object) => { apply(request: Request): Promise<Record<string, string>> } };
  const wrong: string[] = [];
  const logger = { error: (text: string) => wrong.push(text) };
  const handler = new HeadersHandler({ projectDir: BUILT, logger });
  for (const file of FILES)
    expect(small(await handler.apply(new Request(`https://host/${file}`))), file).toEqual(expected(file));
  for (const [path, file] of [
    ['', 'index.html'],
    ['mermaid', 'mermaid.html'],
  ] as const)
    expect(small(await handler.apply(new Request(`https://host/${path}`))), path).toEqual(expected(file));
  expect(wrong).toEqual([]);
});

test('Vercel’s own schema and patterns say of every file what the policy says', async () => {
  const modules = await obtain('@vercel/routing-utils', () => npmModules('vercel'));
  test.skip(!modules);
  if (!modules) return;
  const from = createRequire(join(modules, 'from.cjs'));
  const { headersSchema, getTransformedRoutes } = from('@vercel/routing-utils') as {
    headersSchema: object;
    getTransformedRoutes: (config: object) => {
      error: unknown;
      routes: { src?: string; headers?: Record<string, string> }[];
    };
  };
  const { Ajv } = from('ajv') as {
    Ajv: new (how: object) => { validate(schema: object, value: unknown): boolean; errors: unknown };
  };
  const config = JSON.parse(read('vercel.json')) as { headers: unknown };
  const ajv = new Ajv({ strict: false });
  expect(ajv.validate(headersSchema, config.headers), JSON.stringify(ajv.errors)).toBe(true);
  const { error, routes } = getTransformedRoutes(config);
  expect(error).toBeNull();
  for (const file of FILES) {
    const said = routes.filter(({ src }) => new RegExp(src ?? '^$').test(`/${file}`)).map(({ headers }) => headers);
    expect(small(Object.assign({}, ...said)), file).toEqual(expected(file));
  }
});
