/**
 * Tells the service worker what to keep: all that the two pages can load, as their imports say, and what the browser
 * asks for beside them. Of Mermaid, whose kinds of diagrams are dynamic imports of its own, only those that are drawn
 * here: all of it would be twice as much, with ELK, KaTeX and Cytoscape in it.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Plugin, Rollup } from 'vite';

/** Mermaid's own names: three kinds of diagrams and the layout. */
const DRAWN = ['flowDiagram', 'sequenceDiagram', 'erDiagram', 'dagre'];
const WORKER = 'worker.js';
/** Asked for by the browser itself, from `public/`. */
const BESIDE = /\.(?:svg|png|webmanifest)$/;

/** Rollup's options that make the worker a file of a fixed name beside the pages. */
export const workerInput = { worker: 'src/app/offline/worker.ts' };
export const entryFileNames = ({ name }: { readonly name: string }): string =>
  name in workerInput ? WORKER : 'assets/[name]-[hash].js';

export function offlinePlugin(root: string): Plugin {
  return {
    name: 'stackwright-offline',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const worker = bundle[WORKER];
        // The command line is built without one.
        if (worker?.type !== 'chunk') return;
        const publicFolder = join(root, 'public');
        const beside = readdirSync(publicFolder).filter((name) => BESIDE.test(name));
        const own = kept(bundle);
        const hash = createHash('sha256').update(worker.code);
        for (const name of own) hash.update(`\0${name}\0`).update(contentOf(bundle[name]));
        for (const name of beside) hash.update(`\0${name}\0`).update(readFileSync(join(publicFolder, name)));
        const paths = [...own.map((name) => (name === 'index.html' ? './' : name)), ...beside].sort();
        const version = hash.digest('hex').slice(0, 12);
        worker.code = `const KEPT=${JSON.stringify(paths)},VERSION="${version}";\n${worker.code}`;
      },
    },
  };
}

/** Names in the bundle: the pages, styles and fonts, and every chunk that the pages can come to load. */
export function kept(bundle: Rollup.OutputBundle): string[] {
  const reached = new Set<string>();
  const offered = new Set<string>();
  const visit = (name: string, fits: (chunk: Rollup.OutputChunk) => boolean): void => {
    const chunk = bundle[name];
    if (chunk?.type !== 'chunk' || reached.has(name)) return;
    reached.add(name);
    for (const other of chunk.imports) visit(other, fits);
    for (const other of chunk.dynamicImports) {
      const target = bundle[other];
      if (target?.type === 'chunk' && fits(target)) visit(other, fits);
    }
  };
  const isDrawn = (chunk: Rollup.OutputChunk): boolean => {
    const part = partOf(chunk);
    offered.add(part);
    return DRAWN.includes(part);
  };
  for (const [name, chunk] of Object.entries(bundle))
    if (chunk.type === 'chunk' && chunk.isEntry && name !== WORKER)
      visit(name, chunk.facadeModuleId?.endsWith('/mermaid.html') ? isDrawn : () => true);
  const missing = DRAWN.filter((part) => !offered.has(part));
  if (missing.length > 0) throw new Error(`Mermaid has no part called ${missing.join(', ')} any more`);
  const assets = Object.keys(bundle).filter((name) => bundle[name]?.type === 'asset');
  return [...reached, ...assets.filter((name) => /\.(?:html|css|woff2)$/.test(name))].sort();
}

/** `flowDiagram` for Mermaid's `flowDiagram-HODETNUW.mjs`. */
function partOf({ facadeModuleId }: Rollup.OutputChunk): string {
  return basename(facadeModuleId ?? '').replace(/-[A-Z0-9]{8}\.mjs$/, '');
}

function contentOf(item: Rollup.OutputBundle[string] | undefined): string | Uint8Array {
  return item?.type === 'chunk' ? item.code : (item?.source ?? '');
}
