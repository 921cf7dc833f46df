/** A Chromium for Playwright: the system's, else Debian's package, else Playwright's own download. */
import { run } from './shell.ts';
import { aptInstall, which } from './system.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * The path of the browser, or an empty text when Playwright is to use its own.
 * @throws in one sentence where there is none to be had
 */
export async function findChromium(): Promise<string> {
  const there = NAMES.map(which).find((path) => path !== undefined);
  if (there) return there;
  const reasons: string[] = [];
  try {
    await aptInstall('chromium', 'fonts-dejavu-core');
    const installed = NAMES.map(which).find((path) => path !== undefined);
    if (installed) return installed;
  } catch (error) {
    reasons.push(error instanceof Error ? error.message : String(error));
  }
  const downloaded = await run('npx', ['playwright', 'install', 'chromium'], { seconds: 600 });
  if (downloaded.code === 0) return '';
  throw new Error(`no Chromium: install the package chromium. ${reasons.join(' ')}`);
}
