/** A real Redis of the tests' own, on a free port, from the system's program. */
import { createConnection } from 'node:net';
import { freePort } from './ports.ts';
import { Service } from './service.ts';
import { run } from './shell.ts';
import { ensureProgram } from './system.ts';

const PASSWORD = 'unused';
/** As many as Redis has unless told. */
const DATABASES = 16;

export class Redis {
  readonly port: number;
  readonly #more: readonly string[];
  #service: Service | undefined;
  #databases = 0;

  private constructor(port: number, more: readonly string[]) {
    this.port = port;
    this.#more = more;
  }

  /**
   * @param more arguments of the server beside those of a test
   * @throws in one sentence where the program cannot be had
   */
  static async create(more: readonly string[] = []): Promise<Redis> {
    await ensureProgram('redis-server', 'redis-server');
    const redis = new Redis(await freePort(), more);
    await redis.start();
    return redis;
  }

  async start(): Promise<void> {
    const args = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--requirepass', PASSWORD];
    this.#service = new Service('redis-server', [...args, ...this.#more]);
    await this.#service.ready(() => answers(this.port));
  }

  /** Ends every connection and forgets everything, as an outage of one without persistence would. */
  async stop(): Promise<void> {
    await this.#service?.stop('SIGTERM');
  }

  /** The address of a database that is empty. */
  async database(): Promise<string> {
    this.#databases = (this.#databases + 1) % DATABASES;
    await this.command(this.#databases, 'FLUSHDB');
    return `redis://:${PASSWORD}@127.0.0.1:${this.port}/${this.#databases}`;
  }

  /** What `redis-cli` prints. */
  async command(database: number, ...words: readonly string[]): Promise<string> {
    const args = ['-p', String(this.port), '-n', String(database), '--no-auth-warning', '-a', PASSWORD, ...words];
    return (await run('redis-cli', args)).stdout.trim();
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
