/**
 * What it costs a request to be observed: one small route of three projects that are alike but for observability.
 *
 * All three run as they are deployed, one process each, and are asked in turn.
 */
import type { Server } from '../e2e/projects/project.ts';
import { Collector } from '../e2e/support/collector.ts';
import { freePort } from '../e2e/support/ports.ts';
import { compared, inRounds, withShare } from './compared.ts';
import { type Keep, withEnds } from './ends.ts';
import { installed, PRODUCTION } from './installed.ts';
import { Caller, rate, times } from './load.ts';
import { type Figure, median, quantile } from './main.ts';

const REQUESTS = 1500;
const WIDTH = 8;
/** Oftener than anybody has it, so that each round of a second or two has its share. */
const FETCHED_EVERY_MS = 1000;
const ROUTE = { method: 'GET', path: '/health/live' } as const;
const WITHOUT = 'without';

interface Side {
  readonly app: Caller;
  /** Where the metrics are fetched, if they are. */
  readonly metrics?: Caller;
}

export function observabilityFigures(): Promise<Figure[]> {
  return withShare(() =>
    withEnds(async (keep) => {
      const rounds = await inRounds(await sidesOf(keep), round);
      const pairs = [
        ['otlp', WITHOUT],
        ['prometheus', WITHOUT],
      ] as const;
      return [
        ...compared('ms, median of a request', rounds, (one) => one.median, ...pairs),
        ...compared('ms, p99 of a request', rounds, ({ p99 }) => p99, ...pairs),
        ...compared(`requests a second, ${WIDTH} at once`, rounds, ({ requests }) => requests, ...pairs),
      ];
    }),
  );
}

async function sidesOf(keep: Keep): Promise<Record<string, Side>> {
  const sink = keep(await Collector.start(), (collector) => collector.stop());
  const port = await freePort();
  const caller = (base: string): Caller => keep(new Caller(base), (made) => made.close());
  const served = async (components: string, env: Readonly<Record<string, string>> = {}): Promise<Caller> =>
    caller((await serve(components, env, keep)).base);
  return {
    otlp: { app: await served('observability.otlp', { OTEL_EXPORTER_OTLP_ENDPOINT: sink.address }) },
    prometheus: {
      app: await served('observability.prometheus', { OTEL_EXPORTER_PROMETHEUS_PORT: String(port) }),
      metrics: caller(`http://127.0.0.1:${port}`),
    },
    [WITHOUT]: { app: await served('backend') },
  };
}

/** Goes with its project. */
async function serve(components: string, env: Readonly<Record<string, string>>, keep: Keep): Promise<Server> {
  const server = await (await installed(components, keep)).start({ ...PRODUCTION, ...env });
  await server.alive();
  return server;
}

async function round({ app, metrics }: Side): Promise<{ median: number; p99: number; requests: number }> {
  const asked: Promise<string>[] = [];
  const timer = setInterval(() => {
    if (metrics) asked.push(metrics.ask(200, { method: 'GET', path: '/metrics' }));
  }, FETCHED_EVERY_MS);
  try {
    const taken = await times(REQUESTS, () => app.ask(200, ROUTE));
    const requests = await rate(REQUESTS, WIDTH, async () => void (await app.ask(200, ROUTE)));
    await Promise.all(asked);
    return { median: median(taken), p99: quantile(taken, 0.99), requests };
  } finally {
    clearInterval(timer);
  }
}
