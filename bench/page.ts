/** The built page in headless Chromium, as fast as the machine is and four times slower; `docs/bench-page.md` says how. */
import { type Browser, chromium, type Page } from '@playwright/test';
import { preview } from 'vite';
import { launchOptions } from '../e2e/support/browser.ts';
import { type Figure, median, quantile } from './main.ts';
import { keptFigures } from './sizes.ts';

/** A project of fixed size, so that figures of different days can be compared. */
const CODE = '#v1/bench/';
const LOADS = 5;
const SLOW = 4;
/** Each is a page of its own, and their samples are put together. */
const PAGES = 3;
const ROUNDS = Number(process.env.STACKWRIGHT_BENCH_ROUNDS ?? 40);
const WARM = 4;
/** How long people hold a button or a key down, and how long Control is down before the key. */
const HELD_MS = 80;

export async function pageFigures(): Promise<Figure[]> {
  const server = await preview({ preview: { port: 0, strictPort: false }, logLevel: 'error' });
  const browser = await chromium.launch(await launchOptions());
  try {
    const address = server.resolvedUrls?.local[0] ?? '';
    const { rate: slow, had } = await slowDown(browser);
    const figures: Figure[] = [
      { name: `what makes a work of fixed size take ${SLOW} times as long`, value: `rate ${slow}: ${had} times` },
    ];
    for (const rate of [1, slow]) {
      figures.push(...(await loadFigures(browser, address, rate)), ...(await actionFigures(browser, address, rate)));
    }
    return [...figures, ...(await heapFigures(browser, address)), ...keptFigures()];
  } finally {
    await browser.close();
    await new Promise((done) => server.httpServer.close(done));
  }
}

const at = (rate: number): string => (rate === 1 ? '' : `, ${SLOW} times slower`);

/**
 * The rate to ask Chromium for, so that a work of fixed size really takes {@link SLOW} times as long here: it slows
 * down by interrupting the page's thread, which costs more than it means to where cores are few.
 */
async function slowDown(browser: Browser): Promise<{ rate: number; had: string }> {
  const page = await browser.newPage();
  const session = await page.context().newCDPSession(page);
  const timesSlower = async (rate: number): Promise<number> => {
    const ratios: number[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      const paces: number[] = [];
      for (const each of [1, rate]) {
        await session.send('Emulation.setCPUThrottlingRate', { rate: each });
        paces.push(median(await page.evaluate(pace)));
      }
      ratios.push((paces[1] ?? 0) / (paces[0] ?? 1));
    }
    return median(ratios);
  };
  const tried: { rate: number; had: number }[] = [];
  for (const rate of [2.8, 3, 3.2, 3.4, 3.6, 3.8, 4]) tried.push({ rate, had: await timesSlower(rate) });
  await page.close();
  const best = tried.reduce((one, other) => (Math.abs(other.had - SLOW) < Math.abs(one.had - SLOW) ? other : one));
  return { rate: best.rate, had: best.had.toFixed(1) };
}

async function visit(browser: Browser, address: string, rate: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(watchLongTasks);
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
  await page.goto(`${address}${CODE}`);
  // The hash stands there when the texts are loaded and the project is rendered.
  await page.locator('.results-sum code').waitFor();
  await page.waitForTimeout(600);
  return page;
}

async function loadFigures(browser: Browser, address: string, rate: number): Promise<Figure[]> {
  const paints: number[] = [];
  const ready: number[] = [];
  for (let load = 0; load < LOADS; load += 1) {
    const page = await visit(browser, address, rate);
    const { paint, quiet } = await page.evaluate(() => ({
      paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
      quiet: (window as unknown as { quietSince: number }).quietSince,
    }));
    paints.push(paint);
    ready.push(Math.max(paint, quiet));
    await page.context().close();
  }
  const name = `median of ${LOADS} visits${at(rate)}`;
  return [
    { name: `first paint, ${name}`, value: ms(median(paints)) },
    { name: `interactive, ${name}`, value: ms(median(ready)) },
  ];
}

