/** Load on a server, by Node's own HTTP client on connections that are kept: the least work a request can be. */
import { Agent, request } from 'node:http';

export interface Ask {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export class Caller {
  readonly #base: URL;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(base: string) {
    this.#base = new URL(base);
  }

  /** The body of the answer. @throws where the status is another than expected: a refusal is no figure */
  ask(expected: number, { method, path, headers = {}, body = '' }: Ask): Promise<string> {
    const { hostname, port } = this.#base;
    const length = body === '' ? {} : { 'content-length': Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      const asked = request(
        { hostname, port, method, path, headers: { ...headers, ...length }, agent: this.#agent },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
          });
          response.on('error', reject).on('end', () => {
            if (response.statusCode === expected) resolve(text);
            else reject(new Error(`${method} ${path} answered ${response.statusCode}: ${text.slice(0, 500)}`));
          });
        },
      );
      asked.on('error', (error: NodeJS.ErrnoException) => {
        // The server may give up an idle connection in the moment it is taken again; nothing was asked then.
        if (asked.reusedSocket && error.code === 'ECONNRESET') {
          this.ask(expected, { method, path, headers, body }).then(resolve, reject);
        } else reject(error);
      });
      asked.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** Does the work `count` times, `width` of them at any time; says how many a second that was. */
export async function rate(count: number, width: number, work: (index: number) => Promise<void>): Promise<number> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      await work(next - 1);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: width }, worker));
  return (count * 1000) / (performance.now() - start);
}

/** How long each of so many asks took, in milliseconds, one after the other. */
export async function times(count: number, work: (index: number) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const start = performance.now();
    await work(index);
    taken.push(performance.now() - start);
  }
  return taken;
}

/**
 * How long each of many asks took, one begun every `every` milliseconds until `over` is settled.
 * Begun whether or not the one before was answered: else a server that stands still is asked once in that time.
 */
export async function delays(every: number, over: Promise<unknown>, work: () => Promise<unknown>): Promise<number[]> {
  const asked: Promise<number>[] = [];
  const timer = setInterval(() => {
    const start = performance.now();
    const answered = work().then(() => performance.now() - start);
    // It is waited for at the end; until then a failure is nobody's.
    answered.catch(() => undefined);
    asked.push(answered);
  }, every);
  try {
    await over;
  } finally {
    clearInterval(timer);
  }
  return Promise.all(asked);
}
