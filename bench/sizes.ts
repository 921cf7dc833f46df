/** The page's first JavaScript, gzip, and what each module adds to it: two builds in memory. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { source } from 'virtual:catalog';
import { build, type Rollup } from 'vite';
import type { Figure } from './main.ts';

export async function firstFigures(): Promise<Figure[]> {
  return [firstFigure(await firstLoad())];
}
const firstFigure = (all: number): Figure => ({
  name: 'first JavaScript, gzip',
  value: `${(all / 1000).toFixed(1)} KB`,
  goal: '<= 180 KB',
});

/** What the service worker of the build in `dist/page` keeps for use without a network. */
export function keptFigures(): Figure[] {
  const page = join(process.cwd(), 'dist', 'page');
  const [, list = '[]'] = /KEPT=(\[.*?\]),/.exec(readFileSync(join(page, 'worker.js'), 'utf8')) ?? [];
  const files = (JSON.parse(list) as string[]).map((path) =>
    readFileSync(join(page, path === './' ? 'index.html' : path)),
  );
  const sum = (sizes: readonly number[]): string =>
    `${(sizes.reduce((all, size) => all + size, 0) / 1e6).toFixed(2)} MB`;
  return [
    { name: `kept for use offline, ${files.length} files`, value: sum(files.map(({ length }) => length)) },
    { name: '  gzip', value: sum(files.map((file) => gzipSync(file).length)) },
  ];
}

export async function sizeFigures(): Promise<Figure[]> {
  const all = await firstLoad();
  const added = source.modules.filter((module) => !module.always).map((module) => module.id);
  const measured = added.filter((id) => !isNeeded(id));
  const without: number[] = [];
  for (const id of measured.slice(0, 3)) without.push(all - (await firstLoad(id)));
  const mean = without.reduce((sum, value) => sum + value, 0) / Math.max(1, without.length);
  return [
    firstFigure(all),
    {
      name: `a module adds to it, gzip, mean of ${without.length} left out`,
      value: `${mean.toFixed(0)} bytes`,
      goal: '<= 300',
    },
  ];
}

/** Leaving out a module that another requires would be no catalog. */
function isNeeded(id: string): boolean {
  return source.modules.some((module) => module.requires?.some(({ need }) => need === id));
}

/** Bytes of the entry and all it imports statically. */
async function firstLoad(without?: string): Promise<number> {
  if (without === undefined) delete process.env.STACKWRIGHT_WITHOUT;
  else process.env.STACKWRIGHT_WITHOUT = without;
  const built = (await build({ logLevel: 'error', build: { write: false } })) as
    | Rollup.RollupOutput
    | Rollup.RollupOutput[];
  delete process.env.STACKWRIGHT_WITHOUT;
  const chunks = (Array.isArray(built) ? built : [built])
    .flatMap(({ output }) => output)
    .filter((item) => item.type === 'chunk');
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const reached = new Set<string>();
  const visit = (name: string): void => {
    const chunk = byName.get(name);
    if (!chunk || reached.has(name)) return;
    reached.add(name);
    chunk.imports.forEach(visit);
  };
  for (const chunk of chunks) if (chunk.isEntry && chunk.facadeModuleId?.endsWith('/index.html')) visit(chunk.fileName);
  return [...reached].reduce((sum, name) => sum + gzipSync(byName.get(name)?.code ?? '', { level: 9 }).length, 0);
}
