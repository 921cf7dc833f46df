/** The released catalogs, as they are kept. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import type { CatalogIndex } from './bundle.ts';

const FOLDER = fileURLToPath(new URL('../public/catalogs/', import.meta.url));
const index = JSON.parse(readFileSync(join(FOLDER, 'index.json'), 'utf8')) as CatalogIndex;

test('every file is in the index, and the other way round', () => {
  const files = readdirSync(FOLDER).filter((name) => name !== 'index.json');
  expect(files).toEqual(Object.values(index).map(({ file }) => file));
  expect(files.length).toBeGreaterThan(0);
});

test.each(Object.entries(index))('%s is as it was released, and makes the project of a link', async (version, kept) => {
  const path = join(FOLDER, kept.file);
  expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(kept.sha256);
  const bundle = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as typeof import('../src/bundle.ts');
  expect(bundle.version).toBe(version);
  const { selection, notices } = bundle.decode('v1/shop/auth');
  expect(notices).toEqual([]);
  const paths = bundle.render(bundle.plan(bundle.resolve(selection))).map((file) => file.path);
  expect(paths).toContain('stackwright.json');
  expect(bundle.modules.length).toBeGreaterThan(5);
});
