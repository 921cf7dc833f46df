import fc from 'fast-check';
import JSZip from 'jszip';
import { beforeAll, describe, expect, test } from 'vitest';
import { MAX_BYTES, MAX_FILES } from '#core/opened.ts';
import { pollution, runs } from '#core/testing.ts';
import { zip } from '#core/zip.ts';
import { unzip } from './unzip.ts';

const TREE = [
  { path: 'README.md', content: 'Hello\n'.repeat(400), mode: '644' as const, spans: [] },
  { path: 'bin/run', content: '#!/bin/sh\n', mode: '755' as const, spans: [] },
  { path: 'empty', content: '', mode: '644' as const, spans: [] },
];
let sound: Uint8Array<ArrayBuffer>;
beforeAll(async () => {
  sound = new Uint8Array(await zip('shop', TREE));
});

const text = (content: Uint8Array): string => new TextDecoder().decode(content);
const refusal = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> => {
  const files = await unzip(bytes);
  return 'refusal' in files ? files.refusal : 'read';
};
/** A copy in which something in the directory at the end was changed: `offset` counts from each entry's signature. */
function lying(bytes: Uint8Array, signature: number, offset: number, value: number): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes);
  const view = new DataView(copy.buffer);
  for (let at = 0; at < copy.length - 4; at += 1)
    if (view.getUint32(at, true) === signature) view.setUint32(at + offset, value, true);
  return copy;
}

describe('a zip', () => {
  test('of ours comes back file by file, with modes', async () => {
    const files = await unzip(sound);
    expect('refusal' in files ? [] : files.map(({ path, mode, content }) => [path, mode, text(content)])).toEqual(
      TREE.map(({ path, mode, content }) => [`shop/${path}`, mode, content]),
    );
  });

  test('of a system without modes, stored, with folders and a comment, is read as well', async () => {
    const archive = new JSZip();
    archive.file('a/b/c.txt', 'stored');
    const bytes = await archive.generateAsync({ type: 'uint8array', platform: 'DOS', comment: 'a comment' });
    const files = await unzip(new Uint8Array(bytes));
    expect('refusal' in files ? [] : files.map(({ path, mode, content }) => [path, mode, text(content)])).toEqual([
      ['a/b/c.txt', undefined, 'stored'],
    ]);
  });

  test('that says it holds too much is refused before anything is inflated', async () => {
    expect(await refusal(lying(sound, 0x02014b50, 24, MAX_BYTES))).toBe('too-large');
    expect(await refusal(lying(sound, 0x06054b50, 8, 0x10001 * (MAX_FILES + 1)))).toBe('too-many');
  });

  test('that holds more than it says is given up at the limit', async () => {
    const archive = new JSZip();
    archive.file('bomb', new Uint8Array(MAX_BYTES * 3));
    const bytes = await archive.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
    expect(bytes.length).toBeLessThan(MAX_BYTES / 100);
    expect(await refusal(lying(bytes, 0x02014b50, 24, 10))).toBe('too-large');
  });

  test('that is cut short anywhere, or has a byte changed anywhere, is read or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(sound.length - 1), fc.nat(255), async (at, byte) => {
        expect(['damaged', 'too-large', 'too-many']).toContain(await refusal(sound.slice(0, at)));
        const changed = new Uint8Array(sound);
        changed[at] = byte;
        await unzip(changed);
      }),
      runs(700),
    );
    expect(pollution()).toEqual([]);
  });

  test('that is any bytes is refused', async () => {
    const END = [0x50, 0x4b, 5, 6];
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 120 }), fc.uint8Array({ maxLength: 40 }), async (head, tail) => {
        const given = new Uint8Array([...head, ...END, ...tail]);
        const files = await unzip(given);
        expect('refusal' in files || files.length === 0).toBe(true);
      }),
      runs(700),
    );
  });
});
