/**
 * The states that journeys reach, and axe in each of them. No journey asks for it: whenever one has seen what it
 * expected, and something of the page stands there that was not there before in this layout, the screen as it is then
 * is looked at, light and dark. Workers share what was looked at, and `states.spec.ts` says at the end what was not.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';

const APP = join(import.meta.dirname, '..', '..', 'src', 'app');
/** All there are of these; none is ever disabled. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const THEMES = ['light', 'dark'] as const;
/** Up to these it is laid out for a telephone, as in its style sheets. */
const [NARROW, LOW] = [860, 480];

export type Layout = 'wide' | 'narrow' | 'lying';

function layoutOf({ width, height }: { width: number; height: number }): Layout {
  if (height <= LOW) return 'lying';
  return width <= NARROW ? 'narrow' : 'wide';
}

/** Every class of the page's own that looks like something. */
export const CLASSES: readonly string[] = [
  ...new Set(
    readdirSync(APP, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.css'))
      .flatMap(
        (path) =>
          readFileSync(join(APP, path), 'utf8')
            .replace(/url\([^)]*\)/g, '')
            .match(/\.[a-z][\w-]*/g) ?? [],
      )
      .filter((name) => !name.startsWith('.react-flow'))
      .map((name) => name.slice(1)),
  ),
].sort();

/** What stands on the screen: classes, dialogs, tabs, what of a kind is chosen, refused, wrong or open, and what scrolls. */
function standing(classes: readonly string[]): string[] {
  const known = new Set(classes);
  const found = new Set<string>();
  const flags = ['disabled', 'invalid', 'pressed', 'selected', 'expanded', 'checked', 'current'];
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    const kind = element.getAttribute('role') ?? element.localName;
    const parts = [
      ...[...element.classList].filter((name) => known.has(name)),
      ...flags
        .filter((flag) => ![null, 'false'].includes(element.getAttribute(`aria-${flag}`)))
        .map((flag) => `${kind} ${flag}`),
      ...(element.dataset.dialog === undefined ? [] : [`dialog ${element.dataset.dialog}`]),
      ...(kind === 'tabpanel' ? [`tab ${element.getAttribute('aria-labelledby')}`] : []),
      ...(element.classList.contains('scroll') && element.scrollHeight > element.clientHeight + 1
        ? [`scrolling ${element.className}`]
        : []),
    ].filter((part) => !found.has(part));
    if (parts.length === 0) continue;
    // What has no box of its own is as visible as what it holds.
    const box = getComputedStyle(element).display === 'contents' ? (element.firstElementChild ?? element) : element;
    if (box.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      for (const part of parts) found.add(part);
  }
  return [...found];
}

const folder = (layout: Layout): string => join(test.info().project.outputDir, 'states', layout);
const LOOKED_AT = 'looked at';

/** What axe has looked at in this run, by all workers. */
export function lookedAt(layout: Layout): Set<string> {
  const names = readdirSync(folder(layout));
  return new Set(
    names.filter((name) => readFileSync(join(folder(layout), name), 'utf8') === LOOKED_AT).map(decodeURIComponent),
  );
}

/** Those of the parts that nobody has looked at; from now on they are this test's. */
function claim(layout: Layout, parts: readonly string[]): string[] {
  mkdirSync(folder(layout), { recursive: true });
  return parts
    .map((part) => join(folder(layout), encodeURIComponent(part)))
    .filter((path) => {
      try {
        writeFileSync(path, '', { flag: 'wx' });
        return true;
      } catch {
        return false;
      }
    });
}

/** Ends what moves: at its beginning a menu is still transparent, and a theme takes a moment to come. */
function settle(): void {
  for (const animation of document.getAnimations())
    if (Number.isFinite(animation.effect?.getComputedTiming().endTime)) animation.finish();
}

function wear(theme: string): void {
  document.documentElement.dataset.theme = theme;
}

