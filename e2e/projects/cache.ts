/** The cache from outside: processes that share one Redis, an outage of it, and one process by itself. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, ask } from '../support/http.ts';
import { freePort } from '../support/ports.ts';
import { Service } from '../support/service.ts';
import { waitFor } from '../support/wait.ts';
import type { Subject } from './subject.ts';

/** What a person would write: an answer that is dear to make. It notes each making, and may be held up. */
const APP = `
import asyncio
import os
from pathlib import Path

from fastapi import FastAPI

from app.components.cache.decorator import cached
from app.components.cache.figures import CacheFigures, cache_figures
from app.core.logging import setup_logging

FOLDER = Path(os.environ["QUOTES"])
VERSION = int(os.environ.get("QUOTES_VERSION", "1"))
app = FastAPI()
setup_logging("INFO", as_json=True)


@cached(seconds=600, version=VERSION)
async def quote(word: str) -> str | None:
    with (FOLDER / "made").open("a") as file:
        file.write(f"{word}\\n")
    while (FOLDER / "wait").exists():
        await asyncio.sleep(0.02)
    return None if word == "nothing" else f"{word} of version {VERSION}"


@app.get("/quotes/{word}")
async def read(word: str) -> str | None:
    return await quote(word)


@app.delete("/quotes/{word}")
async def forget(word: str) -> bool:
    return await quote.forget(word)


@app.delete("/quotes")
async def forget_all() -> bool:
    return await quote.forget_all()


@app.get("/figures")
async def figures() -> CacheFigures:
    return cache_figures()
`;

interface Process {
  readonly service: Service;
  readonly base: string;
}
interface Figures {
  readonly hits: number;
  readonly misses: number;
  readonly errors: number;
}

/** Processes with the app of the tests, and what they have made. */
class Quotes {
  readonly #subject: Subject;
  readonly #started: Service[] = [];

  constructor(subject: Subject) {
    this.#subject = subject;
    writeFileSync(join(subject.project.besides, 'quotes.py'), APP);
    this.forgetMade();
    this.letGo();
  }

