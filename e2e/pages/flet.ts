/** Driving a Flet page: it is drawn on a canvas, and its controls stand in the DOM once semantics are on. */
import { expect, type Locator, type Page } from '@playwright/test';

/** Opens an address and waits until its controls can be found by role and name. */
export async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await ready(page);
}

/** Waits for the page now loading, and turns its semantics on. */
export async function ready(page: Page): Promise<void> {
  await expect(async () => {
    await page.evaluate(() => (document.querySelector('flt-semantics-placeholder') as HTMLElement | null)?.click());
    await expect(page.locator('flt-semantics[role], flt-semantics span').first()).toBeAttached({ timeout: 500 });
  }).toPass({ timeout: 60_000, intervals: [50] });
}

/** Goes on within the loaded application, as a link on one of its pages does. */
export async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((address) => {
    history.pushState(null, '', address);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);
}

export const field = (page: Page, name: string): Locator => page.getByRole('textbox', { name, exact: true });
export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
export const text = (page: Page, words: string | RegExp): Locator => page.locator('flt-semantics').getByText(words);

/** Types into a field as a person does, who looks whether it is there; a tab behind another hardly draws. */
export async function type(page: Page, name: string, value: string): Promise<void> {
  await page.bringToFront();
  await expect(async () => {
    await enter(page, name);
    await fill(page, value);
  }).toPass({ timeout: 60_000, intervals: [50] });
}

/**
 * Puts this where the cursor is, and looks whether Flutter has it. On a young page it now and then stops listening to an
 * element while that goes on to take keys: what it heard stands there once the field was left and entered anew.
 */
async function fill(page: Page, value: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(value);
  await drawn(page);
  await letGo(page);
  await page.keyboard.press('Shift+Tab');
  await drawn(page);
  expect(await edited(page)).toBe(value);
}

/** Puts the cursor into a field, also where it stands there already. */
async function enter(page: Page, name: string): Promise<void> {
  await letGo(page);
  await field(page, name).click({ timeout: 5000 });
  await drawn(page);
}

/**
 * Takes the cursor out of the field that has it as its page opens. Flutter gave it the cursor before semantics were on,
 * and now and then does not listen to the field of that name until it is entered anew.
 */
async function letGo(page: Page): Promise<void> {
  await page.keyboard.press('Tab');
  await drawn(page);
}

/** Lets Flutter draw: it takes up a new focus with its next frame, and keys that come sooner are lost on it. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let frames = 0; frames < 4; frames++) await new Promise(requestAnimationFrame);
  });
}

/** What stands in the field that has the cursor. */
function edited(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    return focused instanceof HTMLInputElement ? focused.value : undefined;
  });
}

/** That this stands in a field: read by going into it, as Flutter now and then leaves the element of that name as it was. */
export async function holds(page: Page, name: string, value: string): Promise<void> {
  await expect(async () => {
    await enter(page, name);
    expect(await edited(page)).toBe(value);
  }).toPass({ timeout: 60_000, intervals: [50] });
}

/** Walks to a field and types, as one does who has no mouse, and who looks whether it is there. */
export async function write(page: Page, name: string, value: string): Promise<void> {
  await expect(async () => {
    await page.bringToFront();
    await letGo(page);
    await walkTo(page, field(page, name));
    await drawn(page);
    await fill(page, value);
  }).toPass({ timeout: 60_000, intervals: [50] });
}

/** Walks to a control and presses it. */
export async function press(page: Page, control: Locator): Promise<void> {
  await walkTo(page, control);
  await page.keyboard.press('Enter');
}

/** Whether a control has the focus, or the field that Flutter edits in of its own lies over it. */
function hasFocus(node: Element): boolean {
  const focused = document.activeElement;
  if (node.contains(focused)) return true;
  if (!focused?.closest('flt-text-editing-host')) return false;
  const [over, under] = [focused.getBoundingClientRect(), node.getBoundingClientRect()];
  const [x, y] = [over.x + over.width / 2, over.y + over.height / 2];
  return x >= under.left && x <= under.right && y >= under.top && y <= under.bottom;
}

/** That a field has the cursor, also where Flutter edits beside it. */
export async function hasCursor(control: Locator): Promise<void> {
  await expect.poll(() => control.evaluate(hasFocus)).toBe(true);
}

/** Presses Tab until the control has the focus. */
export async function walkTo(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeAttached();
  for (let steps = 0; steps < 60; steps++) {
    if (await control.evaluate(hasFocus)) return;
    await page.keyboard.press('Tab');
    await drawn(page);
  }
  throw new Error(`Tab never reaches ${control}.`);
}

/** That nothing reaches over the edge of the window. */
export async function fits(page: Page): Promise<void> {
  const outside = await page.evaluate(() =>
    [...document.querySelectorAll('flt-semantics')]
      .map((node) => ({ box: node.getBoundingClientRect(), words: node.textContent }))
      .filter(({ box }) => box.left < -1 || box.right > innerWidth + 1)
      .map(({ words }) => words),
  );
  expect(outside, 'nothing sticks out').toEqual([]);
}
