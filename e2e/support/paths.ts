/** Where tests may write: one folder in the checkout that git ignores, and one that vanishes. */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Kept between runs: private tools and downloads. */
export const CACHE = join(ROOT, '.cache');

/** A folder below `.cache`, made if need be. */
export function cacheFolder(name: string): string {
  const folder = join(CACHE, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** A new empty folder outside the checkout. */
export function temporaryFolder(purpose: string): string {
  return mkdtempSync(join(tmpdir(), `stackwright-${purpose}-`));
}