async function actionFigures(browser: Browser, address: string, rate: number): Promise<Figure[]> {
  const pages: Acted[] = [];
  for (let each = 0; each < PAGES; each += 1) pages.push(await act(browser, address, rate));
  const all = (what: 'toggles' | 'undos' | 'moves', when: keyof Watched): number[] =>
    pages.flatMap((page) => page[what][when].slice(WARM));

  const goal = rate === 1 ? {} : { goal: '<= 100 ms' };
  const p95 = (name: string, values: readonly number[], more: Partial<Figure> = {}): Figure => ({
    name: `${name}, p95 of ${values.length}${at(rate)}`,
    value: `${ms(quantile(values, 0.95))}, median ${ms(median(values))}`,
    ...more,
  });
  return [
    {
      name: `a work of fixed size, before and after each page${at(rate)}`,
      value: pages.flatMap((page) => page.paces.map(ms)).join(', '),
    },
    p95('a toggle to the next paint', all('toggles', 'painted'), goal),
    p95('  to when it is on the screen', all('toggles', 'shown')),
    p95('an undo to the next paint', all('undos', 'painted'), goal),
    p95('  to when it is on the screen', all('undos', 'shown')),
    p95('a move of a drag to the next paint', all('moves', 'painted'), goal),
    p95("a toggle to the preview's text", all('toggles', 'changed'), rate === 1 ? { goal: '<= 16 ms' } : {}),
  ];
}

interface Acted {
  readonly paces: readonly number[];
  readonly toggles: Watched;
  readonly undos: Watched;
  readonly moves: Watched;
}

/** On one page: toggles, undoes and drags, one after the other. */
async function act(browser: Browser, address: string, rate: number): Promise<Acted> {
  const page = await visit(browser, address, rate);
  await page.getByRole('tab', { name: 'Files' }).click();
  const button = (name: string) => page.getByRole('button', { name, exact: true }).first();

  const paces = [median(await page.evaluate(pace))];
  await page.evaluate(watch, 'click');
  for (let round = 0; round < ROUNDS; round += 1) {
    const toggle = button(round % 2 === 0 ? 'Add Auth' : 'Remove Auth');
    await toggle.hover();
    await page.evaluate(rest);
    await toggle.click({ delay: HELD_MS });
    await page.evaluate(rest);
  }
  const toggles = await samples(page);

  await page.evaluate(watch, 'keydown');
  for (let round = 0; round < ROUNDS; round += 1) {
    await pressWith(page, round % 8 < 4 ? ['Control'] : ['Control', 'Shift'], 'z');
    await page.evaluate(rest);
  }
  const undos = await samples(page);

  await page.evaluate(watch, 'mousemove');
  const node = page.locator('.react-flow__node').first();
  for (let round = 0; round < ROUNDS / 8; round += 1) {
    const box = await node.boundingBox();
    if (!box) throw new Error('there is no node to drag');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let step = 1; step <= 10; step += 1) await page.mouse.move(x + (round % 2 === 0 ? -6 : 6) * step, y + step);
    await page.mouse.up();
  }
  const moves = await samples(page);
  paces.push(median(await page.evaluate(pace)));
  await page.context().close();
  return { paces, toggles, undos, moves };
}

async function pressWith(page: Page, modifiers: readonly string[], key: string): Promise<void> {
  for (const modifier of modifiers) {
    await page.keyboard.down(modifier);
    await page.waitForTimeout(HELD_MS);
  }
  await page.keyboard.press(key, { delay: HELD_MS });
  for (const modifier of modifiers) await page.keyboard.up(modifier);
}

/** The history is full before the first reading: what grows after that would grow without end. */
async function heapFigures(browser: Browser, address: string): Promise<Figure[]> {
  const page = await visit(browser, address, 1);
  const session = await page.context().newCDPSession(page);
  const used = async (): Promise<number> => {
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize;
  };
  await page.evaluate(toggleOften, 400);
  const first = await used();
  await page.evaluate(toggleOften, 1000);
  const last = await used();
  await page.context().close();
  return [
    { name: 'heap with a full history of 100 steps', value: `${(first / 1e6).toFixed(1)} MB` },
    { name: '  1,000 actions later', value: `${(last / first).toFixed(2)} times`, goal: '<= 1.05' },
  ];
}

