/** Manifests for a cluster: by its schemas and its security standard, whole in themselves, and run by what they say. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../support/http.ts';
import { freePort } from '../../support/ports.ts';
import { Service } from '../../support/service.ts';
import { must, run } from '../../support/shell.ts';
import { manifestFaults } from '../../support/validators.ts';
import { waitFor } from '../../support/wait.ts';
import {
  type Container,
  chartFaults,
  containersOf,
  findHelm,
  helm,
  kustomize,
  type Labels,
  type Manifests,
  quantity,
  score,
  type Thing,
} from '../kubernetes/manifests.ts';
import { holdsTogether, isRestricted, letPrometheusIn } from '../kubernetes/rules.ts';
import { stackwright } from '../project.ts';
import type { Subject } from '../subject.ts';
import { environmentKeys } from './files.ts';

export type Flavour = 'kustomize' | 'helm';
interface Settings {
  readonly fields: readonly string[];
  readonly hidden: readonly string[];
}

const PLACES = { kustomize: 'deploy/kubernetes', helm: 'deploy/helm' };

export function kubernetesGate(subject: Subject, flavour: Flavour): void {
  const place = PLACES[flavour];
  const chart = (): string => join(subject.project.folder, 'deploy/helm');
  const isTogether = subject.combination.engine === 'sqlite';
  let variants: readonly Variant[] = [];
  /** Of another project, which has other processes and settings. */
  let others: readonly Variant[] = [];
  const plain = (): Manifests => {
    const [first] = variants;
    if (!first) throw new Error('nothing was put together');
    return first[1];
  };

  beforeAll(async () => {
    if (flavour === 'helm') variants = await charts(chart(), isTogether);
    else ({ variants, others } = await kustomizations(subject, isTogether));
  });

  /** Each variant, so that what goes wrong says where. */
  const each = (look: (manifests: Manifests) => void, among = variants): void => {
    for (const [name, manifests] of among) {
      try {
        look(manifests);
      } catch (error) {
        throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    }
  };

  if (flavour === 'helm') {
    test('are a chart that Helm’s own check passes, and that refuses what is none of its values', async () => {
      expect(await chartFaults([chart()])).toBe('');
      const wrong = ['replicas=0', 'settings.PUBLIK_URL=https://a.example', 'image.pullPolicy=Sometimes', 'nonsense=1'];
      for (const set of wrong) {
        const ran = await run(await findHelm(), ['template', 'a-release', chart(), '--set', set]);
        expect(ran.code, `${set}\n${ran.output}`).not.toBe(0);
        expect(ran.output).toContain("don't meet the specifications of the schema");
      }
    });
  }

  test('are what Kubernetes takes, by its own schemas', async () => {
    const files = [...variants, ...others].map(([, manifests], index) => {
      expect(manifests.things.length).toBeGreaterThan(3);
      const file = join(subject.project.besides, `manifests-${index}.yaml`);
      writeFileSync(file, manifests.text);
      return file;
    });
    expect(await manifestFaults(files)).toBe('');
  });

  test('have nothing that kube-score calls critical', async () => {
    for (const [name, manifests] of [...variants, ...others]) {
      // Who switches policies off has none.
      const wanted = manifests.of('NetworkPolicy').length === 0 ? /matching NetworkPolicy$/ : /^$/;
      const critical = await score(manifests, subject.project.besides);
      expect(
        critical.filter((line) => !wanted.test(line)),
        name,
      ).toEqual([]);
    }
  });

  test('meet the restricted Pod Security Standard, and more', () => {
    each(isRestricted, [...variants, ...others]);
    if (flavour === 'kustomize')
      expect(plain().one('Namespace', subject.combination.name).metadata.labels).toMatchObject({
        'pod-security.kubernetes.io/enforce': 'restricted',
      });
    else
      expect(subject.project.read(`${place}/README.md`)).toContain(
        `kubectl label namespace ${subject.combination.name} pod-security.kubernetes.io/enforce=restricted`,
      );
  });

  test('hold together: labels, ports, volumes, names, amounts', () => each(holdsTogether, [...variants, ...others]));

  test('let Prometheus in to metrics alone', () => each(letPrometheusIn, [...variants, ...others]));

  test('run every process of the image, and nothing in it twice', () => {
    const commands = (manifests: Manifests): string[] =>
      manifests.processes.map(({ container }) => (container.command ?? []).join(' ')).sort();
    const targets = /^TARGETS := (.*)$/m.exec(subject.project.read('Makefile'))?.[1]?.split(' ') ?? [];
    const expected = ['serve', 'migrate', 'worker', 'scheduler'].filter((target) => targets.includes(target));
    each((manifests) => {
      expect(commands(manifests)).toEqual(expected.map((target) => `app ${target}`).sort());
      const deployments = manifests.of('Deployment');
      if (!isTogether) return;
      expect(deployments.map(({ spec }) => [spec.replicas, spec.strategy?.type])).toEqual([[1, 'Recreate']]);
      expect(manifests.of('HorizontalPodAutoscaler', 'Job')).toEqual([]);
    });
  });

  test('tell every process each setting: plain ones in the open, hidden ones from the secret, and no more', async () => {
    const { fields, hidden } = await subject.project.probe<Settings>('settings');
    expect(fields).toEqual(environmentKeys(subject.project.read('.env.example')));
    each((manifests) => {
      for (const { container } of manifests.processes) {
        const told = environmentOf(manifests, container);
        expect(Object.keys(told.plain).filter((name) => name in told.secret)).toEqual([]);
        expect([...Object.keys(told.plain), ...Object.keys(told.secret)].sort()).toEqual(fields);
        expect(Object.keys(told.secret).sort()).toEqual(hidden);
        expect(Object.entries(told.secret).filter(([name, { key }]) => name !== key)).toEqual([]);
      }
    });
  });

  test('hold no secret, and say how the one they name is made', async () => {
    const made = await secretsOf(subject, place);
    const asked = new Map<string, boolean>();
    each((manifests) => {
      expect(manifests.of('Secret')).toEqual([]);
      for (const { pod } of manifests.pods)
        for (const { env } of containersOf(pod))
          for (const { name, value, valueFrom } of env ?? []) {
            if (/PASSWORD|SECRET|TOKEN/.test(name)) expect([name, value]).toEqual([name, undefined]);
            if (!valueFrom?.secretKeyRef) continue;
            expect(valueFrom.secretKeyRef.name).toBe('secrets');
            asked.set(valueFrom.secretKeyRef.key, valueFrom.secretKeyRef.optional ?? false);
          }
    });
    expect(Object.keys(made).sort()).toEqual(
      [...asked]
        .filter(([, optional]) => !optional)
        .map(([key]) => key)
        .sort(),
    );
    const env = Object.fromEntries(
      subject.project
        .read('.env')
        .split('\n')
        .flatMap((line) => [/^([A-Z_]+)=(.+)$/.exec(line)].flatMap((match) => (match ? [[match[1], match[2]]] : []))),
    ) as Labels;
    const files = subject.project.files.filter((path) => path.startsWith('deploy/'));
    for (const name of asked.keys())
      for (const path of files)
        if (env[name]) expect(subject.project.read(path).includes(env[name]), `${name} in ${path}`).toBe(false);
  });

  test('let in and out what is needed, and no more', () => {
    each((manifests) => {
      const policies = manifests.of('NetworkPolicy');
      if (policies.length === 0) return;
      expect(manifests.one('NetworkPolicy', 'nothing').spec).toEqual({
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
      });
      const open = (thing: Thing) =>
        (thing.spec.ingress ?? []).filter(({ from }) => from === undefined).flatMap(({ ports }) => ports);
      // Only what has a service for people.
      expect(policies.flatMap(open).map(({ port }) => port)).toEqual(
        manifests.processes.flatMap(({ container }) => (container.ports ?? []).map((port) => port.containerPort)),
      );
      const outside = policies
        .flatMap(({ spec }) => spec.egress ?? [])
        .flatMap(({ ports }) => ports.map(({ port }) => port));
      for (const port of [443, 587])
        expect(outside.includes(port)).toBe(
          port === 443 ? Boolean(subject.combination.oauth) : subject.combination.auth,
        );
    });
  });

  describe('run by what they say', () => runGate(subject, place, () => plain(), isTogether));
}

