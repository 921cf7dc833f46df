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

/** Types into a field as a person does, who looks whether it is there. */
export async function type(page: Page, name: string, value: string): Promise<void> {
  await expect(async () => {
    await field(page, name).click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(value);
    await expect(field(page, name)).toHaveValue(value, { timeout: 1000 });
  }).toPass();
}
