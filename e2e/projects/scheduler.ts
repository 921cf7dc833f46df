/** Jobs from outside: several processes, of which the one that has the lead is killed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Service } from '../support/service.ts';
import { waitFor } from '../support/wait.ts';
import type { Database } from './database.ts';
import type { Subject } from './subject.ts';

/** What a person would write there. */
const JOBS = `
"""All jobs: what is done, and when."""

from app.components.scheduler.job import Job, every
from app.components.worker.broker import task


@task()
async def tick(due: str) -> str:
    return due


JOBS: list[Job] = [Job("tick", every(seconds=1), tick)]
`;
/** How long the others may take to notice that the lead is free. */
const TAKE_OVER_SECONDS = 10;

export function scheduler(subject: Subject): void {
  let database: Database;
  let env: Record<string, string> = {};
  let jobs = '';
  const running: Service[] = [];

  const start = async (): Promise<Service> => {
    const service = subject.project.process('scheduler', env);
    running.push(service);
    await service.ready(() => service.output.includes('scheduler_started'));
    return service;
  };
  const leads = (service: Service) => (): boolean => service.output.includes('scheduler_leads');
  const runs = async (): Promise<number> => Number((await database.sql('SELECT count(*) FROM job_runs'))[0]?.[0]);
  const moreRuns = async (): Promise<void> => {
    const before = await runs();
    await waitFor('two more runs', async () => (await runs()) >= before + 2);
  };

  beforeAll(async () => {
    jobs = subject.project.read('app/jobs.py');
    writeFileSync(join(subject.project.folder, 'app/jobs.py'), JOBS.trimStart());
    database = await subject.database();
    env = { DATABASE_URL: database.url, REDIS_URL: await subject.redis.database() };
    await subject.project.must('make', ['migrate'], { env });
  });
  afterAll(() => {
    for (const one of running) one.kill();
    writeFileSync(join(subject.project.folder, 'app/jobs.py'), jobs);
  });

  test('of two processes one has the lead; when it is killed the other takes over, and nothing is left out', async () => {
    const first = await start();
    await waitFor('the lead', leads(first));
    const second = await start();
    await moreRuns();
    expect(leads(second)()).toBe(false);

    first.kill();
    await waitFor('the other to take over', leads(second));
    await moreRuns();
    const third = await start();
    expect(await second.stop('SIGTERM'), second.output).toEqual({ code: 0, signal: null });
    await waitFor('the third to take over', leads(third));
    await moreRuns();
    expect(await third.stop('SIGTERM'), third.output).toEqual({ code: 0, signal: null });
    expect(second.output + third.output).not.toContain('Traceback');

    // Seconds between the times that jobs were run for: longer ones are those in which nobody had the lead.
    const gaps = await database.sql(
      'SELECT extract(epoch FROM due - lag(due) OVER (ORDER BY due))::int AS gap FROM job_runs ORDER BY gap DESC NULLS LAST',
    );
    expect(Number(gaps[0]?.[0])).toBeLessThanOrEqual(TAKE_OVER_SECONDS);
    expect(await database.sql('SELECT count(*) FROM job_runs WHERE ended_at IS NULL')).toEqual([['0']]);
    // Each was sent to the workers: at least once, and twice only where the lead was lost in the middle.
    const sent = Number(
      await subject.redis.command(Number(new URL(env.REDIS_URL ?? '').pathname.slice(1)), 'XLEN', 'tasks:waiting'),
    );
    expect(sent).toBeGreaterThanOrEqual(await runs());
    expect(sent).toBeLessThanOrEqual((await runs()) + 1);
  });

  test('its commands name the job, and run it by hand', async () => {
    expect((await subject.project.must('app', ['jobs', 'list'], { env })).stdout).toMatch(/UTC\s+tick/);
    expect((await subject.project.must('app', ['jobs', 'run', 'tick'], { env })).stdout).toContain('tick is done.');
    const unknown = await subject.project.run('app', ['jobs', 'run', 'tock'], { env });
    expect(unknown.code).toBe(1);
    expect(unknown.output).toContain('There is no job tock');
    expect(unknown.output).not.toContain('Traceback');
  });
}
