/**
 * Prints the figures that README and ARCHITECTURE name. It is built as the page and the command line are, so
 * that what is measured is what people run. Ratios and counts count: times differ between machines.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { root } from './setup.mjs';

process.env.NODE_ENV = 'production';
const outDir = join(root, '.cache', 'bench');
await build({
  configFile: join(root, 'vite.cli.config.ts'),
  logLevel: 'error',
  ssr: { noExternal: [/^(?!vite$|@playwright)/], external: ['vite', '@playwright/test'] },
  build: { ssr: 'bench/main.ts', outDir, minify: false, rolldownOptions: { output: { entryFileNames: 'bench.mjs' } } },
});
try {
  const { main } = await import(pathToFileURL(join(outDir, 'bench.mjs')).href);
  await main(process.argv[2]);
} finally {
  rmSync(outDir, { recursive: true, force: true });
}
