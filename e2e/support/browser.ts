/** How every journey starts its browser. */
import { findChromium } from './chromium.ts';

/** Headless and quiet: no sandbox is to be had for root, and nothing but the page itself is to be asked for. */
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Playwright's `launchOptions`; installs a browser where there is none and that can be done. */
export async function launchOptions(): Promise<{ executablePath?: string; args: string[] }> {
  const path = process.env.CHROMIUM ?? (await findChromium());
  // Workers read the configuration again; they need not look again.
  process.env.CHROMIUM = path;
  return { ...(path === '' ? {} : { executablePath: path }), args: ARGUMENTS };
}

/** How long Playwright waits before it calls something a hang; nothing is timed. */
export const PATIENCE = { timeout: 300_000, expect: { timeout: 60_000 } } as const;
