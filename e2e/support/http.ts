/**
 * HTTP as a test needs it: nothing added, nothing hidden. (`fetch` sends headers of its own and follows
 * redirects; a test of what a server does with headers can have neither.)
 */
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { type Cookie, CookieJar } from './cookies.ts';
import { noteExchange } from './wire.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** `Set-Cookie` header values, in order. */
  readonly cookies: readonly Cookie[];
  readonly text: string;
  /** The body as JSON; throws with the body when it is not. */
  // biome-ignore lint/suspicious/noExplicitAny: answers of another program, judged field by field
  json(): any;
}
export interface Ask {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON with its media type. */
  readonly json?: unknown;
  /** Sent as a form with its media type. */
  readonly form?: Readonly<Record<string, string>>;
  /** Sent as it is. */
  readonly body?: string | Uint8Array;
  /** The address on loopback to come from: 127.0.0.2 is another client than 127.0.0.1. */
  readonly from?: string;
}

/** Someone with cookies, asking one server. */
export class Client {
  readonly base: string;
  readonly jar = new CookieJar();
  readonly #from: string | undefined;

  constructor(base: string, from?: string) {
    this.base = base;
    this.#from = from;
  }

  async ask(method: string, path: string, what: Ask = {}): Promise<Answer> {
    const cookie = this.jar.headerFor(path);
    const headers = { ...(cookie === '' ? {} : { cookie }), ...what.headers };
    const answer = await ask(this.base, method, path, {
      ...what,
      headers,
      ...(this.#from === undefined ? {} : { from: this.#from }),
    });
    this.jar.take(answer.cookies);
    return answer;
  }

  get(path: string, what: Ask = {}): Promise<Answer> {
    return this.ask('GET', path, what);
  }

  post(path: string, what: Ask = {}): Promise<Answer> {
    return this.ask('POST', path, what);
  }
}

/** One request on a connection of its own. */
export function ask(base: string, method: string, path: string, what: Ask = {}): Promise<Answer> {
  const { body, type } = bodyOf(what);
  const headers: Record<string, string> = { ...(type === undefined ? {} : { 'content-type': type }), ...what.headers };
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        hostname,
        port,
        method,
        path,
        headers,
        agent: false,
        ...(what.from === undefined ? {} : { localAddress: what.from }),
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const status = response.statusCode ?? 0;
          const cookies = (response.headers['set-cookie'] ?? []).map(CookieJar.parse);
          const fields = (what.json ?? what.form ?? {}) as Readonly<Record<string, unknown>>;
          const location = response.headers.location ?? '';
          noteExchange({ path, headers, fields }, { status, location, cookies, text });
          resolve({
            status,
            headers: response.headers,
            cookies,
            text,
            json: () => parsed(method, path, text),
          });
        });
      },
    );
    // A server that refuses a large body answers and closes while we still write: the answer counts.
    request.on('error', reject);
    if (body === undefined) request.end();
    else {
      if (!('transfer-encoding' in headers)) request.setHeader('content-length', Buffer.byteLength(body));
      request.end(body);
    }
  });
}

function bodyOf({ json, form, body }: Ask): { body?: string | Uint8Array; type?: string } {
  if (json !== undefined) return { body: JSON.stringify(json), type: 'application/json' };
  if (form !== undefined)
    return { body: new URLSearchParams(form).toString(), type: 'application/x-www-form-urlencoded' };
  return body === undefined ? {} : { body };
}

function parsed(method: string, path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${method} ${path} did not answer JSON: ${text.slice(0, 500)}`);
  }
}

/** Sends bytes no HTTP client would, and gives back the status line's number, 0 for a closed connection. */
export function rawStatus(base: string, bytes: string | Buffer): Promise<number> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    const end = (): void => {
      socket.destroy();
      resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0));
    };
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('\r\n')) end();
    });
    socket.on('error', end).on('close', end);
    socket.setTimeout(20_000, end);
  });
}
