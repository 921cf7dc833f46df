/** Background tasks from outside: real processes, killed in the middle. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../support/http.ts';
import type { Service } from '../support/service.ts';
import { waitFor } from '../support/wait.ts';
import type { Database } from './database.ts';
import type { Server } from './project.ts';
import type { Subject } from './subject.ts';

/** What a person would add to the project: a service with tasks, and a route that sends one. */
const TASKS = `
"""Tasks of the tests."""

import asyncio
import os
import signal

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from app.components.worker.broker import task
from app.components.worker.once import first_time
from app.core.db import session_scope


async def _note(session: AsyncSession, word: str) -> None:
    await (await session.connection()).execute(text("INSERT INTO note VALUES (:word)"), {"word": word})


@task(retries=2, first_wait=0.2)
async def note(word: str) -> str:
    async with session_scope() as session:
        await _note(session, word)
    return word


@task()
async def note_slowly(word: str, seconds: float) -> None:
    async with session_scope() as session:
        await _note(session, f"{word} begun")
    await asyncio.sleep(seconds)
    async with session_scope() as session:
        if await first_time(session, word):
            await _note(session, word)


@task()
async def kill_the_worker() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
`;
const ROUTER = `
"""A route of the tests."""

from fastapi import APIRouter

from app.services.notes.tasks import note

router = APIRouter(prefix="/api/v1/notes")


@router.post("/{word}", status_code=202)
async def send(word: str) -> dict[str, str]:
    return {"task": (await note.kiq(word)).task_id}
`;
const SEND = `
import asyncio, json, sys
from app.services.notes import tasks
from app.core.redis import close_redis
async def main():
    for name, arguments in json.loads(sys.argv[1]):
        await getattr(tasks, name).kiq(*arguments)
    await close_redis()
asyncio.run(main())
`;

interface Status {
  readonly waiting: number;
  readonly running: number;
  readonly later: number;
  readonly dead: number;
  readonly workers: readonly { name: string; running: number }[];
}

