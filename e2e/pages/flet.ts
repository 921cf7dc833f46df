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
  }).toPass({ timeout: 30_000 });
}

export const field = (page: Page, name: string): Locator => page.getByRole('textbox', { name, exact: true });
export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
export const text = (page: Page, words: string | RegExp): Locator => page.locator('flt-semantics').getByText(words);

/**
 * Types into a field as a person does, who looks whether it is there. On a busy machine Flutter now and then
 * edits in a field of its own beside the one of that name: what counts is what stands where the cursor is.
 */
export async function type(page: Page, name: string, value: string): Promise<void> {
  await expect(async () => {
    await field(page, name).click({ timeout: 5000 });
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(value);
    await expect
      .poll(async () => [await field(page, name).inputValue(), await edited(page)], { timeout: 1000 })
      .toContain(value);
  }).toPass({ timeout: 60_000 });
}

/** What stands in the field that has the cursor. */
export function edited(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    return focused instanceof HTMLInputElement ? focused.value : undefined;
  });
}
