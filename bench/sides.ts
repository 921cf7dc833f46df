/** The two apps that the auth figures are about, each in one process and on a new database of one engine. */
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AUTH_POSTGRES, AUTH_SQLITE } from '../e2e/projects/combinations.ts';
import { databaseFor } from '../e2e/projects/database.ts';
import { Project } from '../e2e/projects/project.ts';
import { ROOT, temporaryFolder } from '../e2e/support/paths.ts';
import { freePort } from '../e2e/support/ports.ts';
import { Postgres } from '../e2e/support/postgres.ts';
import { Service } from '../e2e/support/service.ts';
import { must } from '../e2e/support/shell.ts';
import { MailServer } from '../e2e/support/smtp.ts';
import { findUv } from '../e2e/support/uv.ts';
import { withEnds } from './ends.ts';
import { Caller } from './load.ts';

export type Engine = 'SQLite' | 'PostgreSQL';

const PEER = join(ROOT, 'bench', 'peer');
const API = '/api/v1/auth';
const PASSWORD = 'correct horse battery staple';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_BODY = { 'content-type': 'application/json' };
/** What both are told; the cost of a hash is the least that OWASP asks for. */
const BOTH = {
  JWT_SECRET_KEY: 'k3Rf8QxZ1vN6tYb0Lw2mHs7PdJ4uCg9Ae5TiOo-XqVy',
  PASSWORD_HASH_MEMORY_KIB: '19456',
  PASSWORD_HASH_TIME_COST: '2',
};
/** As it is deployed. Attempts are counted as ever, but the limit is not met. */
const PRODUCTION = {
  APP_ENV: 'production',
  PUBLIC_URL: 'https://bench.example',
  MAIL_FROM: 'no-reply@bench.example',
  SIGN_INS_PER_MINUTE: '1000000',
  REGISTRATIONS_PER_HOUR: '1000000',
};
/** The tests' server forgets on a power cut; a figure that had this from it would flatter whoever writes most. */
const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };

/** One of the apps, running. */
export class Side {
  readonly #caller: Caller;
  readonly #signIn: string;

  constructor(base: string, signIn: string) {
    this.#caller = new Caller(base);
    this.#signIn = signIn;
  }

  async live(): Promise<void> {
    await this.#caller.ask(200, { method: 'GET', path: '/health/live' });
  }

  async register(person: number): Promise<void> {
    const body = JSON.stringify({ email: address(person), password: PASSWORD });
    await this.#caller.ask(201, { method: 'POST', path: `${API}/register`, headers: JSON_BODY, body });
  }

  /** The access token of a sign-in with the OAuth2 password form. */
  async signIn(person: number): Promise<string> {
    const body = new URLSearchParams({ username: address(person), password: PASSWORD }).toString();
    const answer = await this.#caller.ask(200, { method: 'POST', path: API + this.#signIn, headers: FORM, body });
    return (JSON.parse(answer) as { access_token: string }).access_token;
  }

  async me(token: string): Promise<void> {
    const headers = { authorization: `Bearer ${token}` };
    await this.#caller.ask(200, { method: 'GET', path: `${API}/me`, headers });
  }
}

export interface Sides {
  readonly ours: Side;
  readonly peer: Side;
}

/** Makes, installs and starts both, lets them be measured, and takes all of it away again. */
export function withSides<T>(engine: Engine, measure: (sides: Sides) => Promise<T>): Promise<T> {
  return withEnds(async (keep) => {
    const onPostgres = engine === 'PostgreSQL';
    const postgres = onPostgres ? keep(await Postgres.create(DURABLE), (server) => server.destroy()) : undefined;
    const mail = keep(await MailServer.start(), (server) => server.stop());
    const combination = onPostgres ? AUTH_POSTGRES : AUTH_SQLITE;
    const project = keep(await Project.make(combination), (made) => made.destroy());
    await project.install();
    const database = async () => ({ DATABASE_URL: (await databaseFor(project, postgres)).url });
    const server = await project.serve({ ...BOTH, ...PRODUCTION, ...mail.environment, ...(await database()) });
    const folder = keep(temporaryFolder('peer'), (made) => rmSync(made, { recursive: true, force: true }));
    const port = await freePort();
    const peer = keep(await startPeer(folder, port, { ...BOTH, ...(await database()) }), (service) => service.stop());
    const sides = { ours: new Side(server.base, '/token'), peer: new Side(`http://127.0.0.1:${port}`, '/login') };
    await peer.ready(() =>
      sides.peer.live().then(
        () => true,
        () => false,
      ),
    );
    return measure(sides);
  });
}

async function startPeer(folder: string, port: number, env: Readonly<Record<string, string>>): Promise<Service> {
  cpSync(PEER, folder, { recursive: true });
  await must(await findUv(), ['sync'], { cwd: folder, env: { UV_PYTHON_DOWNLOADS: 'never' } });
  return new Service(join(folder, '.venv', 'bin', 'uvicorn'), ['app:app', '--port', String(port)], {
    cwd: folder,
    env,
  });
}

/** The peer with its version. */
export function peerName(): string {
  const found = /"(fastapi-users)\[sqlalchemy\]==([\d.]+)"/.exec(readFileSync(join(PEER, 'pyproject.toml'), 'utf8'));
  return found ? `${found[1]} ${found[2]}` : 'the peer';
}

function address(person: number): string {
  return `person-${person}@example.com`;
}