export function worker(subject: Subject): void {
  let env: Record<string, string> = {};
  let database: Database;
  let server: Server;
  const workers: Service[] = [];

  const launch = (more: Record<string, string> = {}): Service => {
    const service = subject.project.process('worker', { ...env, ...more });
    workers.push(service);
    return service;
  };
  const start = async (more: Record<string, string> = {}): Promise<Service> => {
    const service = launch(more);
    await service.ready(() => service.output.includes('worker_started'));
    return service;
  };
  const stop = async (service: Service): Promise<void> => {
    expect(await service.stop('SIGTERM'), service.output).toEqual({ code: 0, signal: null });
    expect(service.output).not.toMatch(/Task was destroyed|never awaited/);
  };
  const send = (...tasks: readonly [string, readonly unknown[]][]) =>
    subject.project.must('python', ['-c', SEND, JSON.stringify(tasks)], {
      env: { ...env, PYTHONPATH: subject.project.folder },
    });
  const words = async (): Promise<string[]> =>
    (await database.sql('SELECT word FROM note ORDER BY word')).map(([word = '']) => word);
  const status = async (): Promise<Status> =>
    JSON.parse((await subject.project.mustCommand('app', ['tasks', 'status', '--json'], { env })).stdout) as Status;
  const empty = () => database.sql('DELETE FROM note');

  beforeAll(async () => {
    const write = (path: string, text: string): void => {
      mkdirSync(join(subject.project.folder, path, '..'), { recursive: true });
      writeFileSync(join(subject.project.folder, path), text.trimStart());
    };
    write('app/services/notes/tasks.py', TASKS);
    write('app/components/backend/api/notes.py', ROUTER);
    const parts = subject.project.read('app/components/backend/parts.py');
    write(
      'app/components/backend/parts.py',
      parts
        .replace('\n\nROUTERS', '\nfrom app.components.backend.api.notes import router\n\nROUTERS')
        .replace('list[APIRouter] = []', 'list[APIRouter] = [router]'),
    );
    database = await subject.database();
    env = { DATABASE_URL: database.url, REDIS_URL: await subject.redis.database(), TASK_LEASE_SECONDS: '1' };
    await subject.project.must('make', ['migrate'], { env });
    await database.sql('CREATE TABLE note (word VARCHAR(50))');
    // From nothing: the route was not there when the project was first imported.
    server = await subject.project.start(env);
    await server.alive();
  });
  afterAll(async () => {
    for (const one of workers) one.kill();
    await server?.stop();
  });

  test('a task that a route sent is done by a worker', async () => {
    const one = await start();
    expect((await ask(server.base, 'POST', '/api/v1/notes/hello')).status).toBe(202);
    await waitFor('the note', async () => (await words()).includes('hello'));
    expect((await subject.project.mustCommand('app', ['tasks', 'ping'], { env })).stdout).toMatch(
      /went through in \d+ ms/,
    );
    expect((await status()).workers).toHaveLength(1);
    await stop(one);
    expect((await status()).workers.length).toBeLessThanOrEqual(1);
  });

  test('what is sent while no worker is there waits for one', async () => {
    await empty();
    await send(['note', ['early']]);
    expect((await status()).waiting).toBe(1);
    const one = await start();
    await waitFor('the note', async () => (await words()).includes('early'));
    await stop(one);
  });

  test('a worker that is told to stop ends what it runs', async () => {
    await empty();
    const one = await start();
    await send(['note_slowly', ['ended', 1.5]]);
    await waitFor('its beginning', async () => (await words()).includes('ended begun'));
    await stop(one);
    expect(await words()).toEqual(['ended', 'ended begun']);
  });

  test('what takes longer than the grace is handed back, and another worker does it', async () => {
    await empty();
    const one = await start({ WORKER_GRACE_SECONDS: '0.3' });
    await send(['note_slowly', ['handed', 2]]);
    await waitFor('its beginning', async () => (await words()).includes('handed begun'));
    await stop(one);
    expect(await status()).toMatchObject({ waiting: 1, running: 0 });
    const two = await start();
    await waitFor('its end', async () => (await words()).includes('handed'));
    await stop(two);
    expect(await words()).toEqual(['handed', 'handed begun', 'handed begun']);
  });

  test('workers killed in the middle lose nothing, and what counts once is done once', async () => {
    await empty();
    const count = 30;
    const first = [await start(), await start()];
    await send(
      ...Array.from({ length: count }, (_, index): [string, unknown[]] => ['note_slowly', [`task ${index}`, 0.5]]),
    );
    await waitFor('some beginnings', async () => (await words()).length >= 12);
    for (const one of first) one.kill();
    const rest = [await start(), await start()];
    const done = async (): Promise<string[]> => (await words()).filter((word) => !word.endsWith('begun'));
    await waitFor('all of them', async () => new Set(await done()).size === count, 60);
    await waitFor('the queue to be empty', async () => {
      const { waiting, running, later } = await status();
      return waiting + running + later === 0;
    });
    for (const one of rest) await stop(one);
    expect((await done()).sort()).toEqual(Array.from({ length: count }, (_, index) => `task ${index}`).sort());
    // Those that the killed ones had begun were begun again.
    expect((await words()).length).toBeGreaterThan(2 * count);
    expect((await status()).dead).toBe(0);
  });

  test('a task that kills its workers is laid aside in the end, and can be thrown away', async () => {
    await send(['kill_the_worker', []]);
    const twice = { TASK_DELIVERIES: '2' };
    // It may be dead before anybody sees that it was ready.
    for (let round = 0; round < 2; round += 1) expect((await launch(twice).ended).signal).toBe('SIGKILL');
    const one = await start(twice);
    await waitFor('it to be laid aside', async () => (await status()).dead === 1);
    const listed = await subject.project.mustCommand('app', ['tasks', 'dead'], { env });
    expect(listed.stdout).toContain('did not live to end it');
    await subject.project.mustCommand('app', ['tasks', 'forget', '--all'], { env });
    expect((await status()).dead).toBe(0);
    await stop(one);
  });

  test('a worker outlives an outage of Redis', async () => {
    await empty();
    const one = await start();
    await subject.redis.stop();
    await waitFor('the worker to notice', () => one.output.includes('redis_is_down'));
    await subject.redis.start();
    await send(['note', ['after']]);
    await waitFor('the note', async () => (await words()).includes('after'));
    await stop(one);
    expect(one.output).not.toContain('Traceback');
  });
}
