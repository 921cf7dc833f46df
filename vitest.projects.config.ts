import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Generated projects, installed and run: heavy, so one file a project and two at once. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    include: ['e2e/projects/**/*.test.ts'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    // These say when to give up on something that hangs; nothing is timed.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    teardownTimeout: 60_000,
  },
});
