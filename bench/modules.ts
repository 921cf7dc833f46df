/** What each module adds: files and lines of the project it is chosen in, bytes of the page's first JavaScript. */
import { gzipSync } from 'node:zlib';
import { source } from 'virtual:catalog';
import { plan } from '#core/plan.ts';
import { render } from '#core/render.ts';
import { resolve } from '#core/resolve.ts';
import { choose, emptySelection } from '#core/selection.ts';
import { MANIFEST_PATH } from '#core/tree.ts';
import { catalog, contentIds, loadContents } from '../src/catalog.ts';
import type { Figure } from './main.ts';

export async function moduleFigures(): Promise<Figure[]> {
  const contents = await loadContents(contentIds);
  const declared = gzipped(source.modules);
  return [...catalog.modules.values()]
    .filter(({ status }) => status !== 'planned')
    .map(({ id, always }) => {
      const resolution = resolve(catalog, always ? emptySelection() : choose(emptySelection(), id));
      const tree = render(catalog, plan(catalog, resolution, contents), contents);
      let [files, lines] = [0, 0];
      for (const { path, spans } of tree) {
        if (path === MANIFEST_PATH) continue;
        const owned = spans.filter(({ from }) => from.some(({ module }) => module === id));
        lines += owned.reduce((sum, { fromLine, toLine }) => sum + toLine - fromLine + 1, 0);
        // Others may say lines in a file; it stands in one module's folder.
        if (contents.get(id)?.files[path]) files += 1;
      }
      const bytes = declared - gzipped(source.modules.filter((module) => module.id !== id));
      return { name: id, value: `${files} files, ${lines} lines, ${bytes} bytes` };
    });
}

/** The declarations as the page's first JavaScript holds them, near enough. */
const gzipped = (value: unknown): number => gzipSync(JSON.stringify(value), { level: 9 }).length;
