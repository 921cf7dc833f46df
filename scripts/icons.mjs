/**
 * Draws the icons of the installed page from `public/icon.svg`: `node scripts/icons.mjs`. They are committed; run it
 * again when the icon changes. A maskable one may be cut to a circle of four fifths, so its drawing is smaller.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const folder = fileURLToPath(new URL('../public', import.meta.url));
const svg = readFileSync(join(folder, 'icon.svg'), 'utf8');
/** Apple's icons have no transparent ground either. */
const ICONS = [
  { name: 'icon-192', size: 192, part: 1 },
  { name: 'icon-512', size: 512, part: 1 },
  { name: 'icon-maskable-512', size: 512, part: 0.62, ground: '#ffffff' },
  { name: 'apple-touch-icon', size: 180, part: 0.74, ground: '#ffffff' },
];

const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium'].find((path) => path && existsSync(path));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  for (const { name, size, part, ground = 'transparent' } of ICONS) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(
      `<style>body{margin:0;height:100vh;display:grid;place-items:center;background:${ground}}svg{width:${part * 100}%;height:${part * 100}%}</style>${svg}`,
    );
    await page.screenshot({ path: join(folder, `${name}.png`), omitBackground: ground === 'transparent' });
    await page.close();
  }
} finally {
  await browser.close();
}