/** What a container is told, and by which keys of the secret. */
function environmentOf(manifests: Manifests, container: Container) {
  const plain: Record<string, string> = {};
  const secret: Record<string, { readonly key: string; readonly optional: boolean }> = {};
  for (const { configMapRef } of container.envFrom ?? [])
    if (configMapRef) Object.assign(plain, manifests.one('ConfigMap', configMapRef.name).data);
  for (const { name, value, valueFrom } of container.env ?? []) {
    if (value !== undefined) plain[name] = value;
    const ref = valueFrom?.secretKeyRef;
    if (ref) secret[name] = { key: ref.key, optional: ref.optional ?? false };
  }
  return { plain, secret };
}

/** The secrets, made by the very command that the README has for it, with a kubectl that only tells what it was given. */
async function secretsOf(subject: Subject, place: string): Promise<Record<string, string>> {
  const readme = subject.project.read(`${place}/README.md`);
  const command = /^kubectl create secret (?:.*\\\n)*.*$/m.exec(readme)?.[0];
  if (!command) throw new Error(`${place}/README.md does not make the secret`);
  const script = `kubectl() { for word in "$@"; do printf '%s\\n' "$word"; done; }\n${command}\n`;
  const { stdout } = await must('sh', ['-eu', '-c', script]);
  expect(stdout.split('\n').slice(0, 4)).toEqual(['create', 'secret', 'generic', 'secrets']);
  expect(stdout).toContain(`\n--namespace=${subject.combination.name}\n`);
  return Object.fromEntries(
    [...stdout.matchAll(/^--from-literal=([A-Z_]+)=(\S+)$/gm)].map(([, name, value]) => [name, value]),
  );
}

