/**
 * npm run release:catalog: keeps the present catalog and engine under public/catalogs, so that later builds can compare
 * what was made with it. Two arguments name other sources and another folder. The work is in build/bundle.ts, loaded by
 * Vite as the catalog is.
 */
import { join } from 'node:path';
import { createServer } from 'vite';
import { root } from './setup.mjs';

const [sources = root, folder = join(sources, 'public', 'catalogs')] = process.argv.slice(2);
const vite = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
});
try {
  const { release } = await vite.ssrLoadModule('/build/bundle.ts');
  console.log(await release(sources, folder));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await vite.close();
}
