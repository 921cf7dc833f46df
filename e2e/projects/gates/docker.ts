/** Image and compose file: what they say, against their schemas, the settings, and the processes that are to run. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { isKeptOut, readDockerfile } from '../../support/dockerfile.ts';
import { composeFaults, dockerfileFaults } from '../../support/validators.ts';
import type { Project } from '../project.ts';
import type { Subject } from '../subject.ts';
import { environmentKeys } from './files.ts';

export const COMPOSE = 'compose.production.yaml';

export interface ComposeService {
  readonly image: string;
  readonly build?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly ports?: readonly string[];
  readonly profiles?: readonly string[];
  readonly secrets?: readonly string[];
  readonly volumes?: readonly string[];
  readonly tmpfs: readonly string[];
  readonly stop_grace_period: string;
  readonly [key: string]: unknown;
}
export interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly secrets?: Readonly<Record<string, { readonly file: string }>>;
  readonly volumes?: Readonly<Record<string, object>>;
}

export function readCompose(project: Project): Compose {
  return parse(project.read(COMPOSE), { merge: true }) as Compose;
}

/** Those that run from the project's own image. */
export function processesOf({ services }: Compose): [string, ComposeService][] {
  return Object.entries(services).filter(([, service]) => service.build !== undefined);
}

export function dockerGate(subject: Subject): void {
  const compose = (): Compose => readCompose(subject.project);
  const image = () => {
    const stages = readDockerfile(subject.project.read('Dockerfile'));
    const last = stages.at(-1);
    if (!last) throw new Error('the Dockerfile has no stage');
    return { stages, last };
  };

  test('hadolint finds nothing, and the compose file is one', async () => {
    const at = (path: string): string => join(subject.project.folder, path);
    expect(await dockerfileFaults([at('Dockerfile')])).toBe('');
    expect(await composeFaults([at(COMPOSE)])).toBe('');
  });

  test('the image comes from versions that are said, and runs as nobody of rank', () => {
    const { stages, last } = image();
    for (const stage of stages) expect(stage.image).toMatch(/:\d+\.\d+/);
    expect(Number(last.user.split(':')[0])).toBeGreaterThanOrEqual(1000);
    expect(last.user.split(':')[1]).toBe(last.user.split(':')[0]);
    expect(last.env).toMatchObject({ APP_ENV: 'production', HOST: '0.0.0.0' });
    expect(last.ports).toEqual([last.env.PORT]);
    expect(compose().services.app).toMatchObject({
      command: last.command,
      healthcheck: { test: ['CMD', ...last.health] },
    });
    // Nothing is installed where it runs.
    expect(last.steps.map(({ rest }) => rest)).toEqual(['--from=build /app /app']);
  });

  test('what is secret or of this machine stays out of the image, and what runs goes in', () => {
    const ignore = subject.project.read('.dockerignore');
    const out = ['.env', '.env.production', '.git/config', '.venv/bin/app', 'data/app.db', 'secrets/REDIS_PASSWORD'];
    const more = ['keys/one.pem', 'tests/conftest.py', 'app/__pycache__/x.pyc', 'app/core/__pycache__/y.pyc'];
    for (const path of [...out, ...more, '.mypy_cache/x'])
      expect([path, isKeptOut(ignore, path)]).toEqual([path, true]);
    const migrations = subject.project.files.filter((path) => path.startsWith('alembic'));
    for (const path of ['pyproject.toml', 'uv.lock', 'README.md', 'app/core/config.py', ...migrations])
      expect([path, isKeptOut(ignore, path)]).toEqual([path, false]);
  });

  test('every process is told every setting, by its value or by a file, and nothing else', () => {
    const known = environmentKeys(subject.project.read('.env.example'));
    const { services, secrets } = compose();
    for (const [, service] of processesOf({ services })) {
      const names = Object.keys(service.environment ?? {});
      expect(names.map((name) => name.replace(/_FILE$/, '')).sort()).toEqual(known);
      const handed = names.flatMap((name) => /^(.*)_FILE$/.exec(name)?.[1] ?? []);
      expect(handed).toEqual([...(service.secrets ?? [])]);
      for (const name of handed) expect(service.environment?.[`${name}_FILE`]).toBe(`/run/secrets/${name}`);
      // What sounds like a secret is one, unless it says of another how it is made.
      expect(names.filter((name) => /_(?:PASSWORD|SECRET|SECRET_KEY)$/.test(name))).toEqual([]);
    }
    for (const [name, { file }] of Object.entries(secrets ?? {})) expect(file).toBe(`./secrets/${name}`);
    const named = [...subject.project.read(COMPOSE).matchAll(/(?<!\$)\$\{([A-Z_]+)/g)].map((match) => match[1]);
    expect(named.filter((name) => !known.includes(name ?? ''))).toEqual([]);
  });

  test('no container can do more than it has to', () => {
    const { services, volumes } = compose();
    for (const [name, service] of Object.entries(services)) {
      const strict = { read_only: true, init: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] };
      expect([name, service]).toMatchObject([name, strict]);
      expect(service.tmpfs).toContain('/tmp');
      expect(service.stop_grace_period).toMatch(/^\d+s$/);
      expect(service.privileged ?? service.network_mode ?? service.pid).toBeUndefined();
      for (const volume of service.volumes ?? []) expect(Object.keys(volumes ?? {})).toContain(volume.split(':')[0]);
      if (service.build !== undefined) continue;
      expect([service.ports, service.profiles]).toEqual([undefined, ['servers']]);
      expect(service.image).toMatch(/:\d/);
      expect(service.user).not.toMatch(/^(?:root|0)\b/);
    }
    const published = Object.values(services).flatMap((service) => service.ports ?? []);
    const { last } = image();
    expect(published).toEqual([`127.0.0.1:${last.env.PORT}:${last.env.PORT}`]);
  });

  if (subject.combination.engine === 'sqlite')
    test('the file of the database lies on a volume that the image’s user owns', () => {
      const { stages, last } = image();
      for (const [, service] of processesOf(compose())) expect(service.volumes).toEqual(['data:/app/data']);
      const steps = stages.flatMap((stage) => stage.steps.map(({ rest }) => rest));
      expect(steps).toContain(`mkdir data && chown ${last.user} data`);
    });
}
