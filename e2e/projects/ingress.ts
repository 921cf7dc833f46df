/** What stands before the app, from outside: the real server with the generated files, before the real app. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Issued, issue } from '../support/authority.ts';
import { ask } from '../support/http.ts';
import { freePort } from '../support/ports.ts';
import { must, run } from '../support/shell.ts';
import { composeFaults, wheel } from '../support/validators.ts';
import type { Seen } from '../support/visitor.ts';
import { waitFor } from '../support/wait.ts';
import { type Compose, Edge } from './edge.ts';
import type { Server } from './project.ts';
import type { Subject } from './subject.ts';

const FORGED = {
  'x-forwarded-for': '203.0.113.77, 203.0.113.78',
  'x-forwarded-proto': 'http',
  'x-forwarded-host': 'evil.test',
  'x-real-ip': '203.0.113.79',
  x_forwarded_for: '203.0.113.80',
  forwarded: 'for=203.0.113.81;proto=http',
};
/** All ways to write a path that the app, or something on the way, could take for it. */
const spelled = (path: string): string[] => {
  const [, first = '', rest] = path.split('/');
  const tail = rest === undefined ? '' : `/${rest}`;
  return [
    path,
    `/${path}`,
    `/.${path}`,
    `/x/..${path}`,
    `/%2e${path}`,
    `${path}/`,
    `${path}?x`,
    `${path};x`,
    `${path}%00`,
    `${path}%2f`,
    `/%${first.charCodeAt(0).toString(16)}${first.slice(1)}${tail}`,
    `/x%2f..${path}`,
    ...(rest === undefined
      ? []
      : [`/${first}%2f${rest}`, `/${first}%2F${rest}`, `/${first}//${rest}`, `/${first}%5c${rest}`]),
  ];
};
const of = (seen: Seen, name: string): string[] =>
  seen.headers.flatMap(([key, value]) => (key === name ? [value] : []));

/** Stands in for the app where the subject is what arrives: it tells what it was asked, or holds the answer back. */
class Echo {
  readonly #server: HttpServer;
  #held: (() => void)[] = [];

  constructor() {
    this.#server = createServer((request, response) => {
      const answer = (): void => {
        response.end(JSON.stringify({ url: request.url, headers: request.rawHeaders }));
      };
      if (request.url === '/held') this.#held.push(answer);
      else answer();
    });
  }

  async start(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  get holds(): number {
    return this.#held.length;
  }

  release(): void {
    for (const answer of this.#held.splice(0)) answer();
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** What a process listens on. */
function listening(pid: number): string[] {
  const own = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return []; // closed meanwhile
      }
    }),
  );
  return ['tcp', 'tcp6'].flatMap((file) =>
    readFileSync(`/proc/net/${file}`, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === '0A' && own.has(fields[9] ?? ''))
      .map((fields) => String(Number.parseInt(fields[1]?.split(':')[1] ?? '', 16))),
  );
}

