import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The built and the packed command line, each call a process of its own. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    include: ['e2e/cli/**/*.test.ts'],
    environment: 'node',
    pool: 'forks',
    // These say when to give up on something that hangs; nothing is timed.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
