/** Catalogs of earlier releases, each with its engine: loaded only when something made with one is opened. */
import { sha256Hex } from '#core/hash.ts';

export type CatalogBundle = typeof import('../../bundle.ts');

/** The catalog of that version, or `undefined` where it is not at hand. */
export async function bundleOf(version: string): Promise<CatalogBundle | undefined> {
  const folder = new URL('catalogs/', document.baseURI);
  try {
    const index: unknown = await (await fetch(new URL('index.json', folder))).json();
    const kept = entryOf(index, version);
    if (!kept) return undefined;
    const url = new URL(kept.file, folder);
    // A file that is not the one released would tell its own story of what a link made.
    if (sha256Hex(await (await fetch(url)).text()) !== kept.sha256) return undefined;
    return (await import(/* @vite-ignore */ url.href)) as CatalogBundle;
  } catch {
    return undefined;
  }
}

function entryOf(index: unknown, version: string): { file: string; sha256: string } | undefined {
  if (typeof index !== 'object' || index === null || !Object.hasOwn(index, version)) return undefined;
  const { file, sha256 } = (index as Record<string, Record<string, unknown>>)[version] ?? {};
  return typeof file === 'string' && /^[\w-]+\.js$/.test(file) && typeof sha256 === 'string'
    ? { file, sha256 }
    : undefined;
}