export function ingress(subject: Subject, server: 'traefik' | 'caddy'): void {
  let compose: Compose;
  let tool = '';
  let domain = '';
  let issued: Issued;
  let app: Server;
  let edge: Edge;
  /** Before what tells what arrives. */
  let second: Edge;
  let api = 0;
  const echo = new Echo();
  let slow: Promise<string>;

  beforeAll(async () => {
    tool = dirname(await wheel(server));
    compose = parse(subject.project.read('compose.ingress.yaml')) as Compose;
    const origin = compose.services.app?.environment?.PUBLIC_URL ?? '';
    domain = new URL(origin).hostname;
    issued = await issue(domain, subject.project.besides);
    app = await subject.project.serve({
      ...(await subject.databaseEnvironment()),
      PUBLIC_URL: origin,
      // Where the ingress comes from here.
      TRUSTED_PROXIES: '127.0.0.1',
      // Far more than the ingress lets through.
      MAX_BODY_BYTES: '10000000',
    });
    edge = await Edge.start(subject.project, tool, app.port, issued);
    api = await freePort();
    second = await Edge.start(subject.project, tool, await echo.start(), issued, (path, text) =>
      path === 'traefik.yaml'
        ? text.replace(/^entryPoints:$/m, `api:\n  insecure: true\n\n$&\n  traefik:\n    address: "127.0.0.1:${api}"`)
        : text,
    );
    // They drip until they are broken off, while all else is tested.
    slow = edge.visitor('127.0.0.9').drip(`GET / HTTP/1.1\r\nHost: ${domain}\r\n`);
    void edge.visitor('127.0.0.9').drip(`POST /dripped HTTP/1.1\r\nHost: ${domain}\r\nContent-Length: 9\r\n\r\n`);
  });
  afterAll(async () => {
    await edge?.service.stop();
    await second?.service.stop();
    echo.stop();
    await app?.stop();
  });

  test('its container has no rights, and the version that is tested here', async () => {
    expect(await composeFaults([join(subject.project.folder, 'compose.ingress.yaml')])).toBe('');
    const { ingress: one, 'ingress-data': first, app: behind } = compose.services;
    const version = (await must(join(tool, server), ['version'])).stdout;
    expect(version.match(/\d+\.\d+\.\d+/)?.[0]).toBe(one?.image.replace(/^\w+:v?/, ''));
    expect(first?.image).toBe(one?.image);
    expect(one).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    expect(one?.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(one?.cap_add ?? []).toEqual(server === 'caddy' ? ['NET_BIND_SERVICE'] : []);
    expect(JSON.stringify(compose)).not.toMatch(/docker\.sock|privileged":|latest/);
    for (const port of one?.ports ?? []) expect(Number(port.split(':')[1])).toBeGreaterThan(1023);
    // Whom the app believes is the ingress and nobody else.
    const address = (one?.networks as Record<string, { ipv4_address: string }> | undefined)?.edge?.ipv4_address ?? '';
    expect(behind?.environment?.TRUSTED_PROXIES).toBe(address);
    expect(behind?.networks).toEqual(['default', 'edge']);
    const [subnet = ''] = compose.networks.edge?.ipam.config.map((range) => range.subnet) ?? [];
    expect(subnet.split('.').slice(0, 3)).toEqual(address.split('.').slice(0, 3));
    // What it goes with has all that it speaks of.
    const production = parse(subject.project.read('compose.production.yaml')) as Compose;
    const others = Object.keys(compose.services).filter((name) => !name.startsWith('ingress'));
    expect(Object.keys(production.services)).toEqual(expect.arrayContaining(others));
  });

  test('its files are sound by its own judgement', async () => {
    if (server === 'caddy') {
      const file = join(edge.folder, 'Caddyfile');
      const validated = await run(join(tool, 'caddy'), ['validate', '--config', file]);
      expect(validated.code, validated.output).toBe(0);
      expect((await run(join(tool, 'caddy'), ['fmt', file])).stdout).toBe(readFileSync(file, 'utf8'));
    } else {
      const raw = (await ask(`http://127.0.0.1:${api}`, 'GET', '/api/rawdata')).json() as Record<
        string,
        Record<string, { status: string; error?: string[] }>
      >;
      for (const kind of ['routers', 'middlewares', 'services']) {
        const own = Object.entries(raw[kind] ?? {}).filter(([name]) => name.endsWith('@file'));
        expect(own.length).toBeGreaterThan(0);
        for (const [name, { status, error }] of own)
          expect([name, status, error]).toEqual([name, 'enabled', undefined]);
      }
    }
    expect(edge.output).not.toMatch(/"level":"(?:error|fatal|panic)"/);
  });

  test('it listens on what it declares, and its health check is answered', async () => {
    const declared = [edge.http, edge.https, edge.health].map(String).sort();
    expect([...new Set(listening(edge.service.pid))].sort()).toEqual(declared);
    const [program = '', ...args] = edge.check;
    if (server === 'traefik') await must(join(tool, program), args);
    else expect((await ask(args.at(-1) ?? '', 'GET', '/')).status).toBe(200);
  });

  test('it speaks HTTP/2 and TLS from 1.2 on', async () => {
    const visitor = edge.visitor('127.0.0.2');
    const socket = await visitor.connect({ ALPNProtocols: ['h2', 'http/1.1'] });
    expect([socket.alpnProtocol, socket.authorized]).toEqual(['h2', true]);
    socket.destroy();
    expect(await visitor.flood('/', 1, () => ({}))).toMatchObject([{ status: 200 }]);
    const weak = { ciphers: 'DEFAULT@SECLEVEL=0', minVersion: 'TLSv1' } as const;
    await expect(visitor.connect({ ...weak, maxVersion: 'TLSv1.1' })).rejects.toThrow(/protocol version/);
    (await visitor.connect({ ...weak, maxVersion: 'TLSv1.2' })).destroy();
  });

  test('plain HTTP is sent over to HTTPS, path and all', async () => {
    for (const method of ['GET', 'POST']) {
      const answer = await ask(`http://127.0.0.1:${edge.http}`, method, '/a/b?c=d', { headers: { host: domain } });
      expect([301, 308]).toContain(answer.status);
      expect(answer.headers.location).toBe(`https://${domain}/a/b?c=d`);
    }
  });

  test('every header that keeps browsers careful is there once, and none that tells of the server', async () => {
    for (const path of ['/', '/api/nothing']) {
      const answer = await edge.visitor('127.0.0.2').ask('GET', path);
      expect(of(answer, 'strict-transport-security')).toEqual(['max-age=31536000']);
      expect(of(answer, 'x-content-type-options')).toEqual(['nosniff']);
      expect(of(answer, 'referrer-policy')).toHaveLength(1);
      expect(of(answer, 'content-security-policy')).toHaveLength(1);
      for (const name of ['server', 'via', 'x-powered-by', 'alt-svc'])
        expect([name, of(answer, name)]).toEqual([name, []]);
    }
  });

  test('any other name is refused', async () => {
    const visitor = edge.visitor('127.0.0.2');
    await expect(visitor.connect({ servername: 'evil.test', rejectUnauthorized: false })).rejects.toThrow();
    await expect(visitor.connect({ servername: '', rejectUnauthorized: false })).rejects.toThrow();
    for (const host of ['evil.test', `x.${domain}`, '127.0.0.1', `${domain}.evil.test`]) {
      expect([404, 421]).toContain((await visitor.ask('GET', '/', { headers: { host } })).status);
      const plain = await ask(`http://127.0.0.1:${edge.http}`, 'GET', '/', { headers: { host } });
      expect([plain.status, plain.headers.location]).toEqual([404, undefined]);
    }
    expect(app.output).not.toContain('evil.test');
  });

  test('the app sees who really asked, whatever they say of themselves', async () => {
    const client = (path: string): string | undefined => {
      const plain = app.output.replace(/\u001b\[[\d;]*m/g, '').split('\n');
      return /\bclient\W{1,4}([\d.]+)/.exec(plain.find((line) => line.includes(path)) ?? '')?.[1];
    };
    for (const from of ['127.0.0.3', '127.0.0.4']) {
      for (const [index, headers] of [{}, FORGED].entries()) {
        const path = `/api/from-${from.replaceAll('.', '-')}-${index}`;
        await edge.visitor(from).ask('GET', path, { headers });
        await waitFor('the log', () => client(path) !== undefined);
        expect(client(path)).toBe(from);
      }
    }
    const arrived = (await second.visitor('127.0.0.3').ask('GET', '/', { headers: FORGED })).text;
    expect(arrived).not.toMatch(/203\.0\.113|evil\.test|forwarded","for=/i);
    const { headers } = JSON.parse(arrived) as { headers: string[] };
    const values = (name: string): string[] =>
      headers.filter((_, index) => index % 2 === 1 && headers[index - 1]?.toLowerCase() === name);
    expect(values('x-forwarded-for')).toEqual(['127.0.0.3']);
    expect(values('x-forwarded-proto')).toEqual(['https']);
    expect(values('x-real-ip')).toEqual(['127.0.0.3']);
    expect(values('host')).toEqual([domain]);
  });

  test('the page’s WebSocket passes, with its own Origin alone', async () => {
    const head = (origin: string): string =>
      [
        'GET /ws HTTP/1.1',
        `Host: ${domain}`,
        'Upgrade: websocket',
        'Connection: Upgrade',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        'Sec-WebSocket-Version: 13',
        `Origin: ${origin}`,
        '\r\n',
      ].join('\r\n');
    const own = await edge.visitor('127.0.0.5').say(head(`https://${domain}`));
    expect(own.answer).toMatch(/^HTTP\/1\.1 101 /);
    // A ping that the app answers: it goes both ways.
    const pong = new Promise<Buffer>((resolve) => own.socket.once('data', resolve));
    own.socket.write(Buffer.from([0x89, 0x80, 0, 0, 0, 0]));
    expect((await pong)[0]).toBe(0x8a);
    own.socket.destroy();
    const foreign = await edge.visitor('127.0.0.5').say(head('https://evil.test'));
    foreign.socket.destroy();
    expect(foreign.answer).toMatch(/^HTTP\/1\.1 403 /);
  });

  test('a body that is too large ends here, whether its length is said or not', async () => {
    const limit = Number(/^MAX_BODY_BYTES=(\d+)$/m.exec(subject.project.read('.env.example'))?.[1]);
    for (const chunked of [false, true]) {
      const send = (size: number): Promise<Seen> =>
        edge.visitor('127.0.0.2').ask('POST', '/api/nothing', { body: Buffer.alloc(size, 'x'), chunked });
      expect((await send(limit + 1)).status).toBe(413);
      expect((await send(limit)).status).toBe(404);
    }
  });

  test('health and metrics are nobody’s outside, however they are spelled', async () => {
    const visitor = second.visitor('127.0.0.2');
    for (const path of ['/health', '/health/live', '/health/ready', '/metrics'])
      expect([path, (await visitor.ask('GET', path)).status]).toEqual([path, 404]);
    for (const path of ['/health/live', '/metrics'].flatMap(spelled)) {
      const answer = await visitor.ask('GET', path);
      if (answer.status !== 200) continue;
      // As the app reads it.
      const arrived = decodeURIComponent((JSON.parse(answer.text) as { url: string }).url.split('?')[0] ?? '');
      expect(arrived, path).not.toMatch(/^\/(?:health|metrics)(?:\/|$)/);
      expect((await edge.visitor('127.0.0.2').ask('GET', path)).text, path).not.toMatch(/^\{"status"/);
    }
  });

  test('its own pages are not among what it shows', async () => {
    for (const path of [
      '/api/rawdata',
      '/api/version',
      '/api/overview',
      '/ping',
      '/dashboard/',
      '/config/',
      '/debug/vars',
    ]) {
      const answer = await second.visitor('127.0.0.2').ask('GET', path);
      expect(JSON.parse(answer.text), path).toMatchObject({ url: path });
    }
  });

  if (server === 'traefik')
    test('an address that asks too often waits, and no other one does', async () => {
      const { burst } = (
        parse(subject.project.read('deploy/ingress/dynamic/app.yaml')) as {
          http: { middlewares: { rate: { rateLimit: { burst: number } } } };
        }
      ).http.middlewares.rate.rateLimit;
      const visitor = second.visitor('127.0.0.6');
      // What they say of themselves makes nobody another one.
      const ask = (count: number) =>
        visitor.flood('/', count, (index) => ({
          'x-forwarded-for': `198.51.100.${index % 250}`,
          'x-real-ip': '198.51.100.1',
        }));
      const first = await ask(burst);
      expect(new Set(first.map(({ status }) => status))).toEqual(new Set([200]));
      let refused: Awaited<ReturnType<typeof ask>>[number] | undefined;
      await waitFor('a refusal', async () => {
        refused = (await ask(burst)).find(({ status }) => status === 429);
        return refused !== undefined;
      });
      expect(refused?.retryAfter).toMatch(/^\d+$/);
      expect((await second.visitor('127.0.0.7').ask('GET', '/')).status).toBe(200);
      await waitFor('it to be let in again', async () => (await visitor.ask('GET', '/')).status === 200);
    });

  test('a request that only drips is broken off', async () => {
    expect(await slow).toMatch(/^(?:HTTP\/1\.1 [45]\d\d .*)?$/s);
    // Caddy ends what it has begun with the app, and may go on listening to who drips.
    const isOver = (line: string): boolean =>
      line.includes('/dripped') && /"(?:s|DownstreamS)tatus":[45]\d\d/.test(line);
    await waitFor('the end of the body', () => edge.output.split('\n').some(isOver), 90);
  });

  test('what is told to stop ends what it has begun', async () => {
    const held = second.visitor('127.0.0.2').ask('GET', '/held');
    await waitFor('it to arrive', () => echo.holds === 1);
    const ended = second.service.stop('SIGTERM');
    // Its doors may stay open a while, with nothing behind them: that it was told stands in its log.
    await waitFor('it to be told', () => /I have to go|shutting down/i.test(second.output));
    expect(second.service.isRunning).toBe(true);
    echo.release();
    expect((await held).status).toBe(200);
    expect(await ended, second.output).toEqual({ code: 0, signal: null });
  });

  test('without the app it says that and no more', async () => {
    await app.stop();
    const answer = await edge.visitor('127.0.0.2').ask('GET', '/api/down?token=sesame-502');
    expect([502, 503]).toContain(answer.status);
    expect(answer.text).not.toMatch(/127\.0\.0\.1|\d{4}|refused|dial|traefik|caddy/i);
  });

  test('its log holds paths and clients, and neither query strings nor what headers say', async () => {
    const headers = {
      authorization: 'Bearer sesame-header',
      cookie: 'a=sesame-cookie',
      referer: 'https://a.test/?sesame-referer',
    };
    await edge.visitor('127.0.0.8').ask('GET', '/api/logged?token=sesame-query', { headers });
    await ask(`http://127.0.0.1:${edge.http}`, 'GET', '/plain?token=sesame-plain', {
      headers: { host: domain, ...headers },
    });
    await waitFor('the log', () => edge.output.includes('/api/logged'));
    expect(edge.output).toContain('127.0.0.8');
    expect(edge.output).not.toContain('sesame');
    expect(edge.output).not.toContain('203.0.113');
  });
}
