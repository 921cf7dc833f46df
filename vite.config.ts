import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { bundlePlugin } from './build/bundle.ts';
import { hostingPlugin } from './build/hosting-plugin.ts';
import { entryFileNames, offlinePlugin, workerInput } from './build/offline-plugin.ts';
import { policyPlugin } from './build/policy.ts';
import { templatesPlugin } from './build/templates-plugin.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  root,
  base: './',
  plugins: [
    react(),
    templatesPlugin(root),
    policyPlugin(),
    bundlePlugin(root),
    offlinePlugin(root),
    hostingPlugin(root),
  ],
  build: {
    outDir: 'dist/page',
    target: 'es2023',
    sourcemap: false,
    modulePreload: { polyfill: false },
    // Inlined fonts and images would be data: URLs, which the policy allows for images alone.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1024,
    rolldownOptions: {
      checks: { pluginTimings: false },
      input: { index: `${root}index.html`, mermaid: `${root}mermaid.html`, ...workerInput },
      output: {
        entryFileNames,
        // All declarations are in the first view; alone they would be a request each, since their facts import them too.
        codeSplitting: { groups: [{ name: 'modules', test: /\/templates\/[^/]+\/module\.ts$/ }] },
      },
    },
  },
  test: {
    include: [
      'src/**/*.test.{ts,tsx}',
      'templates/**/*.test.ts',
      'build/**/*.test.ts',
      'scripts/**/*.test.ts',
      'bench/**/*.test.ts',
    ],
    environment: 'node',
    // Only there to end a hang: how long a test takes says nothing on a shared machine.
    testTimeout: 120_000,
  },
});
