/**
 * Serves the built page from `dist/page`: `node scripts/serve.mjs`, PORT changes the port, PAGE the folder. Each page's own policy, which
 * stands in it as a meta element, is sent as a header too, with what only a header can say.
 */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createGzip } from 'node:zlib';

const root = process.env.PAGE ?? fileURLToPath(new URL('../dist/page', import.meta.url));
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
const POLICY = /http-equiv="Content-Security-Policy" content="([^"]*)"/;
/** Mermaid's page is shown in a frame of ours; the composer in nobody's. */
const FRAMED = 'mermaid.html';

async function fileFor(url) {
  const { pathname } = new URL(url, 'http://here');
  const path = normalize(join(root, decodeURIComponent(pathname)));
  if (path !== root && !path.startsWith(root + sep)) return undefined;
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return join(path, 'index.html');
  return found?.isFile() ? path : undefined;
}

async function policyOf(path) {
  const policy = POLICY.exec(await readFile(path, 'utf8'))?.[1]?.replaceAll('&#39;', "'");
  if (!policy) throw new Error(`${path} has no policy: build the page with npm run build`);
  return `${policy}; frame-ancestors ${path.endsWith(FRAMED) ? "'self'" : "'none'"}`;
}

const server = createServer(async (request, response) => {
  const say = (status, text) => response.writeHead(status, { 'content-type': 'text/plain' }).end(`${text}\n`);
  try {
    if (request.method !== 'GET' && request.method !== 'HEAD') return say(405, 'Only GET and HEAD.');
    const path = await fileFor(request.url ?? '/').catch(() => undefined);
    if (!path) return say(404, 'There is no such page.');
    const type = extname(path);
    const isHashed = path.includes(`${sep}assets${sep}`);
    const isPacked = PACKED.has(type) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    response.writeHead(200, {
      'content-type': TYPES[type] ?? 'application/octet-stream',
      'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      vary: 'accept-encoding',
      ...(type === '.html' ? { 'content-security-policy': await policyOf(path) } : {}),
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

server.on('error', (error) => {
  console.error(
    error.code === 'EADDRINUSE' ? `Port ${port} is taken; choose another with PORT=… npm start` : error.message,
  );
  process.exit(1);
});
// Loopback by name, so that both http://localhost and http://127.0.0.1 answer.
server.listen(port, process.env.HOST, () => {
  console.log(`Stackwright is at http://localhost:${server.address().port}`);
});
