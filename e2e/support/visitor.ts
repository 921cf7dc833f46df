/** Someone who comes to a server by TLS, from an address of loopback, and sees all it sends. */
import { connect as connectHttp2 } from 'node:http2';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';

export interface Seen {
  readonly status: number;
  /** Names in lower case, in the order they came, doubles and all. */
  readonly headers: readonly (readonly [string, string])[];
  readonly text: string;
}
export interface Told {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** In pieces, without saying ahead how long it is. */
  readonly chunked?: boolean;
}

export class Visitor {
  readonly #port: number;
  readonly #name: string;
  readonly #authority: string;
  readonly #from: string;

  constructor(port: number, name: string, authority: string, from: string) {
    this.#port = port;
    this.#name = name;
    this.#authority = authority;
    this.#from = from;
  }

  /** One request by HTTP/1.1 on a connection of its own. */
  ask(method: string, path: string, { headers, body, chunked = false }: Told = {}): Promise<Seen> {
    return new Promise((resolve, reject) => {
      const sent = {
        host: this.#name,
        ...headers,
        ...(body && !chunked ? { 'content-length': `${body.length}` } : {}),
      };
      const request = httpsRequest({ ...this.#options(), method, path, headers: sent, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
        response.on('end', () => {
          const raw = response.rawHeaders;
          const pairs = raw.flatMap((name, index) =>
            index % 2 === 0 ? [[name.toLowerCase(), raw[index + 1] ?? ''] as const] : [],
          );
          resolve({ status: response.statusCode ?? 0, headers: pairs, text: Buffer.concat(chunks).toString('utf8') });
          request.destroy();
        });
      });
      request.on('error', reject);
      if (body && chunked) request.write(body);
      request.end(chunked ? undefined : body);
    });
  }

  /** Many requests at once by HTTP/2, on one connection; their statuses, and when to come again. */
  async flood(path: string, count: number, headers: (index: number) => Record<string, string>) {
    const session = connectHttp2(`https://${this.#name}`, {
      createConnection: () => connect({ ...this.#options(), ALPNProtocols: ['h2'] }),
    });
    const failed = new Promise<never>((_, reject) => session.on('error', reject));
    try {
      const answers = Promise.all(
        Array.from(
          { length: count },
          (_, index) =>
            new Promise<{ readonly status: number; readonly retryAfter: string | undefined }>((resolve, reject) => {
              const stream = session.request({ ':path': path, ...headers(index) });
              stream
                .on('response', (head) => resolve({ status: head[':status'] ?? 0, retryAfter: head['retry-after'] }))
                .on('error', reject)
                .resume()
                .end();
            }),
        ),
      );
      return await Promise.race([answers, failed]);
    } finally {
      session.destroy();
    }
  }

  /** A connection after its handshake. */
  connect(more: ConnectionOptions = {}): Promise<TLSSocket> {
    return new Promise((resolve, reject) => {
      const socket = connect({ ...this.#options(), ...more }, () => resolve(socket));
      socket.on('error', reject);
    });
  }

  /** The first bytes that come back for these. */
  async say(bytes: string): Promise<{ readonly socket: Socket; readonly answer: string }> {
    const socket = await this.connect();
    socket.write(bytes);
    const answer = await new Promise<string>((resolve) => {
      socket.once('data', (data: Buffer) => resolve(data.toString('latin1'))).once('close', () => resolve(''));
    });
    return { socket, answer };
  }

  /** Says the beginning of a request and then nothing; what came back when the connection ended. */
  async drip(bytes: string): Promise<string> {
    const socket = await this.connect();
    let answer = '';
    const ended = new Promise<string>((resolve) => {
      socket.on('data', (data: Buffer) => {
        answer += data.toString('latin1');
      });
      socket.once('close', () => resolve(answer));
    });
    socket.write(bytes);
    return ended;
  }

  #options(): ConnectionOptions {
    return {
      host: '127.0.0.1',
      port: this.#port,
      servername: this.#name,
      ca: this.#authority,
      localAddress: this.#from,
    } as ConnectionOptions;
  }
}
