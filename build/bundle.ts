/**
 * The catalog with its engine as one ES module, `catalogs/<version>.js`. Every build emits its own; released ones are
 * kept under `public/catalogs/` with an index, and loaded when an old link or project asks for its version.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';
import { catalogVersion, templatesPlugin } from './templates-plugin.ts';

/** By version: its file beside the index, and that file's hash. */
export type CatalogIndex = Readonly<Record<string, { readonly file: string; readonly sha256: string }>>;

interface Bundle {
  readonly version: string;
  readonly code: string;
}

/** @param root of the sources; nothing is written there */
async function bundleCatalog(root: string): Promise<Bundle> {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [templatesPlugin(root)],
    build: {
      write: false,
      copyPublicDir: false,
      target: 'es2023',
      modulePreload: false,
      rolldownOptions: {
        input: join(root, 'src', 'bundle.ts'),
        preserveEntrySignatures: 'strict',
        checks: { pluginTimings: false },
        output: { codeSplitting: false },
      },
    },
  });
  const [chunk, more] = [built].flat().flatMap((result) => ('output' in result ? result.output : []));
  if (chunk?.type !== 'chunk' || more) throw new Error('the catalog did not become one module');
  return { version: catalogVersion(root), code: chunk.code };
}

export function bundlePlugin(root: string): Plugin {
  return {
    name: 'stackwright-bundle',
    apply: 'build',
    async generateBundle() {
      const { version, code } = await bundleCatalog(root);
      this.emitFile({ type: 'asset', fileName: `catalogs/${version}.js`, source: code });
    },
  };
}

/** Puts a bundle beside those that were released before. */
function keep(folder: string, { version, code }: Bundle): void {
  const path = join(folder, 'index.json');
  const index: CatalogIndex = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as CatalogIndex) : {};
  const file = `${version}.js`;
  const sha256 = createHash('sha256').update(code).digest('hex');
  const all = Object.entries({ ...index, [version]: { file, sha256 } }).sort(([a], [b]) => (a < b ? -1 : 1));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, file), code);
  writeFileSync(path, `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`);
}

/** What `npm run release:catalog` does. */
export async function release(root: string, folder: string): Promise<string> {
  const bundle = await bundleCatalog(root);
  keep(folder, bundle);
  const kilobytes = Math.round(Buffer.byteLength(bundle.code) / 1000);
  return `Kept ${bundle.version}.js (${kilobytes} kB) in ${folder}. Links made with this catalog will name the files that moved.`;
}
