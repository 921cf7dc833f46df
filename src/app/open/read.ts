/** Reads what a person dropped or chose: a project's zip, its manifest alone, or its folder. Loaded on demand. */
import { sha256Hex } from '#core/hash.ts';
import {
  type FoundFile,
  findManifest,
  MAX_BYTES,
  type OpenedProject,
  type OpenRefusal,
  openManifest,
} from '#core/opened.ts';
import { MANIFEST_PATH } from '#core/tree.ts';
import { catalog } from '../../catalog.ts';
import { type Unzipped, unzip } from './unzip.ts';

export type Source =
  | { readonly kind: 'file'; readonly file: File }
  | { readonly kind: 'folder'; readonly folder: FileSystemDirectoryEntry };
export type How = 'zip' | 'manifest' | 'folder';

export interface Read {
  readonly how: How;
  readonly project: OpenedProject;
  /** What there is beside the manifest. */
  readonly files?: readonly ReadFile[];
}
export interface ReadFile extends FoundFile {
  readonly content: Uint8Array<ArrayBuffer>;
}
type Refusal = { readonly refusal: OpenRefusal };

/** Never rejects: what cannot be read is refused with a code. */
export async function read(source: Source): Promise<Read | Refusal> {
  try {
    return source.kind === 'file' ? await fromFile(source.file) : await fromFolder(source.folder);
  } catch {
    // It went away, or the person may not read it.
    return { refusal: 'unreadable' };
  }
}

export function fromText(text: string): Read | Refusal {
  const project = openManifest(catalog, text);
  return 'refusal' in project ? project : { how: 'manifest', project };
}

async function fromFile(file: File): Promise<Read | Refusal> {
  if (file.size === 0) return { refusal: 'empty' };
  if (file.size > MAX_BYTES) return { refusal: 'too-large' };
  const bytes = new Uint8Array(await file.arrayBuffer());
  // Whatever it is called: every zip with a file in it begins with these two letters.
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return fromZip(bytes);
  if (/\.zip$/i.test(file.name)) return { refusal: 'damaged' };
  const text = textOf(bytes);
  return text === undefined ? { refusal: 'not-text' } : fromText(text);
}

async function fromZip(bytes: Uint8Array<ArrayBuffer>): Promise<Read | Refusal> {
  const unzipped = await unzip(bytes);
  if ('refusal' in unzipped) return unzipped;
  const found = findManifest(unzipped.map(({ path }) => path));
  if ('refusal' in found) return found;
  const root = found.path.slice(0, -MANIFEST_PATH.length);
  const own = unzipped.filter(({ path }) => path.startsWith(root));
  return whole('zip', root, own);
}

/** Only what the manifest lists is read: a folder in use holds much that is nobody's to look at. */
async function fromFolder(folder: FileSystemDirectoryEntry): Promise<Read | Refusal> {
  const manifest = await fileIn(folder, MANIFEST_PATH);
  if (!manifest) return { refusal: 'no-manifest' };
  const opened = await fromFile(manifest);
  if ('refusal' in opened) return opened;
  const files: Unzipped[] = [];
  let left = MAX_BYTES;
  for (const path of Object.keys(opened.project.manifest.files)) {
    const file = await fileIn(folder, path);
    if (!file) continue;
    left -= file.size;
    if (left < 0) return { refusal: 'too-large' };
    files.push({ path, content: new Uint8Array(await file.arrayBuffer()) });
  }
  return { how: 'folder', project: opened.project, files: files.map(hashed) };
}

function fileIn(folder: FileSystemDirectoryEntry, path: string): Promise<File | undefined> {
  return new Promise((resolve) => {
    const absent = (): void => resolve(undefined);
    folder.getFile(path, {}, (entry) => (entry as FileSystemFileEntry).file(resolve, absent), absent);
  });
}

function whole(how: How, root: string, own: readonly Unzipped[]): Read | Refusal {
  const files = own.map((file) => ({ ...file, path: file.path.slice(root.length) }));
  const text = textOf(files.find(({ path }) => path === MANIFEST_PATH)?.content ?? new Uint8Array());
  if (text === undefined) return { refusal: 'not-text' };
  const opened = fromText(text);
  return 'refusal' in opened ? opened : { ...opened, how, files: files.map(hashed) };
}

const hashed = (file: Unzipped): ReadFile => ({ ...file, sha256: sha256Hex(file.content) });

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
