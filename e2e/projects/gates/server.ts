/** The running app: start, stop, health, headers, and what it refuses to start with. */
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../support/http.ts';
import { waitFor } from '../../support/wait.ts';
import type { Server } from '../project.ts';
import type { Subject } from '../subject.ts';
import { environmentKeys } from './files.ts';

interface Settings {
  readonly fields: string[];
  readonly secrets: string[];
  readonly unlisted: string[];
}

/** The app where its start is not the subject. */
async function warm(subject: Subject): Promise<Server> {
  return subject.project.serve(await subject.databaseEnvironment());
}

export function serverGate(subject: Subject): void {
  describe('while it runs', () => {
    let server: Server;
    beforeAll(async () => {
      server = await subject.serve();
    });
    afterAll(() => server?.stop());

    test('says that it lives, and of which parts it is ready', async () => {
      expect((await ask(server.base, 'GET', '/health/live')).json()).toMatchObject({ status: 'ok' });
      const ready = await ask(server.base, 'GET', '/health/ready');
      expect(ready.status).toBe(200);
      expect(ready.json()).toEqual({
        status: 'ok',
        parts: {
          ...(subject.combination.engine ? { database: true } : {}),
          ...(subject.combination.redis ? { redis: true } : {}),
        },
      });
    });

    test('shows its page, with nothing from elsewhere', async () => {
      const page = await ask(server.base, 'GET', '/');
      expect(page.status).toBe(200);
      expect(page.headers['content-type']).toContain('text/html');
      expect(page.text).not.toMatch(/(?:src|href)=["']?(?:https?:)?\/\//);
    });

    test('gives every answer the headers that keep browsers careful', async () => {
      const paths = [
        '/',
        '/health/live',
        '/health/ready',
        '/api/nothing',
        '/api',
        '/docs',
        '/favicon.ico',
        '/nothing/there',
        '/%00',
        `/${'x'.repeat(3000)}`,
      ];
      const methods = ['GET', 'HEAD', 'POST', 'OPTIONS', 'DELETE'];
      for (const path of paths) {
        for (const method of methods) {
          const { headers, status } = await ask(server.base, method, path);
          const place = `${method} ${path.slice(0, 40)} (${status})`;
          expect(headers['x-content-type-options'], place).toBe('nosniff');
          expect(headers['referrer-policy'], place).toBeTruthy();
          expect(String(headers['content-security-policy']), place).toContain("frame-ancestors 'none'");
          expect(headers['access-control-allow-origin'], place).toBeUndefined();
          expect(headers.server, place).toBeUndefined();
        }
      }
    });

    test('logs no query string, no line break of a stranger, and no traceback', async () => {
      await ask(server.base, 'GET', '/health/live?token=sesame-9f2&next=%0d%0aforged', {
        headers: { 'user-agent': 'quiet' },
      });
      await ask(server.base, 'GET', '/nothing%0d%0aFORGED-LINE');
      await waitFor('the log', () => server.output.includes('FORGED'));
      expect(server.output).not.toContain('sesame-9f2');
      expect(server.output.split('\n').filter((line) => line.startsWith('FORGED'))).toEqual([]);
      expect(server.output).not.toContain('Traceback');
    });

    test('does not believe forwarded headers of a peer it does not trust', async () => {
      await ask(server.base, 'GET', '/health/live?x', {
        headers: { 'x-forwarded-for': '203.0.113.77', 'x-real-ip': '203.0.113.78', forwarded: 'for=203.0.113.79' },
      });
      await ask(server.base, 'GET', '/api/after');
      await waitFor('the log', () => server.output.includes('/api/after'));
      expect(server.output).not.toMatch(/203\.0\.113\.7[789]/);
    });
  });

  test.each([
    ['with nobody there', undefined],
    ['with a page open', 'answers'],
    ['with a page open that has gone silent', 'silent'],
  ] as const)('stops by SIGTERM %s, and leaves its port', async (_, page) => {
    const server = await (page ? warm(subject) : subject.serve());
    const socket = page && (await openPage(server.base, page === 'answers'));
    const ended = await server.service.stop('SIGTERM');
    socket?.destroy();
    expect(ended, server.output).toEqual({ code: 0, signal: null });
    expect(server.output).not.toMatch(/Traceback|Task was destroyed|never awaited/);
    await expect(ask(server.base, 'GET', '/health/live')).rejects.toThrow();
  });

  test('takes no more of a page at once than of a request', async () => {
    const server = await subject.serve({ MAX_BODY_BYTES: '2000' });
    const closed = async (size: number): Promise<string> => {
      const page = await openPage(server.base, false);
      const frames = new Promise<Buffer>((resolve) => page.once('data', resolve));
      // A binary frame of that length, masked with zeros; what Flet cannot read closes it too, for another reason.
      page.write(Buffer.concat([Buffer.from([0x82, 0xfe, size >> 8, size & 255, 0, 0, 0, 0]), Buffer.alloc(size)]));
      const frame = await Promise.race([frames, new Promise<undefined>((resolve) => setTimeout(resolve, 3000))]);
      page.destroy();
      return frame?.[0] === 0x88 ? String(frame.readUInt16BE(2)) : 'open, or answered';
    };
    expect(await closed(2001)).toBe('1009');
    expect(await closed(2000)).not.toBe('1009');
    // That it stops though pages are open is shown elsewhere.
    server.service.kill();
  });

  test('stops by SIGTERM before it is ready', async () => {
    const server = await subject.project.start(await subject.databaseEnvironment());
    await waitFor('the start', () => server.output !== '' || !server.service.isRunning, 60).catch(() => undefined);
    const ended = await server.service.stop('SIGTERM');
    expect(ended.code === 0 || ended.signal === 'SIGTERM', JSON.stringify(ended)).toBe(true);
    expect(server.output).not.toContain('Traceback');
  });

  test('says in one sentence that its port is taken', async () => {
    const first = await warm(subject);
    const second = await subject.project.start({
      ...(await subject.databaseEnvironment()),
      PORT: new URL(first.base).port,
    });
    const ended = await second.service.ended;
    await first.stop();
    expect(ended.code).not.toBe(0);
    expect(second.service.output).not.toContain('Traceback');
    expect(second.service.output).toContain(new URL(first.base).port);
  });

  test('has each setting in .env.example and a class, listed in the index', async () => {
    const settings = await subject.project.probe<Settings>('settings');
    expect(settings.unlisted).toEqual([]);
    expect(environmentKeys(subject.project.read('.env.example'))).toEqual(settings.fields);
    expect(environmentKeys(subject.project.read('.env'))).toEqual(settings.fields);
  });

  test('names in one sentence a setting it cannot read', async () => {
    for (const [name, value] of [
      ['PORT', 'eighty'],
      ['PUBLIC_URL', 'https://example.com/path'],
      ['LOG_LEVEL', 'LOUD'],
      ['TRUSTED_PROXIES', 'nobody'],
    ] as const) {
      const ran = await subject.project.command('app', ['serve'], {
        env: { ...(await subject.databaseEnvironment()), [name]: value },
        seconds: 60,
      });
      expect(ran.code, ran.output).not.toBe(0);
      expect(ran.output).toContain(name);
      expect(ran.output).not.toContain('Traceback');
    }
  });

  productionGate(subject);
  if (subject.combination.engine === 'postgres') outageGate(subject);
  if (subject.combination.redis) redisOutageGate(subject);
}

function productionGate(subject: Subject): void {
  const LONG = 'kX9-production-secret-of-the-tests-0123456789-abcdefghijklmnop';
  let found: Promise<Settings> | undefined;
  const secretNames = async (): Promise<string[]> => {
    found ??= subject.project.probe<Settings>('settings');
    return (await found).secrets;
  };
  const production = async (): Promise<Record<string, string>> => {
    const secrets = await secretNames();
    const given = Object.fromEntries(secrets.map((name) => [name, `${name}-${LONG}`]));
    return {
      ...(await subject.databaseEnvironment()),
      ...given,
      APP_ENV: 'production',
      PUBLIC_URL: 'https://app.example.com',
      ...(subject.combination.auth ? { MAIL_BACKEND: 'smtp', MAIL_FROM: 'no-reply@app.example.com' } : {}),
    };
  };

  test('in production starts with secrets, without its documentation, and asks for https', async () => {
    const server = await subject.project.serve(await production());
    for (const path of ['/docs', '/redoc', '/openapi.json']) {
      const answer = await ask(server.base, 'GET', path);
      expect(answer.text.includes('swagger') || answer.text.includes('"openapi"'), path).toBe(false);
    }
    expect((await ask(server.base, 'GET', '/health/live')).headers['strict-transport-security']).toContain('max-age=');
    await server.stop();
  });

  test('in production refuses a missing, a short and a default secret by its name, also from a file', async () => {
    const secrets = await secretNames();
    expect(secrets.length > 0).toBe(subject.combination.auth);
    const example = Object.fromEntries(
      subject.project
        .read('.env.example')
        .split('\n')
        .flatMap((line) => [/^([A-Z_]+)=(.*)$/.exec(line)].flatMap((match) => (match ? [[match[1], match[2]]] : []))),
    ) as Record<string, string>;
    for (const name of secrets) {
      // Named, the variable stands above what the project's .env holds.
      const wrong: Record<string, string | undefined>[] = [
        { [name]: 'short' },
        { [name]: 'change-me-to-something-that-nobody-else-knows' },
        { [name]: undefined, [`${name}_FILE`]: '/nowhere/secret' },
        ...(example[name] ? [{ [name]: example[name] }] : []),
      ];
      for (const change of wrong) {
        const ran = await subject.project.command('app', ['serve'], {
          env: { ...(await production()), ...change },
          seconds: 60,
        });
        expect(ran.code, `${JSON.stringify(change)}\n${ran.output}`).not.toBe(0);
        expect(ran.output).toContain(name);
        expect(ran.output).not.toContain('Traceback');
      }
      const bare = await subject.project.run('mv', ['.env', '.env.away']);
      expect(bare.code).toBe(0);
      const missing = await subject.project.command('app', ['serve'], {
        env: { ...(await production()), [name]: undefined },
        seconds: 60,
      });
      await subject.project.must('mv', ['.env.away', '.env']);
      expect(missing.code, missing.output).not.toBe(0);
      expect(missing.output).toContain(name);
      expect(missing.output).not.toContain('Traceback');
    }
    const plain = await subject.project.command('app', ['serve'], {
      env: { ...(await production()), PUBLIC_URL: undefined },
      seconds: 60,
    });
    expect(plain.code).not.toBe(0);
    expect(plain.output).toContain('PUBLIC_URL');
    if (subject.combination.engine === 'postgres') {
      for (const password of ['pw-4711', 'change-me-please']) {
        const address = `postgresql+asyncpg://app:${password}@127.0.0.1:1/app`;
        const ran = await subject.project.run('app', ['serve'], {
          env: { ...(await production()), DATABASE_URL: address },
          seconds: 60,
        });
        expect(ran.code).not.toBe(0);
        expect(ran.output).toContain('DATABASE_PASSWORD');
        expect(ran.output).not.toContain(password);
      }
    }
    if (!subject.combination.auth) return;
    const console = await subject.project.command('app', ['serve'], {
      env: { ...(await production()), MAIL_BACKEND: 'console' },
      seconds: 60,
    });
    expect(console.code).not.toBe(0);
    expect(console.output).toContain('MAIL_BACKEND');
  });
}

function outageGate(subject: Subject): void {
  test('is not ready while PostgreSQL is down, says so by name, and is again when it is back', async () => {
    const server = await warm(subject);
    await subject.postgres.stop();
    const down = await ask(server.base, 'GET', '/health/ready');
    expect(down.status).toBe(503);
    expect(down.json()).toMatchObject({ parts: { database: false } });
    expect(down.text).toContain('database');
    expect((await ask(server.base, 'GET', '/health/live')).status).toBe(200);
    await subject.postgres.start();
    await waitFor(
      'the app to find it again',
      async () => (await ask(server.base, 'GET', '/health/ready')).status === 200,
    );
    await server.stop();
    expect(server.output).not.toContain('Traceback');
  });

  test('without PostgreSQL stops at once with a sentence on what to do, and takes no other engine', async () => {
    const url = 'postgresql+asyncpg://app:sesame-4711@127.0.0.1:1/app';
    for (const command of ['serve', 'migrate']) {
      const ran = await subject.project.command('app', [command], { env: { DATABASE_URL: url }, seconds: 60 });
      expect(ran.code).toBe(1);
      expect(ran.output).not.toContain('Traceback');
      expect(ran.output).not.toContain('sesame-4711');
      expect(ran.output).toContain('PostgreSQL');
      expect(ran.output).toContain('make up');
      expect(ran.output).toMatch(/apt-get install \S*postgresql|install.*postgresql/i);
    }
    const other = await subject.project.command('app', ['serve'], {
      env: { DATABASE_URL: 'sqlite+aiosqlite:///data/app.db' },
      seconds: 60,
    });
    expect(other.code, other.output).not.toBe(0);
    expect(other.output).toContain('DATABASE_URL');
    expect(other.output).not.toContain('Traceback');
  });
}

function redisOutageGate(subject: Subject): void {
  test('is not ready while Redis is down, says so by name, and is again when it is back', async () => {
    const server = await subject.serve();
    await subject.redis.stop();
    const down = await ask(server.base, 'GET', '/health/ready');
    expect(down.status).toBe(503);
    expect(down.json()).toMatchObject({ status: 'down: redis', parts: { redis: false } });
    expect((await ask(server.base, 'GET', '/health/live')).status).toBe(200);
    await subject.redis.start();
    await waitFor(
      'the app to find it again',
      async () => (await ask(server.base, 'GET', '/health/ready')).status === 200,
    );
    await server.stop();
    expect(server.service.output).not.toContain('Traceback');
  });

  test('without Redis stops at once with a sentence on what to do', async () => {
    const env = { ...(await subject.databaseEnvironment()), REDIS_URL: 'redis://:sesame-4711@127.0.0.1:1/0' };
    const ran = await subject.project.run('app', ['serve'], { env, seconds: 60 });
    expect(ran.code).toBe(1);
    expect(ran.output).toContain('Redis does not answer at 127.0.0.1:1');
    expect(ran.output).toContain('make up');
    expect(ran.output).toContain('apt-get install redis-server');
    expect(ran.output).not.toMatch(/Traceback|sesame-4711/);
  });
}

/**
 * The page's WebSocket after its handshake.
 * @param answers whether it answers a close frame, as a live browser would
 * @param more further lines of its head
 */
export function openPage(base: string, answers: boolean, more: readonly string[] = []): Promise<Socket> {
  const { hostname, port } = new URL(base);
  const head = [
    'GET /ws HTTP/1.1',
    `Host: ${hostname}:${port}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
    `Origin: ${base}`,
    ...more,
    '\r\n',
  ].join('\r\n');
  const closeFrame = Buffer.from([0x88, 0x80, 0, 0, 0, 0]);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(head));
    socket.on('error', reject);
    socket.once('data', (data) => {
      const answer = data.toString('latin1');
      if (!answer.startsWith('HTTP/1.1 101'))
        reject(new Error(`the page's WebSocket answered ${answer.slice(0, 200)}`));
      socket.on('data', (frame) => answers && frame[0] === 0x88 && socket.end(closeFrame));
      resolve(socket);
    });
  });
}