type Variant = readonly [string, Manifests];

async function charts(folder: string, isTogether: boolean): Promise<Variant[]> {
  const sets = isTogether
    ? [[], ['image.tag=1.2.3', 'storage.data.size=20Gi'], ['network.policies=false']]
    : [
        [],
        ['replicas=3', 'image.tag=1.2.3'],
        ['replicas=2', 'autoscaling.enabled=true'],
        ['network.policies=false', 'settings.PUBLIC_URL=https://a.example'],
        ['servers.postgres.enabled=false', 'network.allow[0].ports[0].port=5432'],
      ];
  return Promise.all(sets.map(async (set): Promise<Variant> => [set.join(' '), await helm(folder, set)]));
}

async function kustomizations(subject: Subject, isTogether: boolean) {
  const { project, combination } = subject;
  const made = async (name: string, words: readonly string[]): Promise<Variant> => {
    const folder = join(project.besides, name);
    await stackwright(['init', combination.name, ...words, '--output', folder]);
    return [name, await kustomize(join(folder, PLACES.kustomize))];
  };
  const plain: Variant = ['as it is', await kustomize(join(project.folder, PLACES.kustomize))];
  if (isTogether) return { variants: [plain], others: [] };
  const more = ['--set', 'kubernetes.replicas=2', '--set', 'kubernetes.autoscaling=true'];
  const scaled = await made('scaled', [...combination.words, ...more]);
  expect(scaled[1].of('HorizontalPodAutoscaler').map(({ metadata }) => metadata.name)).toEqual(['app']);
  expect(scaled[1].one('Deployment', 'worker').spec.replicas).toBe(2);
  const onSqlite = await made('on-sqlite', [...combination.words, '--set', 'database.engine=sqlite']);
  expect(onSqlite[1].of('Deployment').map(({ metadata }) => metadata.name)).toEqual(['processes']);
  return { variants: [plain, scaled], others: [onSqlite] };
}

