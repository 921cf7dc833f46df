/** The built page in headless Chromium: from a click on the graph's list to the changed preview. */
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { launchOptions } from '../e2e/support/browser.ts';
import { type Figure, quantile } from './main.ts';

export async function pageFigures(): Promise<Figure[]> {
  const server = await preview({ preview: { port: 0, strictPort: false }, logLevel: 'error' });
  const browser = await chromium.launch(await launchOptions());
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(server.resolvedUrls?.local[0] ?? '');
    await page.getByRole('tab', { name: 'Files' }).click();
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    const samples: number[] = [];
    for (let round = 0; round < 40; round += 1) {
      const name = round % 2 === 0 ? 'Add Auth' : 'Remove Auth';
      samples.push(await page.evaluate(clickToPaint, name));
    }
    return [
      {
        name: 'a toggle to a fresh preview, 40 of them, p95',
        value: `${quantile(samples.slice(4), 0.95).toFixed(0)} ms`,
      },
    ];
  } finally {
    await browser.close();
    await new Promise((done) => server.httpServer.close(done));
  }
}

/** Clicks the button of that name and waits until the page has changed and been painted. */
async function clickToPaint(name: string): Promise<number> {
  const button = [...document.querySelectorAll('button')].find(
    (candidate) => (candidate.getAttribute('aria-label') ?? candidate.textContent)?.trim() === name,
  );
  if (!button) throw new Error(`no button ${name}`);
  const start = performance.now();
  button.click();
  await new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}
