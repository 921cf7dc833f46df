/**
 * What the cache costs and spares: a small answer that is made each time, that the cache has, that the cache has not,
 * and that a bare GET brings. All of them in one process, asked in turn.
 */
import { delimiter, join } from 'node:path';
import { ask } from '../e2e/support/http.ts';
import { ROOT } from '../e2e/support/paths.ts';
import { freePort } from '../e2e/support/ports.ts';
import { Redis } from '../e2e/support/redis.ts';
import { Service } from '../e2e/support/service.ts';
import { compared, inRounds, withShare } from './compared.ts';
import { withEnds } from './ends.ts';
import { installed, PRODUCTION } from './installed.ts';
import { Caller, times } from './load.ts';
import { type Figure, median, quantile } from './main.ts';

const REQUESTS = 1000;
const CALLS = 1000;
const SCRIPTS = join(ROOT, 'bench', 'cache');

export function cacheFigures(backend: 'redis' | 'memory'): Promise<Figure[]> {
  return withShare(() =>
    withEnds(async (keep) => {
      const redis = backend === 'redis' ? keep(await Redis.create(), (server) => server.stop()) : undefined;
      const project = await installed(`cache.${backend}`, keep);
      const port = await freePort();
      const app = keep(
        new Service(
          project.program('python'),
          ['-m', 'uvicorn', 'quotes:app', '--port', String(port), '--no-access-log'],
          {
            cwd: project.folder,
            env: {
              ...project.environment,
              ...PRODUCTION,
              PYTHONPATH: [project.folder, SCRIPTS].join(delimiter),
              ...(redis ? { REDIS_URL: await redis.database() } : {}),
            },
          },
        ),
        (service) => service.stop(),
      );
      const base = `http://127.0.0.1:${port}`;
      await app.ready(async () => (await ask(base, 'PUT', '/quote').catch(() => undefined))?.status === 200);
      const caller = keep(new Caller(base), (made) => made.close());
      const ways = ['plain', 'cached', 'missed', ...(redis ? ['GET'] : [])];
      const rounds = await inRounds(Object.fromEntries(ways.map((way) => [way, way])), (way) => round(caller, way));
      const beside = (other: string) => ways.slice(1, 3).map((way) => [way, other] as const);
      const pairs = [...beside('plain'), ...(redis ? beside('GET') : [])];
      return [
        ...compared('ms, median of a request', rounds, (one) => one.median, ...pairs),
        ...compared('ms, p99 of a request', rounds, ({ p99 }) => p99, ...pairs),
        ...compared('µs of a call', rounds, ({ call }) => call, ...(redis ? beside('GET') : beside('plain'))),
      ];
    }),
  );
}

async function round(caller: Caller, way: string): Promise<{ median: number; p99: number; call: number }> {
  const taken = await times(REQUESTS, () => caller.ask(200, { method: 'GET', path: `/requests/${way}` }));
  const call = Number(await caller.ask(200, { method: 'GET', path: `/calls/${way}?times=${CALLS}` }));
  return { median: median(taken), p99: quantile(taken, 0.99), call };
}
