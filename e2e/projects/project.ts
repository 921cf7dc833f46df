/** One generated project: made by the built command line, installed with uv, and run. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import { Balancer } from '../support/balancer.ts';
import { Forks } from '../support/forks.ts';
import { ask, Client } from '../support/http.ts';
import { ROOT, temporaryFolder } from '../support/paths.ts';
import { freePort } from '../support/ports.ts';
import type { Running } from '../support/running.ts';
import { Service } from '../support/service.ts';
import { must, type Ran, type RunOptions, run } from '../support/shell.ts';
import { findUv } from '../support/uv.ts';
import type { Combination } from './combinations.ts';

/** Another build than the checkout's can be put to the same tests. */
const CLI = process.env.STACKWRIGHT_CLI ?? join(ROOT, 'dist', 'cli', 'stackwright.js');
// By the checkout: the bench runs this code from a bundle elsewhere.
const PROBES = join(ROOT, 'e2e', 'projects', 'python');
/** What using a project leaves in it, and no file of it. */
const LEFT_BY_USE = new Set([
  '.venv',
  'uv.lock',
  '__pycache__',
  '.mypy_cache',
  '.ruff_cache',
  '.pytest_cache',
  '.coverage',
  '.coverage.json',
  'data',
]);

type Environment = Readonly<Record<string, string | undefined>>;

export class Project {
  readonly combination: Combination;
  /** The project's own folder. */
  readonly folder: string;
  readonly #outer: string;
  readonly #uv: string;
  readonly #servers = new Set<Server>();
  readonly #said: string[] = [];
  #forks: Promise<Forks> | undefined;
  /** Joins what every program of the project is run with. */
  readonly environment: Record<string, string | undefined>;

  private constructor(combination: Combination, outer: string, uv: string) {
    this.combination = combination;
    this.#outer = outer;
    this.folder = join(outer, combination.name);
    this.#uv = uv;
    this.environment = {
      PATH: [dirname(uv), process.env.PATH ?? ''].join(delimiter),
      // The Python that is here, and nothing of how these tests themselves are run.
      UV_PYTHON_DOWNLOADS: 'never',
      ...Object.fromEntries(
        [
          'APP_ENV',
          'HOST',
          'PORT',
          'DATABASE_URL',
          'TEST_DATABASE_URL',
          'REDIS_URL',
          'TEST_REDIS_URL',
          'PUBLIC_URL',
          'NODE_ENV',
        ].map((name) => [name, undefined]),
      ),
    };
  }

  /** Generates and installs; a folder outside the checkout holds all of it. */
  static async make(combination: Combination): Promise<Project> {
    const project = new Project(combination, temporaryFolder(combination.name), await findUv());
    await stackwright(['init', combination.name, ...combination.words, '--output', project.folder]);
    return project;
  }

