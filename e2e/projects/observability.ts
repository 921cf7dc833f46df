/** What the processes tell of themselves, taken by a collector and by a real Prometheus. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Collector } from '../support/collector.ts';
import { ask } from '../support/http.ts';
import { freePort, isFree } from '../support/ports.ts';
import type { Running } from '../support/running.ts';
import { Service } from '../support/service.ts';
import { must } from '../support/shell.ts';
import { ensureProgram } from '../support/system.ts';
import { waitFor } from '../support/wait.ts';
import type { Database } from './database.ts';
import { processesOf, readCompose } from './gates/docker.ts';
import type { Server } from './project.ts';
import type { Subject } from './subject.ts';

const SECRET = 'sesame-4711-traced';
const TASKS = `
"""Tasks of the tests."""

from sqlalchemy import text

from app.components.worker.broker import task
from app.core.db import session_scope
from app.core.logging import get_logger


@task()
async def keep(word: str) -> None:
    async with session_scope() as session:
        await (await session.connection()).execute(text("INSERT INTO kept VALUES (:word)"), {"word": word})
    get_logger("app.traced").info("kept")


@task(retries=0)
async def fail() -> None:
    raise RuntimeError("on purpose")
`;
const ROUTER = `
"""Routes of the tests."""

from fastapi import APIRouter
from sqlalchemy import text

from app.components.cache.decorator import cached
from app.core.db import SessionDep
from app.services.traced.tasks import fail, keep

router = APIRouter(prefix="/api/v1/traced")


@cached(seconds=60, version=1)
async def length(word: str) -> int:
    return len(word)


@router.post("/{word}", status_code=202)
async def send(word: str, session: SessionDep) -> None:
    await (await session.connection()).execute(text("INSERT INTO kept VALUES (:word)"), {"word": word})
    await keep.kiq(word)
    await length(word)


@router.delete("/{word}")
async def break_off(word: str) -> None:
    await fail.kiq()
    raise RuntimeError("on purpose")
`;
const JOBS = `
"""All jobs: what is done, and when."""

from app.components.scheduler.job import Job, every
from app.components.worker.broker import task


@task()
async def tick(due: str) -> str:
    return due


JOBS: list[Job] = [Job("tick", every(seconds=1), tick)]
`;

interface Span {
  readonly service: string;
  readonly name: string;
  readonly trace: string;
  readonly id: string;
  readonly parent: string;
}
interface Dashboard {
  readonly panels: readonly {
    readonly title: string;
    readonly datasource: { readonly uid: string };
    readonly targets: readonly { readonly expr: string }[];
  }[];
}

/** The first of three ports in a row that nobody listens on. */
async function threePorts(): Promise<number> {
  const first = await freePort();
  return first < 65000 && (await isFree(first + 1)) && (await isFree(first + 2)) ? first : threePorts();
}

