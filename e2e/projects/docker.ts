/** The Dockerfile's steps, done; then every process of the compose file, in namespaces of the kernel, as the file says. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contained, copyInto, type Inside, needContainers, runBeside, runContained } from '../support/container.ts';
import { isKeptOut, readDockerfile, type Stage } from '../support/dockerfile.ts';
import { ask } from '../support/http.ts';
import { temporaryFolder } from '../support/paths.ts';
import { freePort } from '../support/ports.ts';
import type { Service } from '../support/service.ts';
import { must, type Ran, run } from '../support/shell.ts';
import { isRoot } from '../support/system.ts';
import { findUv } from '../support/uv.ts';
import { waitFor } from '../support/wait.ts';
import { type Compose, type ComposeService, readCompose } from './gates/docker.ts';
import type { Subject } from './subject.ts';

const PUBLIC_URL = 'https://night.example.com';

export function docker(subject: Subject): void {
  // Skipped loudly, and with CI=true a failure, as all that a machine may lack.
  if (!isRoot() && process.env.CI !== 'true') {
    console.warn('\n!!! SKIPPED, the containers of production: only root may start them here\n');
    test.skip('run as the image and the compose file say', () => {});
    return;
  }
  const outer = temporaryFolder('image');
  const folder = join(outer, 'app');
  const started: Service[] = [];
  let compose: Compose;
  let image: Stage;
  /** What `.env.production` says; the addresses lead to the tests' servers. */
  let said: Record<string, string> = {};
  let redisPort = 0;

  const service = (name: string): ComposeService => {
    const found = compose.services[name];
    if (!found) throw new Error(`there is no ${name}`);
    return found;
  };
  const inside = (of: ComposeService): Inside => ({
    mounts: [
      { from: folder, to: image.workdir },
      ...(of.secrets ?? []).map((name) => ({ from: join(outer, 'secrets', name), to: `/run/secrets/${name}` })),
    ],
    scratch: of.tmpfs,
    // As an engine does for a user without an entry of its own.
    env: { HOME: '/', ...image.env, ...filledIn(of.environment ?? {}, said) },
    workdir: image.workdir,
    user: Number(image.user.split(':')[0]),
  });
  const start = (name: string): Service => {
    const one = contained(service(name).command ?? [], inside(service(name)));
    started.push(one);
    return one;
  };
  const health = (name: string, one: Service): Promise<Ran> => {
    const [, ...asked] = service(name).healthcheck?.test ?? [];
    return runBeside(one, asked, inside(service(name)));
  };
  const stop = async (name: string, one: Service): Promise<void> => {
    // It is given up on where an engine would kill it.
    const grace = Number.parseInt(service(name).stop_grace_period, 10);
    expect(await one.stop('SIGTERM', grace), one.output).toEqual({ code: 0, signal: null });
    expect(one.output).not.toContain('Traceback');
  };

  beforeAll(async () => {
    await needContainers();
    mkdirSync(folder);
    compose = readCompose(subject.project);
    image = await built(subject, folder);
    await must('sh', [join(subject.project.folder, 'deploy/secrets.sh')]);
    await must('mv', [join(subject.project.folder, 'secrets'), join(outer, 'secrets')]);
    redisPort = await freePort();
    said = {
      PUBLIC_URL,
      DATABASE_URL: (await subject.database()).url.replace(/:[^:@/]+@/, '@'),
      REDIS_URL: `redis://127.0.0.1:${redisPort}/0`,
    };
  });
  afterAll(() => {
    for (const one of started) one.kill();
    rmSync(outer, { recursive: true, force: true });
  });

  test('the image holds what runs, compiled, and neither secrets nor tools', () => {
    const files = readdirSync(folder);
    expect(files).toEqual(expect.arrayContaining(['.venv', 'app', 'alembic', 'alembic.ini', 'pyproject.toml']));
    for (const name of ['.env', 'tests', 'secrets', 'deploy', 'stackwright.json']) expect(files).not.toContain(name);
    for (const tool of ['pytest', 'ruff', 'mypy']) expect(existsSync(join(folder, '.venv/bin', tool))).toBe(false);
    expect(readdirSync(join(folder, 'app/core/__pycache__')).length).toBeGreaterThan(3);
    expect(readFileSync(join(folder, '.venv/bin/app'), 'utf8')).toContain(`#!${image.workdir}/.venv/bin/python`);
  });

  test('secrets are made once, of the length that production wants, and only their owner opens their folder', async () => {
    const secrets = join(outer, 'secrets');
    expect(readdirSync(secrets).sort()).toEqual(Object.keys(compose.secrets ?? {}).sort());
    // What the project makes for itself at home it makes here too; the rest is somebody else's to give.
    const own = [...subject.project.read('.env').matchAll(/^(\w+)=[\w-]{43}$/gm)].map(([, name = '']) => name);
    expect(own).toEqual(expect.arrayContaining(['DATABASE_PASSWORD', 'REDIS_PASSWORD']));
    for (const name of readdirSync(secrets))
      expect(readFileSync(join(secrets, name), 'utf8')).toMatch(own.includes(name) ? /^[\w-]{43}$/ : /^$/);
    expect((await must('stat', ['--format=%a', secrets])).stdout.trim()).toBe('700');
  });

  test('its Redis starts with the password of the file, and tells nobody who asks without', async () => {
    const redis = service('redis');
    const moved = (words: readonly string[]): string[] =>
      words.map((word) =>
        word
          .replaceAll('$$', '$')
          .replace('redis-server -', `redis-server - --port ${redisPort}`)
          .replace('redis-cli', `redis-cli -p ${redisPort}`),
      );
    const data = join(outer, 'redis');
    mkdirSync(data);
    const there = inside(redis);
    await must('chown', [String(there.user), data]);
    const own: Inside = {
      ...there,
      mounts: [...there.mounts, { from: data, to: '/data', writable: true }],
      workdir: '/data',
    };
    const server = contained(moved(redis.command ?? []), own);
    started.push(server);
    const [, asked = ''] = redis.healthcheck?.test ?? [];
    const answers = async (): Promise<boolean> =>
      (await runBeside(server, ['sh', '-c', ...moved([asked])], own)).code === 0;
    await server.ready(answers);
    expect((await run('redis-cli', ['-p', String(redisPort), 'ping'])).stdout).toContain('NOAUTH');
    expect(readFileSync(`/proc/${server.pid}/cmdline`, 'utf8')).not.toContain(
      readFileSync(join(outer, 'secrets', 'REDIS_PASSWORD'), 'utf8'),
    );
    expect(existsSync(join(data, 'appendonlydir'))).toBe(true);
  });

  test('migrations run to their end, before all else', async () => {
    const migrate = start('migrate');
    expect((await migrate.ended).code, migrate.output).toBe(0);
    for (const name of ['app', 'worker', 'scheduler'])
      expect(service(name).depends_on).toMatchObject({ migrate: { condition: 'service_completed_successfully' } });
  });

  test('the app answers, its health can be asked, and it is told apart from one that hangs', async () => {
    const port = String(await freePort());
    const app = service('app');
    // The one thing that is moved: another program of this machine may have the port.
    const there = { ...inside(app), env: { ...inside(app).env, PORT: port } };
    expect(inside(app).env.PORT).toBe(image.ports[0]);
    const one = contained(app.command ?? [], there);
    started.push(one);
    const asked = (): Promise<Ran> => runBeside(one, image.health, there);
    await one.ready(async () => (await asked()).code === 0);
    const base = `http://127.0.0.1:${port}`;
    expect((await ask(base, 'GET', '/health/ready')).json()).toEqual({
      status: 'ok',
      parts: { database: true, redis: true },
    });
    // The page writes a folder of its own when it is first asked for.
    expect((await ask(base, 'GET', '/')).status).toBe(200);

    const user = (...command: readonly string[]): Promise<Ran> => runBeside(one, command, there);
    expect((await user('id', '-u')).stdout.trim()).toBe(image.user.split(':')[0]);
    expect((await user('touch', '/tmp/there')).code).toBe(0);
    for (const path of ['/app/there', '/app/app/there', '/there', '/etc/there'])
      expect((await user('touch', path)).output).toMatch(/Read-only file system/);
    expect(readFileSync(`/proc/${one.pid}/status`, 'utf8')).toMatch(/CapBnd:\s+0+\n/);

    process.kill(one.pid, 'SIGSTOP');
    expect((await asked()).code).not.toBe(0);
    process.kill(one.pid, 'SIGCONT');
    expect((await asked()).code).toBe(0);
    await stop('app', one);
  });

  test.each(['worker', 'scheduler'])('the %s lives, and is told apart from one that hangs', async (name) => {
    const one = start(name);
    await one.ready(() => one.output.includes(`${name}_started`));
    await waitFor('its sign of life', async () => (await health(name, one)).code === 0);
    process.kill(one.pid, 'SIGSTOP');
    const file = `/tmp/${name}.alive`;
    const older = await runBeside(one, ['touch', '--date=2 minutes ago', file], inside(service(name)));
    expect(older.code, older.output).toBe(0);
    expect((await health(name, one)).code).not.toBe(0);
    process.kill(one.pid, 'SIGCONT');
    await waitFor('it to be back', async () => (await health(name, one)).code === 0);
    await stop(name, one);
  });

  test('without its secrets, or with what only development may have, it does not start', async () => {
    const app = service('app');
    const without = inside(app);
    const blind = await runContained(app.command ?? [], { ...without, mounts: without.mounts.slice(0, 1) });
    expect(blind.code).toBe(1);
    expect(blind.output).toMatch(/_FILE names a file that cannot be read/);
    const open = { ...without, env: { ...without.env, PUBLIC_URL: 'http://night.example.com' } };
    expect((await runContained(app.command ?? [], open)).output).toContain('PUBLIC_URL must be the https address');
    expect(() => filledIn(app.environment ?? {}, {})).toThrow('PUBLIC_URL');
  });
}

