/** Fills the secret slots of `.env`: the only impure step, on the person's own machine. */
import { SLOT_CLOSE, SLOT_OPEN } from './marks.ts';
import { type FileTree, isEnv, type ProjectFile } from './tree.ts';

const SLOT = new RegExp(`${SLOT_OPEN}([^:${SLOT_CLOSE}]*):(\\d+)${SLOT_CLOSE}`, 'g');

/** @param randomBytes cryptographically random bytes, as many as asked for */
export function fill(tree: FileTree, randomBytes: (count: number) => Uint8Array): FileTree {
  return tree.map((file) =>
    isEnv(file.path)
      ? {
          ...file,
          content: file.content.replace(SLOT, (_, _name, bytes: string) => base64url(randomBytes(Number(bytes)))),
        }
      : file,
  );
}

/** For previews: what a slot is, in words instead of a value. */
export function withoutSecrets(text: string): string {
  return text.replace(SLOT, (_, _name, bytes: string) => `<${bytes} random bytes, made when you download>`);
}

/** Whether the text of a file that is not filled yet has a slot in it. */
export const holdsSecrets = ({ content }: ProjectFile): boolean => content.includes(SLOT_OPEN);

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** RFC 4648 section 5, without padding. */
function base64url(bytes: Uint8Array): string {
  let out = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const group = (a << 16) | (b << 8) | c;
    const length = Math.min(bytes.length - at, 3) + 1;
    for (let index = 0; index < length; index += 1) out += ALPHABET.charAt((group >> (18 - 6 * index)) & 63);
  }
  return out;
}
