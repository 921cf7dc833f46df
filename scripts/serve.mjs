/**
 * Serves the built page: `node scripts/serve.mjs`. PORT changes the port, FOLDER what is served (`dist/page`), BASE
 * the path it is served under (`/`). The headers are those that the build wrote down for hosts, in `_headers`.
 */
import { createReadStream, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createGzip } from 'node:zlib';

const root = resolve(process.env.FOLDER ?? fileURLToPath(new URL('../dist/page', import.meta.url)));
const base = process.env.BASE ?? '/';
const port = Number(process.env.PORT ?? 4173);

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
};
const PACKED = new Set(['.html', '.js', '.css', '.svg', '.json', '.webmanifest']);

/** Paths, or their beginnings before a `*`, each with its headers. */
function rulesIn(text) {
  const rules = [];
  for (const line of text.split('\n').filter((line) => line !== '')) {
    const [, name, value] = /^ {2}([^:]+): (.*)$/.exec(line) ?? [];
    if (name === undefined) rules.push({ path: line, headers: {} });
    else rules.at(-1).headers[name.toLowerCase()] = value;
  }
  return rules;
}

/** Read for every answer: a build may have come in between. */
function headersWhere(fits) {
  const rules = rulesIn(readFileSync(join(root, '_headers'), 'utf8')).filter(({ path }) => fits(path));
  return Object.assign({}, ...rules.map(({ headers }) => headers));
}

const headersFor = (pathname) =>
  headersWhere((path) => (path.endsWith('*') ? pathname.startsWith(path.slice(0, -1)) : pathname === path));
/** For what is not there, too: without how long to keep it, since the next build may have it. */
const always = () => headersWhere((path) => path === '/*');

async function fileFor(pathname) {
  const path = normalize(join(root, pathname));
  if (path !== root && !path.startsWith(root + sep)) return undefined;
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return join(path, 'index.html');
  return found?.isFile() ? path : undefined;
}

const server = createServer(async (request, response) => {
  const say = (status, text, headers = {}) =>
    response.writeHead(status, { 'content-type': 'text/plain', ...headers }).end(`${text}\n`);
  try {
    if (request.method !== 'GET' && request.method !== 'HEAD') return say(405, 'Only GET and HEAD.', always());
    const pathname = pathOf(request.url ?? '/');
    const path = pathname && (await fileFor(pathname).catch(() => undefined));
    if (!path) return say(404, 'There is no such page.', always());
    const type = extname(path);
    const isPacked = PACKED.has(type) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    response.writeHead(200, {
      'content-type': TYPES[type] ?? 'application/octet-stream',
      vary: 'accept-encoding',
      ...headersFor(pathname),
      ...(isPacked ? { 'content-encoding': 'gzip' } : {}),
    });
    if (request.method === 'HEAD') return response.end();
    const file = createReadStream(path);
    file.on('error', () => response.destroy());
    (isPacked ? file.pipe(createGzip()) : file).pipe(response);
  } catch (error) {
    say(500, error instanceof Error ? error.message : String(error));
  }
});

/** From the served folder on, or `undefined` outside of it and for what is no path. */
function pathOf(url) {
  try {
    const { pathname } = new URL(url, 'http://here');
    return pathname.startsWith(base) ? `/${decodeURIComponent(pathname.slice(base.length))}` : undefined;
  } catch {
    return undefined;
  }
}

server.on('error', (error) => {
  console.error(
    error.code === 'EADDRINUSE' ? `Port ${port} is taken; choose another with PORT=… npm start` : error.message,
  );
  process.exit(1);
});
// Loopback by name, so that both http://localhost and http://127.0.0.1 answer.
server.listen(port, process.env.HOST, () => {
  console.log(`Stackwright is at http://localhost:${server.address().port}${base === '/' ? '' : base}`);
});