  get #folder(): string {
    return this.#subject.project.besides;
  }

  async start(env: Readonly<Record<string, string>>): Promise<Process> {
    const { project } = this.#subject;
    const port = await freePort();
    const service = new Service(
      project.program('python'),
      ['-m', 'uvicorn', 'quotes:app', '--port', String(port), '--no-access-log'],
      {
        cwd: project.folder,
        env: {
          ...project.environment,
          PYTHONPATH: [project.folder, this.#folder].join(delimiter),
          QUOTES: this.#folder,
          ...env,
        },
      },
    );
    this.#started.push(service);
    const base = `http://127.0.0.1:${port}`;
    await service.ready(async () => (await ask(base, 'GET', '/figures').catch(() => undefined))?.status === 200);
    return { service, base };
  }

  stop(): void {
    for (const service of this.#started) service.kill();
  }

  /** What was made, word by word, since it was last forgotten. */
  get made(): string[] {
    return readFileSync(join(this.#folder, 'made'), 'utf8').split('\n').filter(Boolean);
  }

  forgetMade(): void {
    writeFileSync(join(this.#folder, 'made'), '');
  }

  holdUp(): void {
    writeFileSync(join(this.#folder, 'wait'), '');
  }

  letGo(): void {
    rmSync(join(this.#folder, 'wait'), { force: true });
  }
}

const read = ({ base }: Process, word: string): Promise<Answer> => ask(base, 'GET', `/quotes/${word}`);
const figures = async ({ base }: Process): Promise<Figures> => (await ask(base, 'GET', '/figures')).json() as Figures;

/** What each of them answers, which is 200 in any case. */
async function readAll(processes: readonly Process[], word: string, each = 1): Promise<unknown[]> {
  const answers = await Promise.all(processes.flatMap((one) => Array.from({ length: each }, () => read(one, word))));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  return [...new Set(answers.map((answer) => answer.json()))];
}

export function cacheInRedis(subject: Subject): void {
  let quotes: Quotes;
  let env: Record<string, string> = {};
  let processes: readonly Process[] = [];
  const database = (): number => Number(new URL(env.REDIS_URL ?? '').pathname.slice(1));
  const inRedis = (...words: readonly string[]): Promise<string> => subject.redis.command(database(), ...words);
  const first = (): Process => {
    const [one] = processes;
    if (!one) throw new Error('nothing was started');
    return one;
  };

  beforeAll(async () => {
    quotes = new Quotes(subject);
    // Longer than any test: who waits for another process is not to help themselves.
    env = { REDIS_URL: await subject.redis.database(), CACHE_LOCK_SECONDS: '300' };
    processes = await Promise.all([quotes.start(env), quotes.start(env), quotes.start(env), quotes.start(env)]);
  });
  afterAll(() => quotes?.stop());

  test('what all processes ask for at once is made once', async () => {
    quotes.holdUp();
    const reading = readAll(processes, 'sesame', 6);
    await waitFor('all to have missed it', async () =>
      (await Promise.all(processes.map(figures))).every(({ misses }) => misses === 6),
    );
    await waitFor('its making', () => quotes.made.length > 0);
    quotes.letGo();
    expect(await reading).toEqual(['sesame of version 1']);
    expect(quotes.made).toEqual(['sesame']);
    await readAll(processes, 'sesame');
    expect(quotes.made).toEqual(['sesame']);
    for (const one of processes) expect(await figures(one)).toEqual({ hits: 1, misses: 6, errors: 0 });
  });

  test('nothing, once found out, is known by all', async () => {
    quotes.forgetMade();
    for (const one of processes) expect((await read(one, 'nothing')).json()).toBeNull();
    expect(quotes.made).toEqual(['nothing']);
  });

  test('what one process forgets, or a whole group, all of them make anew', async () => {
    await readAll(processes, 'kept');
    quotes.forgetMade();
    expect((await ask(first().base, 'DELETE', '/quotes/sesame')).json()).toBe(true);
    for (const word of ['sesame', 'kept']) await readAll(processes, word);
    expect(quotes.made).toEqual(['sesame']);
    expect((await ask(first().base, 'DELETE', '/quotes')).json()).toBe(true);
    for (const word of ['sesame', 'kept']) await readAll(processes, word);
    expect(quotes.made).toEqual(['sesame', 'sesame', 'kept']);
  });

  test('what is forgotten while it is made is not kept', async () => {
    quotes.forgetMade();
    quotes.holdUp();
    const late = read(first(), 'late');
    await waitFor('its making', () => quotes.made.includes('late'));
    expect((await ask(processes[1]?.base ?? '', 'DELETE', '/quotes/late')).json()).toBe(true);
    quotes.letGo();
    expect((await late).status).toBe(200);
    await readAll(processes, 'late');
    expect(quotes.made).toEqual(['late', 'late']);
  });

  test('another version of the code never reads what the old one kept, nor the other way round', async () => {
    await readAll(processes, 'sesame');
    quotes.forgetMade();
    const next = await quotes.start({ ...env, QUOTES_VERSION: '2' });
    expect((await read(next, 'sesame')).json()).toBe('sesame of version 2');
    expect(await readAll(processes, 'sesame')).toEqual(['sesame of version 1']);
    expect(quotes.made).toEqual(['sesame']);
  });

  test('all that is kept is JSON with an end, and a pickle there runs nothing', async () => {
    const keys = (await inRedis('--scan', '--pattern', 'cache:value:*')).split('\n');
    expect(keys.length).toBeGreaterThan(3);
    const values = new Map<string, string>();
    for (const key of keys) {
      expect(Number(await inRedis('PTTL', key)), key).toBeGreaterThan(0);
      const stored = await inRedis('GET', key);
      expect(stored).toMatch(/^[0-9a-f]{32}("\w+ of version \d"|null)$/);
      values.set(stored.slice(32), key);
    }
    const key = values.get('"kept of version 1"') ?? '';
    const generation = (await inRedis('GET', key)).slice(0, 32);
    const trace = join(subject.project.besides, 'unpickled');
    await inRedis('SET', key, `${generation}cos\nsystem\n(S'touch ${trace}'\ntR.`, 'PX', '60000');
    expect(await readAll(processes, 'kept')).toEqual(['kept of version 1']);
    expect(existsSync(trace)).toBe(false);
  });

  test('a process that is killed while it makes something keeps nobody waiting for ever', async () => {
    quotes.forgetMade();
    const short = { ...env, CACHE_LOCK_SECONDS: '1' };
    const [killed, other] = await Promise.all([quotes.start(short), quotes.start(short)]);
    quotes.holdUp();
    const lost = read(killed, 'orphan').catch(() => 'lost');
    await waitFor('its making', () => quotes.made.length === 1);
    killed.service.kill();
    expect(await lost).toBe('lost');
    quotes.letGo();
    expect((await read(other, 'orphan')).json()).toBe('orphan of version 1');
    expect((await read(other, 'orphan')).status).toBe(200);
    expect(quotes.made).toEqual(['orphan', 'orphan']);
  });

  test('without Redis answers go on, with one line about it, and are kept again when it is back', async () => {
    await readAll(processes, 'sesame');
    quotes.forgetMade();
    await subject.redis.stop();
    try {
      for (let round = 0; round < 3; round += 1)
        expect(await readAll(processes, 'sesame', 2)).toEqual(['sesame of version 1']);
      // Those who ask one process at once still share.
      expect(quotes.made.length).toBeGreaterThanOrEqual(3 * processes.length);
      expect((await ask(first().base, 'DELETE', '/quotes')).json()).toBe(false);
      for (const one of processes) expect((await figures(one)).errors).toBeGreaterThan(0);
    } finally {
      await subject.redis.start();
    }
    for (const { service, base } of processes)
      await waitFor('the cache to be back', async () => {
        await ask(base, 'GET', '/quotes/sesame');
        return service.output.includes('cache_is_back');
      });
    await readAll(processes, 'after');
    quotes.forgetMade();
    await readAll(processes, 'after');
    expect(quotes.made).toEqual([]);
    for (const { service } of processes) {
      expect(service.output.split('cache_is_away').length - 1, service.output).toBe(1);
      expect(service.output).not.toContain('Traceback');
    }
  });
}

export function cacheInMemory(subject: Subject): void {
  let quotes: Quotes;
  beforeAll(() => {
    quotes = new Quotes(subject);
  });
  afterAll(() => quotes?.stop());

  test('what many ask for at once is made once, and what was not asked for the longest makes room', async () => {
    const one = await quotes.start({ CACHE_MAX_ENTRIES: '2' });
    quotes.holdUp();
    const reading = readAll([one], 'first', 12);
    await waitFor('all to have missed it', async () => (await figures(one)).misses === 12);
    quotes.letGo();
    expect(await reading).toEqual(['first of version 1']);
    for (const word of ['second', 'first', 'third', 'first', 'second']) await read(one, word);
    expect(quotes.made).toEqual(['first', 'second', 'third', 'second']);
    expect(await figures(one)).toEqual({ hits: 2, misses: 15, errors: 0 });
  });
}
