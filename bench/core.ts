/** Resolve, plan, render and zip, warm, for every project the catalog's choices can make up to two modules. */
import { fill } from '#core/fill.ts';
import { plan } from '#core/plan.ts';
import { render } from '#core/render.ts';
import { resolve } from '#core/resolve.ts';
import { choose, emptySelection, type Selection } from '#core/selection.ts';
import { zip } from '#core/zip.ts';
import { catalog, contentIds, loadContents } from '../src/catalog.ts';
import { type Figure, median, quantile } from './main.ts';

export async function coreFigures(): Promise<Figure[]> {
  const contents = await loadContents(contentIds);
  const draw = (selection: Selection) => {
    const resolution = resolve(catalog, selection);
    return render(catalog, plan(catalog, resolution, contents), contents);
  };
  const available = [...catalog.modules.values()].filter((module) => module.status !== 'planned' && !module.always);
  const selections = [emptySelection(), ...available.map((module) => choose(emptySelection(), module.id))];
  const largest = available.reduce((selection, module) => choose(selection, module.id), emptySelection());
  for (let round = 0; round < 20; round += 1) for (const selection of selections) draw(selection);
  const perFile: number[] = [];
  for (let round = 0; round < 50; round += 1) {
    for (const selection of selections) {
      const start = performance.now();
      const tree = draw(selection);
      perFile.push((performance.now() - start) / tree.length);
    }
  }
  const toggles: number[] = [];
  for (let round = 0; round < 200; round += 1) {
    const selection = round % 2 === 0 ? emptySelection() : largest;
    const start = performance.now();
    draw(selection);
    toggles.push(performance.now() - start);
  }
  const tree = fill(draw(largest), (count) => new Uint8Array(count));
  const zips: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    const start = performance.now();
    await zip('my-app', tree);
    zips.push(performance.now() - start);
  }
  const bare = draw(emptySelection());
  const lines = (files: typeof bare): number =>
    files.reduce((sum, file) => sum + file.content.split('\n').length - 1, 0);
  return [
    {
      name: 'resolve + plan + render, per file, median',
      value: `${median(perFile).toFixed(4)} ms`,
      goal: '<= 0.05 ms',
    },
    {
      name: 'a toggle: nothing chosen to everything, whole tree, p95',
      value: `${quantile(toggles, 0.95).toFixed(2)} ms`,
    },
    { name: `zip of everything (${tree.length} files), median`, value: `${median(zips).toFixed(0)} ms` },
    { name: 'bare project: files', value: String(bare.length), goal: '< 60' },
    { name: 'bare project: lines', value: String(lines(bare)), goal: '< 2500' },
    { name: 'everything chosen: files', value: String(tree.length) },
    { name: 'everything chosen: lines', value: String(lines(tree)) },
  ];
}
