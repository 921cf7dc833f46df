/** Lighthouse on the first visit of the built page, as `npm start` serves it; `docs/bench-page.md` says how. */
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { launchOptions } from '../e2e/support/browser.ts';
import { ask } from '../e2e/support/http.ts';
import { npmModules } from '../e2e/support/npm.ts';
import { ROOT } from '../e2e/support/paths.ts';
import { freePort } from '../e2e/support/ports.ts';
import { Service } from '../e2e/support/service.ts';
import { must } from '../e2e/support/shell.ts';
import { withEnds } from './ends.ts';
import { type Figure, median } from './main.ts';

const DEVICES = { telephone: [], desktop: ['--preset=desktop'] } as const;
const RUNS = 3;
/** Of a machine: the rest is the same on all. */
const TIMED = 'performance';
const METRICS = [
  'first-contentful-paint',
  'largest-contentful-paint',
  'total-blocking-time',
  'cumulative-layout-shift',
];

interface Audit {
  readonly id: string;
  readonly title: string;
  /** `null` where it does not apply. */
  readonly score: number | null;
  readonly numericValue?: number;
  readonly numericUnit?: string;
}
interface Report {
  readonly lighthouseVersion: string;
  readonly environment: { readonly benchmarkIndex: number };
  readonly audits: Readonly<Record<string, Audit>>;
  readonly categories: Readonly<
    Record<
      string,
      {
        readonly title: string;
        readonly score: number;
        readonly auditRefs: readonly { readonly id: string; readonly weight: number }[];
      }
    >
  >;
}

export function auditFigures(device: keyof typeof DEVICES): Promise<Figure[]> {
  return withEnds(async (keep) => {
    const program = join(await npmModules('lighthouse'), 'lighthouse', 'cli', 'index.js');
    const { executablePath = chromium.executablePath(), args } = await launchOptions();
    const port = await freePort();
    const server = keep(
      new Service(process.execPath, [join(ROOT, 'scripts', 'serve.mjs')], { env: { PORT: `${port}` } }),
      (service) => service.stop(),
    );
    const address = `http://127.0.0.1:${port}`;
    await server.ready(() =>
      ask(address, 'GET', '/').then(
        ({ status }) => status === 200,
        () => false,
      ),
    );
    const how = ['--output=json', '--quiet', `--chrome-flags=${args.join(' ')}`, ...DEVICES[device]];
    const visit = async (): Promise<Report> => {
      const env = { CHROME_PATH: executablePath };
      return JSON.parse((await must(process.execPath, [program, address, ...how], { env })).stdout) as Report;
    };
    const reports: Report[] = [];
    // Now and then its own recording fails on a busy machine, and it says to run it again.
    while (reports.length < RUNS) reports.push(await visit().catch(visit));
    return figuresOf(reports);
  });
}

function figuresOf(reports: readonly Report[]): Figure[] {
  const [first] = reports;
  if (!first) return [];
  const of = (value: (report: Report) => number | undefined): number =>
    median(reports.map((report) => value(report) ?? Number.NaN));
  const scores = Object.entries(first.categories).map(([id, { title }]) => ({
    name: id === TIMED ? `${title}, median of ${RUNS} visits` : title,
    value: (of(({ categories }) => categories[id]?.score) * 100).toFixed(0),
    goal: id === TIMED ? '>= 90' : '100',
  }));
  const metrics = METRICS.map((id) => {
    const { title = id, numericUnit } = first.audits[id] ?? {};
    const value = of(({ audits }) => audits[id]?.numericValue);
    return { name: `  ${title}`, value: numericUnit === 'millisecond' ? `${value.toFixed(0)} ms` : value.toFixed(3) };
  });
  return [
    ...scores,
    ...metrics,
    ...foundIn(first),
    {
      name: 'speed of the machine, as Lighthouse counts it',
      value: of((report) => report.environment.benchmarkIndex).toFixed(0),
    },
  ];
}

/** What costs points besides the times, by its own name. */
function foundIn({ categories, audits }: Report): Figure[] {
  return Object.entries(categories)
    .filter(([id]) => id !== TIMED)
    .flatMap(([, { auditRefs }]) => auditRefs)
    .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
    .map(({ id }) => ({ name: `  found: ${audits[id]?.title ?? id}`, value: id }));
}