export function observability(subject: Subject): void {
  let database: Database;
  let env: Record<string, string> = {};
  let port = 0;
  let collector: Collector;
  let server: Server;
  let worker: Service;
  let scheduler: Service;
  const before = new Map<string, string>();
  const changes: Record<string, () => string> = {
    'app/jobs.py': () => JOBS.trimStart(),
    'app/components/backend/parts.py': () =>
      subject.project
        .read('app/components/backend/parts.py')
        .replace('\n\nROUTERS', '\nfrom app.components.backend.api.traced import router\n\nROUTERS')
        .replace('list[APIRouter] = []', 'list[APIRouter] = [router]'),
  };

  const start = async (command: string): Promise<Service> => {
    const service = subject.project.process(command, env);
    await service.ready(() => service.output.includes(`${command}_started`));
    return service;
  };
  const post = (): Promise<unknown> =>
    ask(server.base, 'POST', `/api/v1/traced/${SECRET}?token=${SECRET}`, {
      headers: { cookie: `a=${SECRET}`, authorization: `Bearer ${SECRET}` },
      json: { password: SECRET },
    }).then(({ status }) => expect(status).toBe(202));
  const spans = async (): Promise<Span[]> => {
    const file = join(subject.project.besides, 'spans');
    writeFileSync(file, collector.traces.map((body) => body.toString('base64')).join('\n'));
    return subject.project.probe<Span[]>('spans', {}, [file]);
  };
  const metrics = async (process: number): Promise<string> =>
    (await ask(`http://127.0.0.1:${port + process}`, 'GET', '/metrics')).text;

  beforeAll(async () => {
    const write = (path: string, text: string): void => {
      mkdirSync(join(subject.project.folder, path, '..'), { recursive: true });
      writeFileSync(join(subject.project.folder, path), text.trimStart());
    };
    for (const [path, change] of Object.entries(changes)) {
      before.set(path, subject.project.read(path));
      write(path, change());
    }
    write('app/services/traced/tasks.py', TASKS);
    write('app/components/backend/api/traced.py', ROUTER);
    collector = await Collector.start();
    port = await threePorts();
    database = await subject.database();
    env = {
      DATABASE_URL: database.url,
      REDIS_URL: await subject.redis.database(),
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.address,
      OTEL_EXPORTER_PROMETHEUS_PORT: String(port),
      // The library's own name for how long spans are gathered.
      OTEL_BSP_SCHEDULE_DELAY: '200',
    };
    await subject.project.must('make', ['migrate'], { env });
    await database.sql('CREATE TABLE kept (word VARCHAR(50))');
    server = await subject.project.start(env);
    await server.alive();
    worker = await start('worker');
    scheduler = await start('scheduler');
  });
  afterAll(async () => {
    worker?.kill();
    scheduler?.kill();
    await server?.stop();
    collector?.stop();
    for (const [path, text] of before) writeFileSync(join(subject.project.folder, path), text);
    rmSync(join(subject.project.folder, 'app/services/traced'), { recursive: true, force: true });
    rmSync(join(subject.project.folder, 'app/components/backend/api/traced.py'), { force: true });
  });

  test('one trace leads from a request through its statement to the task in the worker, and to its statement', async () => {
    const root = 'POST /api/v1/traced/{word}';
    await post();
    let found: Span[] = [];
    await waitFor('the trace', async () => {
      const all = await spans();
      const trace = all.find(({ name }) => name === root)?.trace;
      found = all.filter((span) => span.trace === trace);
      return found.some(({ name }) => name.startsWith('run '));
    });
    const at = (span: Span | undefined, name: string): Span | undefined =>
      found.find((one) => one.parent === span?.id && one.name === name);
    const request = found.find(({ name }) => name === root);
    const sent = at(request, 'send app.services.traced.tasks:keep');
    const ran = at(sent, 'run app.services.traced.tasks:keep');
    expect(request).toMatchObject({ service: 'night-shift', parent: '' });
    expect(at(request, 'INSERT')).toMatchObject({ service: 'night-shift' });
    expect(ran).toMatchObject({ service: 'night-shift-worker' });
    expect(at(ran, 'INSERT')).toMatchObject({ service: 'night-shift-worker' });
    expect(at(request, 'XADD')).toMatchObject({ service: 'night-shift' });

    // Lines of both processes name it.
    const lines = (output: string, event: string): string[] =>
      output.split('\n').filter((line) => line.includes(event) && line.includes(request?.trace ?? '?'));
    await waitFor('the lines of the log', () => lines(worker.output, 'kept').length === 1);
    const [line = ''] = lines(server.output, 'POST');
    expect(line).toMatch(/request_id=[0-9a-f]{32}/);
    expect(lines(worker.output, 'kept')[0]).toContain(`span_id=${ran?.id}`);
  });

  test('a run of a job and the task it sends are one trace', async () => {
    await waitFor('the trace', async () => {
      const all = await spans();
      const ofJob = all.filter(({ name, service }) => name === 'job tick' && service === 'night-shift-scheduler');
      return all.some(
        ({ name, service, trace }) =>
          name === 'run app.jobs:tick' &&
          service === 'night-shift-worker' &&
          ofJob.some((job) => job.trace === trace && job.parent === ''),
      );
    });
  });

  test('metrics stand on a port of their own, which is not the one that browsers reach', async () => {
    expect((await ask(server.base, 'GET', '/metrics')).status).toBe(404);
    await post();
    expect(await metrics(0)).toContain('http_route="/api/v1/traced/{word}"');
    await waitFor('the task to be measured', async () => (await metrics(1)).includes('task_duration_seconds_count'));
    await waitFor('the lead to be measured', async () => /^scheduler_leads\{?.* 1\.0$/m.test(await metrics(2)));
  });

  test('the real Prometheus takes the configuration as it stands, and has an answer to all that the dashboard asks', async () => {
    await ensureProgram('prometheus', 'prometheus');
    const folder = join(subject.project.besides, 'prometheus');
    const config = join(folder, 'prometheus.yml');
    cpSync(join(subject.project.folder, 'deploy/observability'), folder, { recursive: true });
    await must('promtool', ['check', 'config', config]);
    const own = readFileSync(config, 'utf8');
    const told = own
      .replaceAll(/127\.0\.0\.1:(946\d)/g, (_, known: string) => `127.0.0.1:${Number(known) - 9464 + port}`)
      .replaceAll('15s', '1s');
    expect([...told.matchAll(/127\.0\.0\.1:/g)]).toHaveLength(3);
    writeFileSync(config, told);
    const listen = `127.0.0.1:${await freePort()}`;
    const prometheus = new Service('prometheus', [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=${listen}`,
    ]);
    try {
      const api = async (path: string) => (await ask(`http://${listen}`, 'GET', `/api/v1/${path}`)).json();
      await prometheus.ready(
        async () => (await ask(`http://${listen}`, 'GET', '/-/ready').catch(() => undefined))?.status === 200,
      );
      const traffic = async (): Promise<void> => {
        await post();
        expect((await ask(server.base, 'DELETE', '/api/v1/traced/word')).status).toBe(500);
      };
      await waitFor('its targets', async () => {
        await traffic();
        const { activeTargets } = (await api('targets')).data as { activeTargets: readonly { health: string }[] };
        return activeTargets.length === 3 && activeTargets.every(({ health }) => health === 'up');
      });
      const dashboard = JSON.parse(
        subject.project.read('deploy/observability/grafana/dashboards/app.json'),
      ) as Dashboard;
      const asked = dashboard.panels.filter(({ datasource }) => datasource.uid === 'prometheus');
      expect(asked.length).toBeGreaterThan(12);
      expect(asked.map(({ title }) => title)).toContain('Share of answers that the cache had');
      for (const { title, targets } of asked) {
        for (const { expr } of targets) {
          const query = encodeURIComponent(expr.replaceAll('$__rate_interval', '30s'));
          await waitFor(`an answer to ${title}: ${expr}`, async () => {
            await traffic();
            const answer = (await api(`query?query=${query}`)) as {
              status: string;
              data: { result: readonly { value: readonly [number, string] }[] };
            };
            expect(answer.status, expr).toBe('success');
            return answer.data.result.some(({ value }) => !Number.isNaN(Number(value[1])));
          });
        }
      }
      // A task failed for good, and requests do half of the time.
      await waitFor('two alerts to stir', async () => {
        await traffic();
        const { groups } = (await api('rules')).data as {
          groups: readonly { rules: readonly { name: string; health: string; state: string }[] }[];
        };
        const rules = groups.flatMap((group) => group.rules);
        expect(rules.filter(({ health }) => health !== 'ok' && health !== 'unknown')).toEqual([]);
        const stirring = rules.filter(({ state }) => state !== 'inactive');
        const names = stirring.map(({ name }) => name);
        return (
          rules.every(({ health }) => health === 'ok') &&
          ['RequestsFail', 'TasksLaidAside'].every((name) => names.includes(name))
        );
      });
    } finally {
      await prometheus.stop('SIGTERM');
    }
  });

  test('no secret of a request is in what is told', async () => {
    expect(collector.traces.length).toBeGreaterThan(0);
    expect(collector.traces.filter((body) => body.includes('sesame-4711'))).toEqual([]);
    for (const process of [0, 1, 2]) expect(await metrics(process)).not.toContain('sesame-4711');
    expect(server.output).not.toContain(`token=${SECRET}`);
  });

  test('what is left is sent before a process ends', async () => {
    expect(await scheduler.stop('SIGTERM'), scheduler.output).toEqual({ code: 0, signal: null });
    expect(await worker.stop('SIGTERM'), worker.output).toEqual({ code: 0, signal: null });
    const late = await subject.project.serve({ ...env, OTEL_BSP_SCHEDULE_DELAY: '600000' });
    const known = (await spans()).length;
    await ask(late.base, 'GET', '/health/live');
    await late.stop();
    const last = (await spans()).slice(known).map(({ name }) => name);
    expect(last).toContain('GET /health/live');
  });

  test.each([
    ['is not there', async () => undefined],
    ['never answers', async () => Collector.start(false)],
  ])('a collector that %s costs no request anything, and is named in the log', async (_, make) => {
    const away = await make();
    const late = await subject.project.serve({
      ...env,
      OTEL_EXPORTER_OTLP_ENDPOINT: away?.address ?? `http://127.0.0.1:${await freePort()}`,
    });
    const failures = () => late.output.split('\n').filter((line) => /opentelemetry\.\S*export/.test(line));
    await waitFor('an export that fails', async () => {
      expect((await ask(late.base, 'GET', '/health/live')).status).toBe(200);
      return failures().length > 0;
    });
    if (away) expect(away.asked).toBeGreaterThan(0);
    expect(await late.service.stop('SIGTERM'), late.output).toEqual({ code: 0, signal: null });
    away?.stop();
  });

  test('a collector that never answers makes no process outstay its time', async () => {
    // What each gives its own work first, and what telling may take after it.
    const asked = `import json
from app.components.observability.run import PATIENCE_SECONDS
from app.components.scheduler.settings import SchedulerSettings as S
from app.components.worker.settings import WorkerSettings as W
print(json.dumps({"telling": PATIENCE_SECONDS, "worker": W().worker_grace_seconds, "scheduler": S().scheduler_grace_seconds}))`;
    const seconds = JSON.parse((await subject.project.must('python', ['-c', asked])).stdout) as Record<string, number>;
    seconds.app = Number(
      /timeout_graceful_shutdown=(\d+)/.exec(subject.project.read('app/components/backend/server.py'))?.[1],
    );
    // The lead and the tasks are to be had.
    await Promise.all([scheduler.stop('SIGTERM'), worker.stop('SIGTERM')]);
    const away = await Collector.start(false);
    const told = { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: away.address, OTEL_EXPORTER_PROMETHEUS_PORT: '0' };
    const processes = processesOf(readCompose(subject.project)).filter(([name]) => name in seconds);
    expect(processes.map(([name]) => name).sort()).toEqual(['app', 'scheduler', 'worker']);
    const tasks = subject.project.process('worker', told);
    const jobs = subject.project.process('scheduler', told);
    const app = await subject.project.serve(told);
    const running = { app: app.service, worker: tasks, scheduler: jobs } as Record<string, Running>;
    try {
      // The job sends its task each second, so that all three have had something to tell.
      expect((await ask(app.base, 'GET', '/health/live')).status).toBe(200);
      await tasks.ready(() => tasks.output.includes('worker_started'));
      await jobs.ready(() => jobs.output.includes('scheduler_leads'));
      await waitFor('three that ask', () => away.asked >= 3);
      for (const [name, { stop_grace_period }] of processes) {
        const time = Number.parseInt(stop_grace_period, 10);
        expect((seconds[name] ?? time) + (seconds.telling ?? time), name).toBeLessThan(time);
        const one = running[name];
        expect(await one?.stop('SIGTERM', time), one?.output).toEqual({ code: 0, signal: null });
      }
    } finally {
      for (const one of Object.values(running)) one.kill();
      away.stop();
    }
  });
}
