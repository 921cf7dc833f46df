/** A PostgreSQL of the tests' own: throw-away data on a free port, from the system's programs. */
import { chownSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './paths.ts';
import { freePort } from './ports.ts';
import { Service } from './service.ts';
import { must, run } from './shell.ts';
import { aptInstall, isRoot } from './system.ts';

const HOME = '/usr/lib/postgresql';
const OWNER = 'stackwright';
/** Nobody is asked for it; in production, an app refuses to go without a good one. */
const PASSWORD = 'k3X9-q7vT-2mLp-w8Zd';

/** The folder of the newest PostgreSQL's programs. */
async function findPrograms(): Promise<string> {
  const newest = (): string | undefined =>
    (existsSync(HOME) ? readdirSync(HOME) : [])
      .filter((version) => existsSync(join(HOME, version, 'bin', 'initdb')))
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => join(HOME, version, 'bin'))[0];
  const there = newest();
  if (there) return there;
  await aptInstall('postgresql');
  const installed = newest();
  if (!installed) throw new Error(`PostgreSQL was installed, but there is nothing in ${HOME}`);
  return installed;
}

/** PostgreSQL refuses to run as root, so then it runs as a user without rights. */
async function unprivileged(): Promise<{ uid: number; gid: number } | undefined> {
  if (!isRoot()) return undefined;
  for (const user of ['postgres', 'nobody']) {
    const id = await run('id', ['-u', user]);
    const group = await run('id', ['-g', user]);
    if (id.code === 0 && group.code === 0) return { uid: Number(id.stdout), gid: Number(group.stdout) };
  }
  throw new Error('there is neither a user postgres nor nobody to run PostgreSQL as');
}

export class Postgres {
  readonly port: number;
  readonly #bin: string;
  readonly #folder: string;
  readonly #user: { uid: number; gid: number } | undefined;
  readonly #settings: Readonly<Record<string, string>>;
  #service: Service | undefined;

  private constructor(
    bin: string,
    folder: string,
    port: number,
    user: { uid: number; gid: number } | undefined,
    settings: Readonly<Record<string, string>>,
  ) {
    this.#bin = bin;
    this.#folder = folder;
    this.port = port;
    this.#user = user;
    this.#settings = settings;
  }

  /**
   * Makes a cluster and starts it.
   * @param settings of its configuration, over those that make tests fast
   */
  static async create(settings: Readonly<Record<string, string>> = {}): Promise<Postgres> {
    const bin = await findPrograms();
    const user = await unprivileged();
    const folder = temporaryFolder('postgres');
    if (user) chownSync(folder, user.uid, user.gid);
    const args = ['-D', join(folder, 'data'), '-U', OWNER, '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
    await must(join(bin, 'initdb'), args, { cwd: folder, ...(user ? { user } : {}) });
    const postgres = new Postgres(bin, folder, await freePort(), user, settings);
    await postgres.start();
    return postgres;
  }

  async start(): Promise<void> {
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: this.#folder,
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_connections: '200',
      timezone: 'UTC',
      ...this.#settings,
    };
    const args = [
      '-D',
      join(this.#folder, 'data'),
      '-p',
      String(this.port),
      ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    ];
    this.#service = new Service(join(this.#bin, 'postgres'), args, {
      cwd: this.#folder,
      ...(this.#user ? { user: this.#user } : {}),
    });
    await this.#service.ready(
      async () => (await run(join(this.#bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(this.port)])).code === 0,
    );
  }

  /** Ends every connection, as an outage would. */
  async stop(): Promise<void> {
    await this.#service?.stop('SIGINT');
  }

  /** Stops it and deletes its data. */
  async destroy(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** The folder of its programs. */
  get programs(): string {
    return this.#bin;
  }

  /** For programs of PostgreSQL, which then find this server instead of the machine's. */
  get clientEnvironment(): Record<string, string> {
    return { PGHOST: '127.0.0.1', PGPORT: String(this.port), PGUSER: OWNER, PGDATABASE: 'postgres' };
  }

  /** A new empty database's parts, for whatever form of address a program takes. */
  async database(
    name: string,
  ): Promise<{ host: string; port: number; user: string; name: string; url: (scheme: string) => string }> {
    await this.sql(`CREATE DATABASE "${name}"`);
    return {
      host: '127.0.0.1',
      port: this.port,
      user: OWNER,
      name,
      url: (scheme) => `${scheme}://${OWNER}:${PASSWORD}@127.0.0.1:${this.port}/${name}`,
    };
  }

  /** Rows of one statement, each a list of texts; NULL is the empty text. */
  async sql(statement: string, database = 'postgres'): Promise<string[][]> {
    const args = [
      '-h',
      '127.0.0.1',
      '-p',
      String(this.port),
      '-U',
      OWNER,
      '-d',
      database,
      '-X',
      '-q',
      '-A',
      '-t',
      '-F',
      '\u001f',
      '-v',
      'ON_ERROR_STOP=1',
      '-c',
      statement,
    ];
    const { stdout } = await must(join(this.#bin, 'psql'), args);
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('\u001f'));
  }

  /** All rows of a database as statements. */
  async dump(database: string): Promise<string> {
    const args = ['-h', '127.0.0.1', '-p', String(this.port), '-U', OWNER, '--inserts', database];
    return (await must(join(this.#bin, 'pg_dump'), args)).stdout;
  }
}
