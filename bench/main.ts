/**
 * `npm run bench`: what the product weighs and what its steps cost. A measurement, never a test.
 * `npm run bench -- page`: the page alone, see docs/bench-page.md.
 * `npm run bench -- audit`: what Lighthouse says of the page, see there; a part of its own, since it is installed first.
 * `npm run bench -- modules`: what each module adds to a project and to the page.
 * `npm run bench -- auth|worker|observability|cache`: what a module costs in a generated project that runs; parts of
 * their own, since they install packages.
 */
import { auditFigures } from './audit.ts';
import { authFigures } from './auth.ts';
import { cacheFigures } from './cache.ts';
import { coreFigures } from './core.ts';
import { moduleFigures } from './modules.ts';
import { observabilityFigures } from './observability.ts';
import { pageFigures } from './page.ts';
import { firstFigures, sizeFigures } from './sizes.ts';
import { startFigures } from './start.ts';
import { workerFigures } from './worker.ts';

export interface Figure {
  readonly name: string;
  readonly value: string;
  readonly goal?: string;
}

type Group = [title: string, measure: () => Promise<Figure[]>];
const PRODUCT: Group[] = [
  ['Sizes', sizeFigures],
  ['Core, warm', coreFigures],
  ['Command line, cold', startFigures],
  ['Page, in Chromium', pageFigures],
];
const PAGE: Group[] = [
  ['First JavaScript', firstFigures],
  ['Page, in Chromium', pageFigures],
];
const MODULES: Group[] = [
  ['What each module adds, chosen alone (the last: to the first JavaScript, gzip)', moduleFigures],
];
const AUTH: Group[] = [
  ['Auth, on SQLite', () => authFigures('SQLite')],
  ['Auth, on PostgreSQL', () => authFigures('PostgreSQL')],
];
const PARTS: Readonly<Record<string, readonly Group[]>> = {
  product: PRODUCT,
  page: PAGE,
  audit: [
    ['Lighthouse, as on a telephone', () => auditFigures('telephone')],
    ['Lighthouse, as on a desktop', () => auditFigures('desktop')],
  ],
  modules: MODULES,
  auth: AUTH,
  worker: [['Worker, of one process with ten tasks at once', workerFigures]],
  observability: [['Observability, of one small route', observabilityFigures]],
  cache: [
    ['Cache, in Redis', () => cacheFigures('redis')],
    ['Cache, in memory', () => cacheFigures('memory')],
  ],
};

export async function main(part = 'product'): Promise<void> {
  const groups = PARTS[part];
  if (!groups) throw new Error(`There is no part ${part}: say one of ${Object.keys(PARTS).join(', ')}, or nothing.`);
  for (const [title, measure] of groups) {
    console.log(`\n${title}`);
    for (const { name, value, goal } of await measure()) {
      console.log(`  ${name.padEnd(58)} ${value.padStart(14)}${goal ? `   goal ${goal}` : ''}`);
    }
  }
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}
export const median = (values: readonly number[]): number => quantile(values, 0.5);