const ms = (value: number): string => `${value.toFixed(value < 20 ? 1 : 0)} ms`;

interface Watched {
  /** Until the frame with what it caused was painted: all that the page itself does for it. */
  painted: number[];
  /** Until that frame was on the screen, as the browser tells it (Event Timing), in steps of 8 ms. */
  shown: number[];
  /** Until the text of the previewed file, or the tree beside it, had changed. */
  changed: number[];
}

async function samples(page: Page): Promise<Watched> {
  await page.waitForTimeout(200);
  return page.evaluate(() => {
    const { painted, shown, changed } = window as unknown as Watched;
    return { painted, shown, changed };
  });
}

/** In the page: from when an event came in until what it caused was painted. */
function watch(type: string): void {
  const watched = window as unknown as Watched & { unwatch?: () => void };
  watched.unwatch?.();
  watched.painted = [];
  watched.shown = [];
  watched.changed = [];
  const began = new Set<number>();
  let since: number | undefined;
  const heard = (event: Event): void => {
    const { timeStamp } = event;
    // Not the keys that are only held.
    if (event instanceof KeyboardEvent && event.key.length > 1) return;
    since = timeStamp;
    began.add(timeStamp);
    let isDone = false;
    const done = (): void => {
      if (!isDone) watched.painted.push(performance.now() - timeStamp);
      isDone = true;
    };
    // What comes first after the frame: the next task, or the next frame, which goes before tasks where it is due.
    requestAnimationFrame(() => {
      void scheduler.postTask(done, { priority: 'user-blocking' });
      requestAnimationFrame(done);
    });
  };
  const observer = new MutationObserver(() => {
    if (since === undefined) return;
    watched.changed.push(performance.now() - since);
    since = undefined;
  });
  const timing = new PerformanceObserver((list) => {
    for (const { name, startTime, duration } of list.getEntries()) {
      if (name === type && began.delete(startTime)) watched.shown.push(duration);
    }
  });
  timing.observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  const panel = document.getElementById('tab-panel');
  if (panel) observer.observe(panel, { subtree: true, childList: true, characterData: true });
  addEventListener(type, heard, true);
  watched.unwatch = () => {
    observer.disconnect();
    timing.disconnect();
    removeEventListener(type, heard, true);
  };
}

/** In the page: how fast the machine is at that moment, in ms for what is always the same, 15 times. */
function pace(): number[] {
  return Array.from({ length: 15 }, () => {
    const began = performance.now();
    let words: string[] = [];
    for (let round = 0; round < 20; round += 1) {
      words = Array.from({ length: 2000 }, (_, at) => `${words[at]?.slice(-3) ?? ''} ${round * at}`);
      words.sort();
    }
    return performance.now() - began;
  });
}

/** In the page: when the last task ended that took so long that a click would have been felt to wait. */
function watchLongTasks(): void {
  const watched = window as unknown as { quietSince: number };
  watched.quietSince = 0;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) watched.quietSince = startTime + duration;
  }).observe({ type: 'longtask', buffered: true });
}

/** In the page: people look at what they did before they do the next thing, so until nothing has changed for a while. */
async function rest(): Promise<void> {
  let changed = performance.now();
  const observer = new MutationObserver(() => {
    changed = performance.now();
  });
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  do await new Promise<void>((done) => setTimeout(done, 50));
  while (performance.now() - changed < 200);
  observer.disconnect();
  await new Promise<void>((done) => requestIdleCallback(() => done(), { timeout: 2000 }));
}

/** In the page: adds and removes a module, and lets the page paint in between. */
async function toggleOften(times: number): Promise<void> {
  for (let round = 0; round < times; round += 1) {
    const name = round % 2 === 0 ? 'Add Auth' : 'Remove Auth';
    const find = () =>
      [...document.querySelectorAll('button')].find(
        (candidate) => (candidate.getAttribute('aria-label') ?? candidate.textContent)?.trim() === name,
      );
    // The list of modules is a frame or more behind.
    for (let frame = 0; frame < 60 && !find(); frame += 1) await new Promise((done) => requestAnimationFrame(done));
    const button = find();
    if (!button) throw new Error(`there is no button ${name}`);
    button.click();
    await new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done)));
  }
}
