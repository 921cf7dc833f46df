/** Files of the project that stood in the folder before, which the new one has not. */
import { readFileSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isUnhashed } from '#core/hash.ts';
import { filesIn, readManifest } from '#core/manifest.ts';
import { pathKey, refusePath } from '#core/paths.ts';
import { type FileTree, MANIFEST_PATH } from '#core/tree.ts';
import { hashed } from './hashed.ts';
import { quietly, stats } from './paths.ts';

export interface Earlier {
  /** As they were made: nothing of the person's is in them. */
  readonly unchanged: readonly string[];
  /** Changed since, so they are the person's. */
  readonly changed: readonly string[];
}

/** Called before anything is written, while the earlier manifest is still there. */
export function earlierFiles(root: string, tree: FileTree): Earlier {
  const path = join(root, MANIFEST_PATH);
  const manifest = stats(path)?.isFile() ? readManifest(readFileSync(path, 'utf8')) : { refusal: 'absent' };
  if ('refusal' in manifest) return { unchanged: [], changed: [] };
  // Secrets are no manifest's to list, and never taken away. On some disks two spellings are one file, and the new one must not go with the old.
  const kept = new Set(tree.map((file) => pathKey(file.path)));
  const gone = filesIn(manifest).filter(
    (file) => !refusePath(file.path) && !isUnhashed(file.path) && !kept.has(pathKey(file.path)),
  );
  const found = gone.flatMap((was) => {
    const now = hashed(root, was);
    return now ? [{ path: was.path, same: now.sha256 === was.sha256 && now.mode === was.mode }] : [];
  });
  return {
    unchanged: found.filter(({ same }) => same).map(({ path: file }) => file),
    changed: found.filter(({ same }) => !same).map(({ path: file }) => file),
  };
}

/** Takes away the folders that held nothing but files that went; what is not empty stays. */
export function removeEmptied(root: string, paths: readonly string[]): void {
  for (const path of paths) {
    let folder = dirname(path);
    while (folder !== '.' && quietly(() => rmdirSync(join(root, folder)))) folder = dirname(folder);
  }
}
