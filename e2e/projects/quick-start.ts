/** A person's first minutes: unzip, `uv sync`, `make serve`, then what the README says, typed as it stands there. */
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import JSZip from 'jszip';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../support/http.ts';
import { temporaryFolder } from '../support/paths.ts';
import { freePort, isFree } from '../support/ports.ts';
import { Service } from '../support/service.ts';
import { ensureProgram } from '../support/system.ts';
import { stackwright } from './project.ts';
import { commandBlocks, needsContainers } from './readme.ts';
import type { Subject } from './subject.ts';

const CURL = [
  `curl -X POST http://localhost:8000/auth/register -H "Content-Type: application/json" -d '{"email":"test@example.com","password":"secure123"}'`,
  `curl -X POST http://localhost:8000/auth/token -H "Content-Type: application/x-www-form-urlencoded" -d "username=test@example.com&password=secure123"`,
  `curl -X GET http://localhost:8000/auth/me -H "Authorization: Bearer YOUR_TOKEN_HERE"`,
];
const SERVE = /^(?:make serve|uv run app serve)$/;

/** @param literally whether port 8000 may be taken: one file at a time can */
export function quickStart(subject: Subject, literally: boolean): void {
  let folder = '';
  let port = 0;
  let env: Record<string, string | undefined> = {};
  beforeAll(async () => {
    for (const program of ['make', 'curl']) await ensureProgram(program, program);
    folder = await unzipped(subject);
    port = literally && (await isFree(8000)) ? 8000 : await freePort();
    env = {
      ...subject.project.environment,
      ...(port === 8000 ? {} : { PORT: String(port) }),
      ...(await serversFor(subject)),
    };
  });
  afterAll(() => folder !== '' && rmSync(dirname(folder), { recursive: true, force: true }));

  /** Types a command as it stands, the port aside where 8000 is somebody else's. */
  const type = (command: string, input = ''): Promise<{ code: number; output: string }> =>
    subject.project.run('bash', ['-c', command.replaceAll('localhost:8000', `localhost:${port}`)], {
      cwd: folder,
      env,
      input,
    });

  const serve = async (command: string): Promise<Service> => {
    const service = new Service('bash', ['-c', `exec ${command}`], { cwd: folder, env });
    await service.ready(
      async () => (await ask(`http://127.0.0.1:${port}`, 'GET', '/health/live').catch(() => undefined))?.status === 200,
    );
    return service;
  };

  test('the zip is the same project, .env aside', () => {
    for (const path of subject.project.files) {
      const here = readFileSync(join(folder, path), 'utf8');
      if (path === '.env') expect(here).not.toBe(subject.project.combination.auth ? subject.project.read(path) : '');
      else expect(here, path).toBe(subject.project.read(path));
    }
  });

  test('every command of its README works as it stands there', async () => {
    const blocks = commandBlocks(readFileSync(join(folder, 'README.md'), 'utf8'));
    const run = blocks.filter((block) => !needsContainers(block));
    expect(run.flatMap((block) => block.commands)).toEqual(expect.arrayContaining(['uv sync', 'make serve']));
    let service: Service | undefined;
    let token = '';
    // What a machine needs beforehand comes first, wherever it stands.
    const commands = run.flatMap((block) => block.commands);
    const machine = commands.filter((command) => command.startsWith('sudo '));
    for (const command of [...machine, ...commands.filter((one) => !machine.includes(one))]) {
      if (SERVE.test(command)) {
        await service?.stop();
        service = await serve(command);
        continue;
      }
      // `createuser --pwprompt` asks twice.
      const ran = await type(command.replace('YOUR_TOKEN_HERE', token), 'a-password\na-password\n');
      expect(ran.code, `${command}\n${ran.output}`).toBe(0);
      if (command.startsWith('curl')) expect(ran.output, command).not.toMatch(/"code":/);
      token = /"access_token":\s*"([^"]+)"/.exec(ran.output)?.[1] ?? token;
    }
    await service?.stop();
  });

  test('every target of its Makefile is a command of the app as well', async () => {
    const targets = (/^TARGETS := (.*)$/m.exec(readFileSync(join(folder, 'Makefile'), 'utf8'))?.[1] ?? '').split(' ');
    expect(targets).toEqual(expect.arrayContaining(['serve', 'test', 'lint', 'types', 'upgrade']));
    const { output } = await type('uv run app --help');
    for (const target of targets) expect(output).toMatch(new RegExp(`\\b${target}\\b`));
    for (const target of targets.filter((name) => ['lint', 'migrate'].includes(name))) {
      const ran = await type(`make ${target}`);
      expect(ran.code, ran.output).toBe(0);
    }
  });

  if (!subject.combination.auth) return;

  test('the three curl lines of the quick start answer 201, 200 and 200, for a second person too', async () => {
    const service = await serve('make serve');
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    for (const line of CURL) expect(readme).toContain(line);
    for (const person of ['quick-one@example.com', 'quick-two@example.com']) {
      const statuses: string[] = [];
      let token = '';
      for (const line of CURL) {
        const typed = line.replace('test@example.com', person).replace('YOUR_TOKEN_HERE', token);
        const { output } = await type(`${typed} --silent --show-error --write-out '\\n%{http_code}'`);
        statuses.push(output.trim().split('\n').at(-1) ?? '');
        token = /"access_token":\s*"([^"]+)"/.exec(output)?.[1] ?? token;
      }
      expect(statuses).toEqual(['201', '200', '200']);
    }
    await service.stop();
  });
}

/** The project as it comes out of `--zip`, file modes kept. */
async function unzipped(subject: Subject): Promise<string> {
  const outer = temporaryFolder('quick-start');
  const { name, words } = subject.combination;
  const file = join(outer, 'project.zip');
  await stackwright(['init', name, ...words, '--zip', file]);
  const archive = await JSZip.loadAsync(readFileSync(file));
  for (const entry of Object.values(archive.files)) {
    const path = join(outer, entry.name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, await entry.async('nodebuffer'));
    chmodSync(path, Number(entry.unixPermissions ?? 0o644) & 0o777);
  }
  return join(outer, name);
}

/**
 * SQLite needs nothing. For PostgreSQL and Redis the tests' own servers stand in for the machine's: `sudo` is a
 * shim that runs the command as it is, PostgreSQL's own variables point to its server, and `redis-server` is a
 * shim that starts nothing.
 */
async function serversFor(subject: Subject): Promise<Record<string, string>> {
  const { engine, redis } = subject.combination;
  const shims = temporaryFolder('shims');
  shim(shims, 'sudo', '[ "$1" = -u ] && shift 2\n[ "$1" = apt-get ] && exit 0\nexec "$@"');
  if (redis) shim(shims, 'redis-server', 'exit 0');
  const path = subject.project.environment.PATH ?? '';
  return {
    PATH: [shims, ...(engine === 'postgres' ? [subject.postgres.programs] : []), path].join(':'),
    ...(engine === 'postgres'
      ? {
          ...subject.postgres.clientEnvironment,
          DATABASE_URL: `postgresql+asyncpg://app@127.0.0.1:${subject.postgres.port}/app`,
        }
      : {}),
    ...(redis ? { REDIS_URL: await subject.redis.database() } : {}),
  };
}

function shim(folder: string, program: string, script: string): void {
  const file = join(folder, program);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}
