/** Whether a build still belongs to its sources: a stamp over their names, sizes and times. */
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

const IGNORED = new Set(['__pycache__', '.ruff_cache', '.mypy_cache', '.pytest_cache', 'node_modules']);

/** @param sources files and folders, relative to the repository */
export function stampOf(sources) {
  const hash = createHash('sha256');
  const add = (path) => {
    const full = join(root, path);
    const found = existsSync(full) ? lstatSync(full) : undefined;
    if (found?.isDirectory()) {
      for (const name of readdirSync(full).sort()) if (!IGNORED.has(name)) add(`${path}/${name}`);
    } else if (found && !/\.test\.tsx?$/.test(path)) hash.update(`${path}\0${found.size}\0${found.mtimeMs}\n`);
  };
  for (const source of sources) add(source);
  return hash.digest('hex').slice(0, 16);
}