  /** `uv sync`, as the README says. */
  async install(): Promise<Ran> {
    return must(this.#uv, ['sync'], this.#options());
  }

  async destroy(): Promise<void> {
    await Promise.all([...this.#servers].map((server) => server.stop()));
    await (await this.#forks)?.stop();
    rmSync(this.#outer, { recursive: true, force: true });
  }

  /** All that servers and commands of it have said, each by itself. */
  get logs(): string[] {
    return [...this.#said, ...[...this.#servers].map((server) => server.output)];
  }

  /** A folder that goes with the project and is not part of it. */
  get besides(): string {
    return this.#outer;
  }

  /** The generated files, by path, sorted. */
  get files(): string[] {
    const under = (folder: string): string[] =>
      readdirSync(folder)
        .filter((name) => !LEFT_BY_USE.has(name))
        .flatMap((name) => {
          const path = join(folder, name);
          return statSync(path).isDirectory() ? under(path) : [relative(this.folder, path)];
        });
    return under(this.folder).sort();
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  has(path: string): boolean {
    return existsSync(join(this.folder, path));
  }

  /** The path of a program in the project's environment. */
  program(name: string): string {
    return join(this.folder, '.venv', 'bin', name);
  }

  /** Runs a program of the project's environment, or one of the system, in the project's folder. */
  run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
    const own = this.program(program);
    return run(existsSync(own) ? own : program === 'uv' ? this.#uv : program, args, this.#options(options));
  }

  /** Like {@link run}, but throws when it fails. */
  async must(program: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
    const ran = await this.run(program, args, options);
    if (ran.code !== 0)
      throw new Error(`${program} ${args.join(' ')} ended with ${ran.code}:\n${ran.output.slice(-6000)}`);
    return ran;
  }

  /** What one of the scripts in `python/` finds out inside the project. */
  async probe<T>(script: string, options: RunOptions = {}, args: readonly string[] = []): Promise<T> {
    const { stdout } = await this.must('python', ['-W', 'error', join(PROBES, `${script}.py`), ...args], {
      ...options,
      env: { PYTHONPATH: this.folder, ...options.env },
    });
    return JSON.parse(stdout) as T;
  }

  /**
   * One of the project's commands, with its libraries imported already: for the many whose start is not the
   * subject. What runs, and in what environment, is the same.
   */
  async command(program: 'app' | 'alembic', args: readonly string[], options: RunOptions = {}): Promise<Ran> {
    const ran = await (await this.#warm()).run(this.program(program), args, this.#options(options));
    this.#said.push(ran.output);
    return ran;
  }

  /** Like {@link command}, but throws when it fails. */
  async mustCommand(program: 'app' | 'alembic', args: readonly string[], options: RunOptions = {}): Promise<Ran> {
    const ran = await this.command(program, args, options);
    if (ran.code !== 0)
      throw new Error(`${program} ${args.join(' ')} ended with ${ran.code}:\n${ran.output.slice(-6000)}`);
    return ran;
  }

  /** Starts the app on a free port, its libraries imported already, and waits until it is alive. */
  async serve(env: Environment = {}): Promise<Server> {
    const port = await freePort();
    const forks = await this.#warm();
    const service = forks.open(this.program('app'), ['serve'], this.#options({ env: { ...env, PORT: String(port) } }));
    const server = this.#keep(new Server(service, port));
    await server.alive();
    return server;
  }

  /** Two processes of the app behind one address, which takes them in turn from one connection to the next. */
  async serveTwice(env: Environment = {}): Promise<Server> {
    // The first one migrates.
    const [first, second] = [await this.serve(env), await this.serve(env)];
    return new Server(first.service, await Balancer.start([first.port, second.port]), [first, second]);
  }

  /** Starts the app with its own command as a person would, without waiting. */
  async start(env: Environment = {}): Promise<Server> {
    const port = Number(env.PORT ?? (await freePort()));
    return this.#keep(new Server(this.process('serve', { ...env, PORT: String(port) }), port));
  }

  #keep(server: Server): Server {
    this.#servers.add(server);
    return server;
  }

  /** Starts one of the app's commands that run until they are stopped. */
  process(command: string, env: Environment = {}): Service {
    return new Service(this.program('app'), [command], { cwd: this.folder, env: { ...this.environment, ...env } });
  }

  #warm(): Promise<Forks> {
    this.#forks ??= Forks.start(this.program('python'), join(PROBES, 'forks.py'), this.#options(), this.#outer);
    return this.#forks;
  }

  #options(options: RunOptions = {}): RunOptions {
    return { cwd: this.folder, ...options, env: { ...this.environment, ...options.env } };
  }
}

/** The app of a project, running. */
export class Server {
  readonly service: Running;
  /** Where it is reached. */
  readonly base: string;
  readonly port: number;
  readonly #front: Balancer | undefined;
  readonly #behind: readonly Server[];

  /** @param where its port, or what stands before the servers that it really is */
  constructor(service: Running, where: number | Balancer, behind: readonly Server[] = []) {
    this.service = service;
    this.port = typeof where === 'number' ? where : where.port;
    this.base = `http://127.0.0.1:${this.port}`;
    this.#front = typeof where === 'number' ? undefined : where;
    this.#behind = behind;
  }

  /** What its processes listen on. */
  get ports(): number[] {
    return this.#front ? this.#behind.map(({ port }) => port) : [this.port];
  }

  /** All it has said so far. */
  get output(): string {
    return this.#front ? this.#behind.map(({ output }) => output).join('\n') : this.service.output;
  }

  alive(): Promise<void> {
    return this.service.ready(
      async () => (await ask(this.base, 'GET', '/health/live').catch(() => undefined))?.status === 200,
    );
  }

  /** Someone else, with no cookies yet. */
  client(from?: string): Client {
    return new Client(this.base, from);
  }

  async stop(): Promise<void> {
    await this.#front?.stop();
    if (this.#front) await Promise.all(this.#behind.map((server) => server.stop()));
    else await this.service.stop('SIGTERM');
  }
}

/** Runs the built command line. */
export async function stackwright(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  if (!existsSync(CLI)) throw new Error('dist/cli is missing: run npm run build first');
  return must(process.execPath, [CLI, ...args], options);
}
