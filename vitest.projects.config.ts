import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { templatesPlugin } from './build/templates-plugin.ts';
import { amount } from './e2e/support/uncut.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Generated projects, installed and run: heavy, so one file a project and two at once. */
export default defineConfig({
  root,
  // One file renders all that can be rendered, and installs none of it.
  plugins: [templatesPlugin(root)],
  test: {
    include: ['e2e/projects/**/*.test.ts'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    // These say when to give up on something that hangs; nothing is timed.
    testTimeout: amount(900_000, 3_600_000),
    hookTimeout: 900_000,
    teardownTimeout: 60_000,
  },
});
