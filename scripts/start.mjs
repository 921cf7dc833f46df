/** `npm start`: installs and builds what is missing or old, then serves the page. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stampOf } from './fresh.mjs';
import { root, runTool, setup, stop } from './setup.mjs';

const SOURCES = [
  'src',
  'templates',
  'build',
  'public',
  'index.html',
  'mermaid.html',
  'vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];

/** The stamp lies outside the page, which would serve it. */
function buildPage() {
  const stampFile = join(root, '.cache', 'page-stamp');
  const stamp = stampOf(SOURCES);
  const built = existsSync(join(root, 'dist', 'page', 'index.html')) && existsSync(stampFile);
  if (built && readFileSync(stampFile, 'utf8') === stamp) return;
  process.stderr.write('Building the page ...\n');
  const args = ['build', '--config', 'vite.config.ts', '--logLevel', 'warn'];
  if (runTool('vite/bin/vite.js', args) !== 0) stop('The page could not be built; the reason is above.');
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(stampFile, stamp);
}

const port = process.env.PORT;
if (port !== undefined && !(/^\d+$/.test(port) && Number(port) < 65536)) {
  stop(`PORT is ${JSON.stringify(port)}; it has to be a number up to 65535.`);
}
setup();
buildPage();
await import('./serve.mjs');
