/** A generated project, running in a process of its own on a free port with a database of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environment as aroundPrograms } from '../support/shell.ts';

export interface Server {
  /** On `localhost`; `127.0.0.1` is another site to a browser. */
  readonly url: string;
  /** The address of its database, for the commands of the project. */
  readonly database: string;
  stop(): Promise<void>;
  /** Stops it and starts it again on the same port with the same database. */
  restart(): Promise<void>;
  /** Stops it for good and removes its database. */
  end(): Promise<void>;
}

/** Starts the project that lies in `folder` (generated, `uv sync` done). */
export async function start(folder: string, environment: Record<string, string> = {}): Promise<Server> {
  const port = await freePort();
  const data = mkdtempSync(join(tmpdir(), 'stackwright-pages-'));
  const database = `sqlite+aiosqlite:///${join(data, 'app.db')}`;
  const url = `http://localhost:${port}`;
  let said = '';
  let child: ChildProcess | undefined;

  async function up(): Promise<void> {
    const env = {
      ...aroundPrograms(),
      PORT: String(port),
      DATABASE_URL: database,
      ...environment,
    };
    const started = spawn(join(folder, '.venv', 'bin', 'app'), ['serve'], { cwd: folder, env });
    child = started;
    for (const stream of [started.stdout, started.stderr]) stream.on('data', (text) => (said += text));
    for (let tries = 0; tries < 150; tries++) {
      if (started.exitCode !== null) break;
      if (
        await fetch(`${url}/health/live`).then(
          (answer) => answer.ok,
          () => false,
        )
      )
        return;
      await new Promise((wake) => setTimeout(wake, 200));
    }
    throw new Error(`The generated project does not answer.\n${said}`);
  }
  async function stop(): Promise<void> {
    const running = child;
    if (!running || running.exitCode !== null) return;
    const gone = new Promise((wake) => running.once('exit', wake));
    running.kill('SIGTERM');
    await gone;
  }

  await up();
  return {
    url,
    database,
    stop,
    restart: async () => {
      await stop();
      await up();
    },
    end: async () => {
      await stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Another site: one page on 127.0.0.1. */
export async function site(html: string): Promise<{ url: string; end: () => void }> {
  const server = createServer((_, answer) => answer.writeHead(200, { 'content-type': 'text/html' }).end(html));
  await new Promise<void>((wake) => server.listen(0, '127.0.0.1', wake));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, end: () => void server.close() };
}

async function freePort(): Promise<number> {
  const socket = createSocket();
  await new Promise<void>((wake) => socket.listen(0, '127.0.0.1', wake));
  const { port } = socket.address() as AddressInfo;
  await new Promise((wake) => socket.close(wake));
  return port;
}
