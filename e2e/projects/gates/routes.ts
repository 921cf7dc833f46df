/** Every route: asked with every method, by people who may not, and with input nobody should send. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Ask, ask, type Client, rawStatus } from '../../support/http.ts';
import { CHEAP } from '../auth/people.ts';
import type { Database } from '../database.ts';
import type { Server } from '../project.ts';
import { askers, expected, type Row, tableOf, type Who } from '../route-table.ts';
import type { Subject } from '../subject.ts';

interface Route {
  readonly path: string;
  readonly methods: string[];
  readonly documented: boolean;
}
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
const SOME_ID = '00000000-0000-4000-8000-000000000000';

export function routesGate(subject: Subject): void {
  describe('every route', () => {
    let server: Server;
    let database: Database | undefined;
    let routes: Route[];
    beforeAll(async () => {
      database = subject.combination.engine ? await subject.database() : undefined;
      const env = {
        ...(database ? { DATABASE_URL: database.url } : {}),
        ...(subject.combination.redis ? { REDIS_URL: await subject.redis.database() } : {}),
      };
      // Limits and hashes have tests of their own.
      const limits = subject.combination.auth ? { RATE_LIMIT_ENABLED: 'false', ...CHEAP } : {};
      server = await subject.project.serve({ ...env, ...limits });
      routes = (await subject.project.probe<Route[]>('routes', { env }))
        .filter(({ path }) => !/^\/(?:docs|openapi\.json)/.test(path))
        .map((route) => ({ ...route, path: route.path.replace(/\{[^}]*\}/g, '{}') }));
    });
    afterAll(() => server?.stop());

    const addressOf = (path: string, slug = SOME_ID): string =>
      path.replace('/orgs/{}', `/orgs/${slug}`).replaceAll('{}', SOME_ID);
    const isJson = (answer: Answer): boolean =>
      String(answer.headers['content-type']).startsWith('application/json') && answer.json() !== null;

    test('has a row in the table, and every row is a route', () => {
      const rows = tableOf(subject.combination).map(({ method, path }) => `${method} ${path}`);
      const registered = routes.flatMap(({ path, methods }) =>
        methods.filter((method) => method !== 'HEAD').map((method) => `${method} ${path}`),
      );
      expect([...new Set(registered)].sort()).toEqual([...new Set(rows)].sort());
    });

    test('takes its methods and answers 405 with Allow, in JSON, to all others', async () => {
      for (const path of new Set(routes.map((route) => route.path))) {
        const taken = new Set(routes.filter((route) => route.path === path).flatMap((route) => route.methods));
        for (const method of METHODS) {
          const answer = await ask(server.base, method, addressOf(path));
          const place = `${method} ${path}: ${answer.status} ${answer.text.slice(0, 200)}`;
          if (taken.has(method)) expect([405, 500, 501].includes(answer.status), place).toBe(false);
          else {
            expect(answer.status, place).toBe(405);
            expect(String(answer.headers.allow).split(', ').sort(), place).toEqual([...taken].sort());
            if (method !== 'HEAD') expect(isJson(answer), place).toBe(true);
          }
        }
      }
    });

    test('has JSON for 404 around it, and never the page', async () => {
      const reserved = [
        '/api',
        '/api/v1',
        '/health',
        '/metrics',
        '/.well-known',
        ...(subject.combination.auth ? ['/api/v1/auth'] : []),
      ];
      const unknown = reserved.flatMap((prefix) => [
        `${prefix}/nothing-here`,
        `${prefix}/a/b/c`,
        `${prefix}/..%2fx`,
        `${prefix}/nothing?x=1`,
        `${prefix}/`,
      ]);
      for (const path of unknown) {
        for (const method of METHODS) {
          const answer = await ask(server.base, method, path);
          const place = `${method} ${path}: ${answer.status}`;
          expect([404, 405].includes(answer.status), place).toBe(true);
          if (method !== 'HEAD') expect(isJson(answer), place).toBe(true);
        }
      }
      for (const near of ['/health/live/', '/healthy', '/apiary']) {
        expect((await ask(server.base, 'GET', near)).status, near).not.toBe(500);
      }
    });

    test('answers everybody what its table says', async () => {
      const rows = tableOf(subject.combination);
      const wrong: string[] = [];
      const check = (who: string, row: Row, answer: Answer, expected: number): void => {
        if (answer.status !== expected)
          wrong.push(
            `${who}: ${row.method} ${row.path} answered ${answer.status}, not ${expected}: ${answer.text.slice(0, 200)}`,
          );
      };
      for (const row of rows)
        check('nobody', row, await ask(server.base, row.method, addressOf(row.path), row.with ?? {}), row.nobody);
      for (const who of askers(subject.combination)) {
        for (const row of rows) {
          const status = expected(row, who);
          if (row.stranger === undefined || status === undefined) continue;
          // Somebody of one's own for each route: some end the session they are asked with.
          const { client, slug } = await becoming(who, server, database);
          check(who, row, await client.ask(row.method, addressOf(row.path, slug), row.with ?? {}), status);
        }
      }
      expect(wrong).toEqual([]);
    });

    test('refuses with 4xx what nobody should send', async () => {
      const wrong: string[] = [];
      const hostile = hostileRequests();
      for (const route of routes) {
        for (const method of route.methods) {
          for (const { what, suffix = '', merelyOdd = false, ...rest } of hostile) {
            if (rest.body !== undefined && ['GET', 'HEAD'].includes(method)) continue;
            const answer = await ask(server.base, method, `${addressOf(route.path)}${suffix}`, rest).catch(
              (error: Error) => error,
            );
            // A server that has said 413 need not read the rest, and the client sees a broken pipe.
            const status = answer instanceof Error ? 413 : answer.status;
            // A route that reads no body may leave an odd one alone.
            if (status > 499 || (status < 400 && !merelyOdd))
              wrong.push(`${method} ${route.path} with ${what}: ${status}`);
          }
        }
      }
      expect(wrong).toEqual([]);
    });

    test('refuses malformed requests and stays up', async () => {
      const head = (lines: readonly string[]): Buffer => Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
      const host = `Host: 127.0.0.1:${new URL(server.base).port}`;
      const malformed = {
        'a NUL in the path': head(['GET /api/\0 HTTP/1.1', host]),
        'a NUL in a header': head(['GET /health/live HTTP/1.1', host, 'X-A: a\0b']),
        'bytes that are no UTF-8 in the path': head(['GET /api/%ff%fe HTTP/1.1', host]),
        'a header of latin letters': head(['GET /health/live HTTP/1.1', host, 'X-A: caf\u00e9']),
        'a length that is none': head(['POST /health/live HTTP/1.1', host, 'Content-Length: -5']),
        'two lengths': head(['POST /health/live HTTP/1.1', host, 'Content-Length: 1', 'Content-Length: 2']),
        'length and chunks': head([
          'POST /health/live HTTP/1.1',
          host,
          'Content-Length: 5',
          'Transfer-Encoding: chunked',
        ]),
        'no HTTP at all': Buffer.from('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n', 'latin1'),
      };
      for (const [what, bytes] of Object.entries(malformed)) {
        const status = await rawStatus(server.base, bytes);
        // Closing the connection is an answer as well.
        expect(status === 0 || (status >= 400 && status < 500), `${what}: ${status}`).toBe(true);
      }
      expect((await ask(server.base, 'GET', '/health/live')).status).toBe(200);
    });

    test('left no traceback', () => {
      expect(server.output).not.toContain('Traceback');
      expect(server.output).not.toContain('unhandled_error');
    });
  });
}

let people = 0;

/** Someone with an account and cookies of their own. */
async function signedUp(server: Server): Promise<{ client: Client; email: string }> {
  people += 1;
  const [client, email] = [server.client(), `person${people}@example.com`];
  const answer = await client.post('/api/v1/auth/register', { json: { email, password: 'stranger-danger-1' } });
  expect(answer.status, answer.text).toBe(201);
  return { client, email };
}

