/** A file of a project as it is on the disk now. */
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HashedFile, sha256Hex } from '#core/hash.ts';
import { onDisk } from './errors.ts';
import { stats } from './paths.ts';

/** The file as it is now; a link, or whatever else is no file, is not the one that was made. */
export function hashed(folder: string, { path, mode }: HashedFile): HashedFile | undefined {
  const full = join(folder, path);
  return onDisk(full, () => {
    if (throughLink(folder, path) || !stats(full)?.isFile()) return undefined;
    // Windows keeps no modes. Elsewhere only the owner's right to run it is the file's own; the rest is the umask's.
    const isProgram = (lstatSync(full).mode & 0o100) !== 0;
    const now = process.platform === 'win32' ? mode : isProgram ? '755' : '644';
    return { path, mode: now, sha256: sha256Hex(new Uint8Array(readFileSync(full))) };
  });
}

function throughLink(folder: string, path: string): boolean {
  const parts = path.split('/');
  return parts.some(
    (_, index) => index > 0 && stats(join(folder, ...parts.slice(0, index)))?.isSymbolicLink() === true,
  );
}