/** The processes started with the manifests' own commands and environment, in the order in which a cluster would. */
function runGate(subject: Subject, place: string, manifests: () => Manifests, isTogether: boolean): void {
  const tmp = (): string => join(subject.project.besides, 'pod-tmp');
  let secrets: Record<string, string> = {};
  let servers: Record<string, string> = {};

  beforeAll(async () => {
    mkdirSync(tmp(), { recursive: true });
    secrets = await secretsOf(subject, place);
    servers = await subject.databaseEnvironment();
    // The image has none.
    await subject.project.must('mv', ['.env', '.env.away']);
  });
  afterAll(async () => {
    await subject.project.must('mv', ['.env.away', '.env']);
  });

  /** Theirs, but for where the servers are, what only the owner of the site knows, and a port that is free here. */
  const told = (container: Container, more: Record<string, string> = {}): Record<string, string> => {
    const { plain, secret } = environmentOf(manifests(), container);
    const hidden = Object.entries(secret).flatMap(([name, { key }]) => (secrets[key] ? [[name, secrets[key]]] : []));
    const said = {
      PUBLIC_URL: 'https://app.example.com',
      MAIL_FROM: 'no-reply@app.example.com',
      SMTP_HOST: 'smtp.example.com',
    };
    const missing = Object.entries(said).filter(([name]) => plain[name] === '');
    return { ...plain, ...Object.fromEntries([...hidden, ...missing]), TMPDIR: tmp(), ...servers, ...more };
  };
  const start = (container: Container, env: Record<string, string>): Service => {
    const [program = '', ...args] = container.command ?? [];
    return new Service(subject.project.program(program), args, {
      cwd: subject.project.folder,
      env: { ...subject.project.environment, ...env },
    });
  };
  const named = (before: boolean) => manifests().processes.filter((process) => process.before === before);

  test('what runs before brings the database up to date, also where pods do so at the same time', async () => {
    const jobs = named(true);
    expect(jobs.length).toBe(subject.combination.engine ? 1 : 0);
    for (const { container } of jobs) {
      const begin = (): Service => start(container, told(container));
      const runs = isTogether ? [begin()] : await allAtOnce(subject, servers.DATABASE_URL ?? '', begin);
      for (const service of runs) expect((await service.ended).code, service.output).toBe(0);
    }
  });

  test('each process starts, its probes pass, and it ends in the time it has', async () => {
    for (const { container, pod } of named(false)) {
      const port = await freePort();
      const listening = container.ports?.[0];
      const env = told(container);
      if (listening) expect(env.PORT).toBe(String(listening.containerPort));
      const service = start(container, { ...env, HOST: '127.0.0.1', PORT: String(port) });
      try {
        const probes = [container.startupProbe, container.readinessProbe, container.livenessProbe].filter(
          (probe) => probe !== undefined,
        );
        expect(probes.length).toBeGreaterThan(0);
        for (const { httpGet, exec } of probes)
          await service.ready(async () => {
            if (httpGet)
              return (
                (await ask(`http://127.0.0.1:${port}`, 'GET', httpGet.path).catch(() => undefined))?.status === 200
              );
            // The pod's own /tmp is a folder here.
            const [program = '', ...args] = (exec?.command ?? []).map((word) => word.replaceAll('/tmp/', `${tmp()}/`));
            return (await run(program, args)).code === 0;
          });
        if (listening) expect((await ask(`http://127.0.0.1:${port}`, 'GET', '/docs')).text).not.toContain('swagger');
        const used = await memoryOf(service.pid);
        expect(used).toBeLessThan(quantity(container.resources.limits.memory ?? '0'));
        const ended = await service.stop('SIGTERM', pod.terminationGracePeriodSeconds);
        expect(ended, service.output).toEqual({ code: 0, signal: null });
      } finally {
        service.kill();
      }
    }
  });

  test('data lies on the volume, seen from the image', () => {
    if (!isTogether) {
      expect(manifests().of('PersistentVolumeClaim')).toEqual([]);
      return;
    }
    const home = [...subject.project.read('Dockerfile').matchAll(/^WORKDIR (\S+)$/gm)].at(-1)?.[1] ?? '';
    for (const { container } of manifests().processes) {
      const url = environmentOf(manifests(), container).plain.DATABASE_URL ?? '';
      const file = join(home, url.replace(/^sqlite\+aiosqlite:\/\/\//, ''));
      expect(
        container.volumeMounts.some(({ mountPath }) => file.startsWith(`${mountPath}/`)),
        file,
      ).toBe(true);
    }
  });
}

/** What a process holds in memory, in bytes. */
async function memoryOf(pid: number): Promise<number> {
  const { stdout } = await must('cat', [`/proc/${pid}/status`]);
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(stdout)?.[1]) * 1024;
}

/** Three at work on one empty database, of which none gets on before all have come to their first table. */
async function allAtOnce(subject: Subject, url: string, begin: () => Service): Promise<Service[]> {
  const database = new URL(url).pathname.slice(1);
  const ask = (statement: string): Promise<string[][]> => subject.postgres.sql(statement, database);
  const others = 'FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()';
  const holding = ask('BEGIN; CREATE TABLE alembic_version (held int); SELECT pg_sleep(600)').catch(() => undefined);
  await waitFor('the table', async () => (await ask(`SELECT 1 ${others} AND query LIKE '%pg_sleep%'`)).length > 0);
  const services = [begin(), begin(), begin()];
  await waitFor(
    'all to wait',
    async () => (await ask(`SELECT 1 ${others} AND wait_event_type = 'Lock'`)).length === services.length,
    120,
  );
  await ask(`SELECT pg_terminate_backend(pid) ${others} AND query LIKE '%pg_sleep%'`);
  await holding;
  return services;
}
