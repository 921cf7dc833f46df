/** The command line: one file with everything in it, texts in chunks beside it that load on demand. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { templatesPlugin } from './build/templates-plugin.ts';

const root = fileURLToPath(new URL('.', import.meta.url));
const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };

export default defineConfig({
  root,
  plugins: [templatesPlugin(root)],
  define: { __VERSION__: JSON.stringify(version) },
  ssr: { noExternal: true },
  build: {
    ssr: 'src/cli/main.ts',
    outDir: 'dist/cli',
    emptyOutDir: true,
    copyPublicDir: false,
    target: 'node20',
    minify: true,
    // What is bundled is passed on, so its licences go with it.
    license: { fileName: 'LICENSES.md' },
    rolldownOptions: {
      // On a slow machine it would talk into the streams of a first call.
      checks: { pluginTimings: false },
      output: {
        entryFileNames: 'stackwright.js',
        chunkFileNames: 'chunks/[name]-[hash].js',
        banner: (chunk) => (chunk.isEntry ? '#!/usr/bin/env node' : ''),
      },
    },
  },
});
