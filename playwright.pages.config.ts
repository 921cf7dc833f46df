/** The pages of a generated project, in a real browser. */
import { defineConfig } from '@playwright/test';
import { launchOptions, PATIENCE } from './e2e/support/browser.ts';
import { UNCUT } from './e2e/support/uncut.ts';

const launch = await launchOptions();

export default defineConfig({
  testDir: 'e2e/pages',
  outputDir: 'test-results/pages',
  globalSetup: './e2e/pages/project.ts',
  workers: 1,
  retries: process.env.CI && !UNCUT ? 2 : 0,
  forbidOnly: Boolean(process.env.CI),
  ...PATIENCE,
  // What hangs is tried again; no journey takes a quarter of this.
  timeout: 150_000,
  reporter: 'list',
  // One process for all tabs of a site: it compiles Flutter once, which is most of what a page load costs.
  use: { launchOptions: { ...launch, args: [...launch.args, '--process-per-site'] }, screenshot: 'only-on-failure' },
});
