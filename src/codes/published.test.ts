/** Every share code ever published opens as it did. An entry is only ever added; where an id is renamed, its selection alone follows. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Selection } from '#core/selection.ts';
import { decode, encode } from '#core/share.ts';
import { catalog } from '../catalog.ts';
import published from './published.json' with { type: 'json' };

interface Published {
  readonly code: string;
  /** The day, as `2026-11-22`. */
  readonly published: string;
  readonly where: string;
  readonly selection: Selection;
}
const entries = published as unknown as readonly Published[];

test.each(entries)('$code, published in $where, opens as it did', ({ code, published: day, selection }) => {
  expect(day).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  expect(decode(catalog, code)).toEqual({ selection, notices: [] });
  // It stays the same project through another link.
  expect(decode(catalog, encode(catalog, selection)).selection).toEqual(selection);
});

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PLACES = [
  'README.md',
  'templates/presets.json',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

test('what the documents and presets publish is among them', () => {
  const found = PLACES.filter((place) => existsSync(join(ROOT, place))).flatMap((place) =>
    [...readFileSync(join(ROOT, place), 'utf8').matchAll(/(?<![\w/])v1\/[a-z][a-z0-9-]+\/[a-z0-9.,+=_-]*(?![\w/])/gi)]
      .map(([code]) => ({ code, where: place }))
      // A path of a web API begins the same way.
      .filter(({ code }) => decode(catalog, code).notices.length === 0),
  );
  expect(found.length).toBeGreaterThan(3);
  const known = new Set(entries.map(({ code }) => code));
  const missing = found
    .filter(({ code }) => !known.has(code))
    .map(({ code, where }) => ({ code, published: 'today', where, selection: decode(catalog, code).selection }));
  expect(missing, 'to be added to src/codes/published.json, with the day').toEqual([]);
});