/** Values as compose fills them in from `.env.production`. */
function filledIn(
  values: Readonly<Record<string, string>>,
  from: Readonly<Record<string, string>>,
): Record<string, string> {
  const fill = (text: string): string =>
    text.replace(/\$\$|\$\{(\w+):([-?])([^}]*)\}/g, (found, name: string | undefined, how: string, rest: string) => {
      if (name === undefined) return found.slice(1);
      if (!from[name] && how === '?') throw new Error(`${name}: ${rest}`);
      return from[name] || rest;
    });
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fill(value)]));
}

/** The steps of the Dockerfile, done in a folder that stands where they say; uv and the base image are the machine's. */
async function built(subject: Subject, folder: string): Promise<Stage> {
  const { project } = subject;
  const stages = readDockerfile(project.read('Dockerfile'));
  const [tools, build, last] = stages;
  if (!tools || !build || !last || stages.length !== 3) throw new Error('not the stages that are known here');
  const ignore = project.read('.dockerignore');
  const context = [...project.files, 'uv.lock', '.env'].filter((path) => !isKeptOut(ignore, path));
  const uv = await findUv();
  const cache = (await must(uv, ['cache', 'dir'])).stdout.trim();
  for (const { word, rest } of build.steps) {
    if (word === 'COPY') {
      const [from = '', ...more] = rest.split(' ');
      // uv is the machine's.
      if (from === `--from=${tools.name}`) expect(tools.image).toMatch(/^ghcr\.io\/astral-sh\/uv:/);
      else copyInto(folder, project.folder, from === '.' ? context : [from, ...more.slice(0, -1)]);
      continue;
    }
    const command = rest.replaceAll(/--mount=type=cache,target=\/root\/\.cache\/uv /g, '');
    const ran = await runContained(['sh', '-euc', command], {
      mounts: [
        { from: folder, to: build.workdir, writable: true },
        { from: cache, to: '/root/.cache/uv', writable: true },
        { from: dirname(uv), to: '/uv' },
      ],
      scratch: ['/tmp'],
      env: { HOME: '/root', ...build.env, PATH: `${build.env.PATH}:/uv`, ...given() },
      workdir: build.workdir,
      user: 0,
      writable: true,
    });
    expect(ran.code, `${command}\n${ran.output}`).toBe(0);
  }
  return last;
}

/** How this machine reaches its registry. */
function given(): Record<string, string> {
  const names = /^(?:UV_(?:INDEX|DEFAULT_INDEX|INDEX_URL|OFFLINE)|SSL_CERT_\w+|\w+_proxy)$/i;
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value && names.test(name) ? [[name, value]] : [])),
  );
}
