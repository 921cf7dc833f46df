/** The zip: equal trees are equal bytes. Loaded on demand, JSZip is 28 KB. */
import JSZip from 'jszip';
import { refusePath } from './paths.ts';
import type { FileTree } from './tree.ts';

/** JSZip would stamp the clock; MS-DOS time begins in 1980. */
const STAMP = new Date(Date.UTC(2000, 0, 1));

/** @returns the bytes, with everything in one folder called `name` */
export async function zip(name: string, tree: FileTree): Promise<Uint8Array> {
  const archive = new JSZip();
  for (const file of [...tree].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    // JSZip would write `../../x` as it stands.
    const refused = refusePath(name) ?? refusePath(file.path);
    if (refused) throw new Error(`${name}/${file.path} ${refused}`);
    archive.file(`${name}/${file.path}`, file.content, {
      date: STAMP,
      createFolders: false,
      unixPermissions: `100${file.mode}`,
    });
  }
  return archive.generateAsync({
    type: 'uint8array',
    platform: 'UNIX',
    compression: 'DEFLATE',
    compressionOptions: { level: 9 },
  });
}
