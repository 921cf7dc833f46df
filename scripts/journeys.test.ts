/** No journey is without the guard of `composer.ts`, or switches off a part of it, or of what axe looks for. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const JOURNEYS = fileURLToPath(new URL('../e2e/composer/', import.meta.url));
const read = (name: string): string => readFileSync(join(JOURNEYS, name), 'utf8');
const all = readdirSync(JOURNEYS).filter((name) => name.endsWith('.ts'));
const specs = all.filter((name) => name.endsWith('.spec.ts'));

/** What would leave something unseen, in whatever file it stands. */
const OFF =
  /bypassCSP|ignoreHTTPSErrors|removeAllListeners|disableRules|withRules|\.exclude\(|enabled: false|iframes: false/;
/** What a spec has from elsewhere than `composer.ts` is not watched. */
const ELSEWHERE = /\b(?:watched|launchPersistentContext|AxeBuilder|chromium|firefox|webkit)\b/;

test('there are journeys to read', () => {
  expect(specs.length).toBeGreaterThan(20);
});

test.each(all)('%s switches nothing off', (name) => {
  expect(read(name).match(OFF)?.[0]).toBeUndefined();
});

test.each(specs)('%s has its test and its assertions from the fixtures, and runs', (name) => {
  const text = read(name);
  expect(text.match(ELSEWHERE)?.[0]).toBeUndefined();
  expect(text).toMatch(/^import .*\btest\b.* from '\.\/composer\.ts';$/m);
  const plain = [...text.matchAll(/^import (.*) from '@playwright\/test';$/gm)].map(([, what]) => what);
  expect(plain.filter((what) => !what?.startsWith('type '))).toEqual([]);
  // Left out is only what cannot be had here; those of the guard itself have to fail.
  expect(text).not.toMatch(/\btest\.(?:fixme|only|skip\((?!!))/);
  if (name !== 'guard.spec.ts') expect(text).not.toMatch(/\btest\.fail\b/);
});

test('what goes by keys alone has nothing but keys', () => {
  const text = read('by-keyboard.spec.ts');
  expect(text).toContain('keyboard.press');
  expect(
    text.match(
      /\.(?:click|dblclick|tap|hover|focus|fill|check|uncheck|setChecked|selectOption|dragTo|dispatchEvent|mouse|touchscreen)\b/g,
    ),
  ).toBe(null);
});

test('axe has every rule of WCAG 2.2 at A and AA, and of good practice', () => {
  expect(read('states.ts')).toContain("['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']");
});
