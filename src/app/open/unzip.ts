/**
 * Reads a zip that may be anything. JSZip tells no sizes before it inflates and cannot be stopped in between,
 * and the platform inflates by itself: so the directory at the archive's end is read here, and no byte beyond the limits is kept.
 */
import { MAX_BYTES, MAX_FILES, type OpenRefusal } from '#core/opened.ts';

export interface Unzipped {
  readonly path: string;
  /** Unknown where the archive was made by a system without modes. */
  readonly mode?: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

interface Entry {
  readonly path: string;
  readonly mode?: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  /** Where its local header begins. */
  readonly at: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;
const UNIX = 3;
const ENCRYPTED = 1;

class Refused extends Error {
  readonly refusal: OpenRefusal;
  constructor(refusal: OpenRefusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

/** @returns all files of the archive, or why it cannot be had; never rejects */
export async function unzip(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<readonly Unzipped[] | { readonly refusal: OpenRefusal }> {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const entries = directory(view);
    const files: Unzipped[] = [];
    let left = MAX_BYTES;
    for (const entry of entries) {
      const content = await contentOf(bytes, view, entry, left);
      left -= content.length;
      files.push({ path: entry.path, content, ...(entry.mode === undefined ? {} : { mode: entry.mode }) });
    }
    return files;
  } catch (error) {
    // An offset that leads outside throws, and so does the platform at data that is no deflate stream.
    return { refusal: error instanceof Refused ? error.refusal : 'damaged' };
  }
}

/** What the archive says it holds; refused by what it says before anything is inflated. */
function directory(view: DataView): Entry[] {
  const end = endOf(view);
  const count = view.getUint16(end + 10, true);
  if (count > MAX_FILES) throw new Refused('too-many');
  const entries: Entry[] = [];
  let at = view.getUint32(end + 16, true);
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    if (view.getUint32(at, true) !== ENTRY) throw new Refused('damaged');
    const nameLength = view.getUint16(at + 28, true);
    const path = decoder.decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameLength));
    const size = view.getUint32(at + 24, true);
    total += size;
    if (total > MAX_BYTES) throw new Refused('too-large');
    if ((view.getUint16(at + 8, true) & ENCRYPTED) !== 0) throw new Refused('damaged');
    if (!path.endsWith('/')) {
      entries.push({
        path,
        size,
        method: view.getUint16(at + 10, true),
        packed: view.getUint32(at + 20, true),
        at: view.getUint32(at + 42, true),
        ...(view.getUint8(at + 5) === UNIX ? { mode: modeOf(view.getUint16(at + 40, true)) } : {}),
      });
    }
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

const decoder = new TextDecoder();

/** Only the owner's right to run it is the file's own; the rest is the umask's. */
const modeOf = (permissions: number): string => ((permissions & 0o100) === 0 ? '644' : '755');

/** The end record stands last, but for a comment of at most 65,535 bytes. */
function endOf(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at -= 1) {
    if (view.getUint32(at, true) === END) return at;
  }
  throw new Refused('damaged');
}

async function contentOf(
  bytes: Uint8Array<ArrayBuffer>,
  view: DataView,
  { at, method, packed, size }: Entry,
  left: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (view.getUint32(at, true) !== LOCAL) throw new Refused('damaged');
  const from = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const data = bytes.subarray(from, from + packed);
  if (data.length !== packed) throw new Refused('damaged');
  // The directory may lie about the size of what it packs.
  if (method === STORED && packed > left) throw new Refused('too-large');
  if (method !== STORED && method !== DEFLATED) throw new Refused('damaged');
  const content = method === STORED ? data : await inflate(data, left);
  if (content.length !== size) throw new Refused('damaged');
  return content;
}

async function inflate(data: Uint8Array<ArrayBuffer>, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([data]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > limit) {
      await reader.cancel();
      throw new Refused('too-large');
    }
    parts.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
