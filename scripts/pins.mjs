/**
 * npm run pins [-- --keep]: writes templates/pins.json from a fresh resolution; `--keep` holds what is
 * pinned and adds what is missing. The work is in pins/main.ts, loaded by Vite as the catalog is.
 */
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const vite = await createServer({
  configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)),
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
});
try {
  const { resolvePins } = await vite.ssrLoadModule('/scripts/pins/main.ts');
  console.log(await resolvePins({ keep: process.argv.includes('--keep') }));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await vite.close();
}
