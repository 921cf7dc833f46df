/** Hashes. Web Crypto is asynchronous and absent outside secure contexts, hence a small library. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { isEnv, MANIFEST_PATH, type ProjectFile } from './tree.ts';

export function sha256Hex(content: string | Uint8Array): string {
  return bytesToHex(sha256(typeof content === 'string' ? utf8ToBytes(content) : content));
}

export interface HashedFile {
  readonly path: string;
  readonly mode: string;
  readonly sha256: string;
}

export function hashFiles(files: readonly ProjectFile[]): HashedFile[] {
  return files
    .filter((file) => !isUnhashed(file.path))
    .map((file) => {
      const hashed = known.get(file) ?? { path: file.path, mode: file.mode, sha256: sha256Hex(file.content) };
      known.set(file, hashed);
      return hashed;
    });
}

/** Verbatim files are the same values in every rendering; hashing them anew was a third of its time. */
const known = new WeakMap<ProjectFile, HashedFile>();

/** `.env` differs in every download, and the manifest holds the hash. */
export function isUnhashed(path: string): boolean {
  return path === MANIFEST_PATH || isEnv(path);
}

/** SHA-256 over the sorted lines `path mode sha256(content)`. */
export function projectHash(files: readonly HashedFile[]): string {
  const lines = files.map((file) => `${file.path} ${file.mode} ${file.sha256}`).sort();
  return sha256Hex(`${lines.join('\n')}\n`);
}
