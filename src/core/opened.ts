/** A project that exists already: what its manifest says, what its files are by now, and what would be made today. */
import type { Catalog } from './catalog.ts';
import { type HashedFile, isUnhashed } from './hash.ts';
import { filesIn, type Manifest, type ManifestRefusal, readManifest } from './manifest.ts';
import { refusePath } from './paths.ts';
import { type Decoded, decode, encode } from './share.ts';
import { MANIFEST_PATH } from './tree.ts';

/** What is dropped is refused above this, unpacked. */
export const MAX_BYTES = 20 * 1024 * 1024;
export const MAX_FILES = 5000;

export type OpenRefusal =
  | ManifestRefusal
  | 'empty'
  | 'not-text'
  | 'too-large'
  | 'too-many'
  | 'damaged'
  | 'no-manifest'
  | 'several'
  | 'unreadable';

/** A file as it was found; some archives and systems keep no modes. */
export type FoundFile = Omit<HashedFile, 'mode'> & { readonly mode?: string };

export interface OpenedProject extends Decoded {
  readonly manifest: Manifest;
  /** Its selection, changed by hand, is no longer that of its code. */
  readonly contradicts: boolean;
}

/** Total, as `decode` is: whatever the text, it is a project or a refusal. */
export function openManifest(catalog: Catalog, text: string): OpenedProject | { readonly refusal: OpenRefusal } {
  if (text.trim() === '') return { refusal: 'empty' };
  if (text.length > MAX_BYTES) return { refusal: 'too-large' };
  const manifest = readManifest(text);
  if ('refusal' in manifest) return manifest;
  const paths = Object.keys(manifest.files);
  if (paths.length > MAX_FILES) return { refusal: 'too-many' };
  if (paths.some((path) => refusePath(path))) return { refusal: 'not-a-manifest' };
  // The code names also what this catalog does not know, so that each thing left out can be told.
  const decoded = decode(catalog, manifest.code);
  if (decoded.notices.some(({ code }) => code === 'newer-version')) return { refusal: 'newer-format' };
  const contradicts =
    decoded.notices.length === 0 && encode(catalog, manifest.selection) !== encode(catalog, decoded.selection);
  return { ...decoded, manifest, contradicts };
}

/** Where among these paths the manifest of the one project stands. */
export function findManifest(paths: readonly string[]): { readonly path: string } | { readonly refusal: OpenRefusal } {
  if (paths.includes(MANIFEST_PATH)) return { path: MANIFEST_PATH };
  const [path, another] = paths.filter((candidate) => {
    const [, name, deeper] = candidate.split('/');
    return name === MANIFEST_PATH && deeper === undefined;
  });
  if (path === undefined) return { refusal: 'no-manifest' };
  return another === undefined ? { path } : { refusal: 'several' };
}

export interface Moved {
  readonly path: string;
  readonly how: 'changed' | 'added' | 'removed';
}

/** What became of the files, by path; a mode that is not known differs from none. */
export function movedFiles(before: readonly FoundFile[], after: readonly FoundFile[]): Moved[] {
  const was = new Map(before.map((file) => [file.path, file]));
  const is = new Map(after.map((file) => [file.path, file]));
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((path): Moved[] => {
    const [old, present] = [was.get(path), is.get(path)];
    if (!old) return [{ path, how: 'added' }];
    if (!present) return [{ path, how: 'removed' }];
    const hasMode = old.mode !== undefined && present.mode !== undefined;
    const isSame = old.sha256 === present.sha256 && !(hasMode && old.mode !== present.mode);
    return isSame ? [] : [{ path, how: 'changed' }];
  });
}

export interface Standing {
  /** By hand, since the project was made: its files against its manifest. */
  readonly edited: readonly Moved[];
  /** How many files the person has beside those that were made. */
  readonly own: number;
  /** By the catalog: the manifest against what would be made now. */
  readonly moved: readonly Moved[];
}

/**
 * @param found the project's files, where there is more than its manifest
 * @param now what the same selection makes today
 */
export function standingOf(
  manifest: Manifest,
  found: readonly FoundFile[] | undefined,
  now: readonly HashedFile[],
): Standing {
  const recorded = filesIn(manifest).filter(({ path }) => !isUnhashed(path));
  const known = new Set(recorded.map(({ path }) => path));
  return {
    edited: found
      ? movedFiles(
          recorded,
          found.filter(({ path }) => known.has(path)),
        )
      : [],
    own: found?.filter(({ path }) => !known.has(path) && !isUnhashed(path)).length ?? 0,
    moved: movedFiles(recorded, now),
  };
}
