/** The files of a tree, written where nothing is yet. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type FileTree, isEnv, type ProjectFile } from '#core/tree.ts';

export function writeFiles(root: string, tree: FileTree): void {
  for (const file of tree) {
    const path = join(root, file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file.content, { mode: modeOf(file), flag: 'wx' });
    // Secrets are nobody else's, whatever the umask.
    if (isEnv(file.path)) chmodSync(path, 0o600);
  }
}

const modeOf = (file: ProjectFile): number => (isEnv(file.path) ? 0o600 : Number.parseInt(file.mode, 8));