/** A message waits while it is pointed at. */
function hold(type: 'pointerover' | 'pointerout'): void {
  document.querySelector('.toast')?.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerType: 'mouse' }));
}

/** What axe finds on the screen as it is, in both themes. */
export async function findings(page: Page): Promise<string[]> {
  const found: string[] = [];
  const worn = await page.evaluate(() => document.documentElement.dataset.theme ?? 'system');
  await page.evaluate(hold, 'pointerover' as const);
  for (const theme of THEMES) {
    await page.evaluate(wear, theme);
    await page.evaluate(settle);
    // In the page itself: otherwise every look opens a page of its own beside it.
    const { violations } = await new AxeBuilder({ page })
      .options({ runOnly: { type: 'tag', values: RULES }, resultTypes: ['violations'] })
      .setLegacyMode()
      .analyze();
    for (const { id, help, nodes } of violations)
      for (const { html, failureSummary } of nodes)
        found.push(`${theme}: ${id}: ${help}\n  ${html.slice(0, 160)}\n  ${failureSummary}`);
  }
  await page.evaluate(wear, worn);
  await page.evaluate(hold, 'pointerout' as const);
  return found;
}

async function lookAt(page: Page): Promise<void> {
  const layout = layoutOf(page.viewportSize() ?? { width: 0, height: 0 });
  // Forced colours are the browser's own, and axe reads those of the style sheets.
  if (await page.evaluate(() => matchMedia('(forced-colors: active)').matches)) return;
  await page.evaluate(settle);
  const parts = await page.evaluate(standing, CLASSES);
  const fresh = parts.filter((part) => !known.has(`${layout} ${part}`));
  for (const part of fresh) known.add(`${layout} ${part}`);
  const claimed = fresh.length > 0 ? claim(layout, fresh) : [];
  if (claimed.length === 0) return;
  try {
    const found = await findings(page);
    expect(found, `axe, ${layout}, with ${fresh.join(', ')}`).toEqual([]);
    for (const path of claimed) writeFileSync(path, LOOKED_AT);
  } catch (error) {
    // Whoever comes next, or tries again, has to look.
    for (const path of claimed) rmSync(path);
    for (const part of fresh) known.delete(`${layout} ${part}`);
    throw error;
  }
}

const known = new Set<string>();
let turn = Promise.resolve();

/** Looks, where there is something new to look at; one at a time, for the theme changes meanwhile. */
export function look(page: Page): Promise<void> {
  const here = turn
    .then(() => lookAt(page))
    .catch((error: unknown) => {
      // A page that goes while it is looked at shows nothing any more.
      if (!/Execution context was destroyed|context or browser has been closed/.test(String(error))) throw error;
    });
  turn = here.catch(() => undefined);
  return here;
}

/** The same assertions, each followed by a look once it holds. */
function followed<T extends object>(assertions: T, page: Page): T {
  return new Proxy(assertions, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (key === 'not') return followed(value as object, page);
      if (typeof value !== 'function') return value;
      return async (...given: unknown[]): Promise<void> => {
        try {
          await value.apply(target, given);
        } catch (error) {
          // The place of the failure is the journey's line.
          if (error instanceof Error) error.stack = error.stack?.replaceAll(/\n.*composer\/states\.ts.*/g, '') ?? '';
          throw error;
        }
        await look(page);
      };
    },
  });
}

/** Playwright's own, but what a journey expects of the screen is where it is looked at. */
export const looking: typeof expect = new Proxy(expect, {
  apply(target, self, given: Parameters<typeof expect>) {
    const assertions: object = Reflect.apply(target, self, given);
    const page = pageOf(given[0]);
    return page ? followed(assertions, page) : assertions;
  },
});

function pageOf(subject: unknown): Page | undefined {
  return typeof subject === 'object' && subject !== null && 'page' in subject && typeof subject.page === 'function'
    ? (subject as Locator).page()
    : undefined;
}