/** Such a person, and where their kind needs one an organisation of their own. */
async function becoming(who: Who, server: Server, database?: Database): Promise<{ client: Client; slug?: string }> {
  const { client, email } = await signedUp(server);
  const person = `FROM users WHERE email = '${email}'`;
  if (who === 'admin')
    await database?.sql(`INSERT INTO user_roles (user_id, role, granted_at) SELECT id, 'admin', created_at ${person}`);
  if (who !== 'member' && who !== 'owner') return { client };
  const owner = who === 'owner' ? client : (await signedUp(server)).client;
  const slug = `house-${people}`;
  const answer = await owner.post('/api/v1/orgs', { json: { slug, name: 'A House' } });
  expect(answer.status, answer.text).toBe(201);
  if (who === 'member') {
    const house = `(SELECT id FROM organisations WHERE slug = '${slug}')`;
    await database?.sql(
      `INSERT INTO memberships (organisation_id, user_id, role, joined_at) SELECT ${house}, id, 'member', created_at ${person}`,
    );
  }
  return { client, slug };
}

interface Hostile extends Ask {
  readonly what: string;
  readonly suffix?: string;
  readonly merelyOdd?: true;
}

function hostileRequests(): Hostile[] {
  const json = (body: string): Ask => ({ body, headers: { 'content-type': 'application/json' } });
  const form = (body: string): Ask => ({ body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  const field = (text: string): string => `{"email":${text},"password":${text},"full_name":${text},"username":${text}}`;
  return [
    { what: 'NUL in the path', suffix: '%00' },
    { what: 'NUL in the query', suffix: '?ticket=%00&next=%00&email=%00' },
    { what: 'a header of other letters', headers: { 'x-name': 'caf\u00e9' } },
    { what: 'credentials of other letters', headers: { authorization: 'Bearer \u00ff\u00fe' } },
    { what: 'a cookie of other letters', headers: { cookie: 'aegis_session=\u00e9; aegis_refresh=\u00e9' } },
    { what: 'NUL in JSON', ...json(field('"a\\u0000b"')) },
    { what: 'NUL in a key of JSON', ...json('{"email\\u0000":"a"}') },
    { what: 'a lone surrogate in JSON', ...json(field('"\\ud800"')) },
    { what: 'two surrogates in the wrong order', ...json(field('"\\udc00\\ud800@example.com"')) },
    {
      what: 'bytes that are no UTF-8',
      merelyOdd: true,
      body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
      headers: { 'content-type': 'application/json' },
    },
    { what: 'JSON of depth 100,000', ...json(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) },
    { what: 'objects of depth 50,000', ...json(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`) },
    { what: '2 MB of JSON', ...json(`{"email":"${'a'.repeat(2 * 1024 * 1024)}"}`) },
    {
      what: '2 MB in chunks',
      body: `{"email":"${'a'.repeat(2 * 1024 * 1024)}"}`,
      headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
    },
    { what: '2 MB of a form', ...form(`username=${'a'.repeat(2 * 1024 * 1024)}`) },
    { what: 'NUL in a form', ...form('username=a%00b&password=c%00d') },
    { what: 'a list for an object', merelyOdd: true, ...json('[]') },
    { what: 'NaN', merelyOdd: true, ...json('{"email":NaN,"password":Infinity}') },
    { what: 'a number of 10,000 digits', merelyOdd: true, ...json(field('1'.repeat(10_000))) },
  ];
}
