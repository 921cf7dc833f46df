/** The composer's journeys, on the built page as `npm start` serves it. */
import { execFileSync } from 'node:child_process';
import { defineConfig } from '@playwright/test';
import { launchOptions, PATIENCE } from './e2e/support/browser.ts';
import { UNCUT } from './e2e/support/uncut.ts';

/** Asked for once: workers read this file again and inherit the answer. */
process.env.E2E_PORT ??= execFileSync(process.execPath, [
  '-e',
  "const s = require('node:net').createServer().listen(0, () => { console.log(s.address().port); s.close(); })",
])
  .toString()
  .trim();
const port = process.env.E2E_PORT;
const isBuilt = process.env.E2E_BUILT === '1';

export default defineConfig({
  testDir: 'e2e/composer',
  outputDir: 'test-results/composer',
  fullyParallel: true,
  workers: 2,
  retries: process.env.CI && !UNCUT ? 2 : 0,
  forbidOnly: Boolean(process.env.CI),
  ...PATIENCE,
  reporter: 'list',
  projects: [
    { name: 'journeys', testIgnore: 'states.spec.ts' },
    // Reads what all of them have seen.
    { name: 'states', testMatch: 'states.spec.ts', dependencies: ['journeys'] },
  ],
  use: {
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    screenshot: 'only-on-failure',
    launchOptions: await launchOptions(),
  },
  webServer: {
    command: `${isBuilt ? '' : 'npx vite build --logLevel error && '}node scripts/serve.mjs`,
    url: `http://localhost:${port}/`,
    env: { PORT: port },
    reuseExistingServer: false,
    timeout: 120_000,
  },
});
