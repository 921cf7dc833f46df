/** The contract of the routes: cookies, short forms, what is cached and what is documented. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cookie } from '../../support/cookies.ts';
import { openPage } from '../gates/server.ts';
import type { Subject } from '../subject.ts';
import {
  API,
  bearer,
  cookie,
  type House,
  held,
  me,
  newEmail,
  newPerson,
  newToken,
  openDoor,
  openHouse,
  PASSWORD,
  register,
  signIn,
} from './people.ts';

export function contract(subject: Subject): void {
  let house: House;
  beforeAll(async () => {
    house = await openHouse(subject, 'unlimited');
  });
  afterAll(() => house?.server.stop());

  const named = (cookies: readonly Cookie[], name: string): Cookie => {
    const found = cookies.find((one) => one.name === name);
    if (!found) throw new Error(`no ${name} among ${cookies.map((one) => one.name).join(', ')}`);
    return found;
  };

  test('the cookies are what they must be over http', async () => {
    const answer = await register(house.server.client(), newEmail());
    const session = named(answer.cookies, 'aegis_session').attributes;
    expect(session).toMatchObject({ httponly: '', samesite: 'Lax', path: '/' });
    expect(Number(session['max-age'])).toBeLessThanOrEqual(900);
    const refresh = named(answer.cookies, 'aegis_refresh').attributes;
    expect(refresh).toMatchObject({ httponly: '', samesite: 'Strict', path: API });
    expect(Number(refresh['max-age'])).toBeLessThanOrEqual(14 * 86_400);
    expect(Number(refresh['max-age'])).toBeGreaterThan(13 * 86_400);
    const marker = named(answer.cookies, 'aegis_signed_in');
    expect(marker.attributes).not.toHaveProperty('httponly');
    expect(marker.value).toMatch(/^\d{10}\.[0-9a-f]{16}$/);
    for (const each of answer.cookies) {
      expect(each.attributes).not.toHaveProperty('domain');
      expect(each.attributes).not.toHaveProperty('secure');
    }
  });

  test('over https they are prefixed and secure, and the plain names are not read', async () => {
    const secure = await openDoor(subject, house, {
      RATE_LIMIT_ENABLED: 'false',
      PUBLIC_URL: 'https://app.example.com',
    });
    const answer = await register(secure.client(), newEmail());
    expect(answer.status, answer.text).toBe(201);
    expect(answer.cookies.map((each) => each.name).filter((name) => !name.startsWith('__'))).toEqual([]);
    for (const each of answer.cookies) {
      expect(each.attributes).toHaveProperty('secure');
      expect(each.attributes).not.toHaveProperty('domain');
      if (each.name.startsWith('__Host-')) expect(each.attributes.path).toBe('/');
    }
    const [session, refresh] = [
      named(answer.cookies, '__Host-aegis_session'),
      named(answer.cookies, '__Secure-aegis_refresh'),
    ];
    expect(refresh.attributes).toMatchObject({ path: API, samesite: 'Strict', httponly: '' });
    expect(await me(secure.client(), cookie('__Host-aegis_session', session.value))).toBe(200);
    expect(await me(secure.client(), cookie('aegis_session', session.value))).toBe(401);
    expect((await secure.client().post(`${API}/refresh`, cookie('aegis_refresh', refresh.value))).status).toBe(401);
    expect((await secure.client().post(`${API}/refresh`, cookie('__Secure-aegis_refresh', refresh.value))).status).toBe(
      200,
    );
    // The request's own scheme, which anybody can claim, changes nothing.
    const plain = await register(house.server.client(), newEmail(), PASSWORD, {
      json: { email: newEmail(), password: PASSWORD },
      headers: { 'x-forwarded-proto': 'https' },
    });
    expect(plain.cookies.map((each) => each.name)).toContain('aegis_session');
    await secure.stop();
  });

  test('a form and JSON get the same answer, and neither is cached', async () => {
    const person = await newPerson(house.server);
    const form = await house.server
      .client()
      .post(`${API}/token`, { form: { username: person.email, password: PASSWORD } });
    const json = await signIn(house.server.client(), person.email);
    for (const answer of [form, json]) {
      expect(answer.json()).toEqual({ access_token: expect.any(String), token_type: 'bearer', expires_in: 900 });
      expect(answer.headers['cache-control']).toContain('no-store');
      named(answer.cookies, 'aegis_session');
      named(answer.cookies, 'aegis_refresh');
    }
    for (const path of ['me', 'sessions'])
      expect((await person.client.get(`${API}/${path}`)).headers['cache-control']).toContain('no-store');
  });

  test('a person sees themselves, and no hash', async () => {
    const person = await newPerson(house.server);
    const answer = await person.client.get(`${API}/me`);
    expect(answer.json()).toMatchObject({ id: person.id, email: person.email, full_name: '' });
    expect(answer.text).not.toMatch(/argon|hash|password/);
    const changed = await person.client.ask('PATCH', `${API}/me`, { json: { full_name: 'Ödön 漢字 🚀' } });
    expect([changed.status, changed.json().full_name]).toEqual([200, 'Ödön 漢字 🚀']);
  });

  test('the short forms of the quick start answer directly, all others point to their long form', async () => {
    const client = house.server.client();
    const email = newEmail();
    expect((await client.post('/auth/register', { json: { email, password: PASSWORD } })).status).toBe(201);
    const token = await house.server.client().post('/auth/token', { form: { username: email, password: PASSWORD } });
    expect(token.status).toBe(200);
    expect((await client.post('/auth/login', { json: { email, password: PASSWORD } })).status).toBe(200);
    expect(await me(house.server.client(), bearer(token.json().access_token))).toBe(200);
    expect((await house.server.client().get('/auth/me', bearer(token.json().access_token))).status).toBe(200);
    for (const [method, path] of [
      ['POST', 'refresh'],
      ['POST', 'logout'],
      ['GET', 'sessions'],
      ['DELETE', 'sessions'],
      ['DELETE', 'sessions/1?x=%2F%2Fy'],
      ['GET', 'session?ticket=a&next=b'],
    ] as const) {
      const answer = await house.server.client().ask(method, `/auth/${path}`);
      expect([method, path, answer.status, answer.headers.location]).toEqual([method, path, 308, `${API}/${path}`]);
    }
    for (const path of ['//evil.example', '/%2f%2fevil.example', '/..%2f..%2fhealth', '/%5cevil.example']) {
      const answer = await house.server.client().get(`/auth${path}`);
      expect(answer.status, path).toBeLessThan(500);
      if (answer.headers.location) {
        expect(new URL(String(answer.headers.location), house.server.base).origin, path).toBe(house.server.base);
      }
    }
    const openapi = (await house.server.client().get('/openapi.json')).json() as { paths: Record<string, unknown> };
    expect(Object.keys(openapi.paths).filter((path) => path.startsWith('/auth'))).toEqual([]);
    expect(Object.keys(openapi.paths)).toContain(`${API}/login`);
  });

  test('the password grant can be switched off', async () => {
    const without = await openDoor(subject, house, { PASSWORD_GRANT_ENABLED: 'false', RATE_LIMIT_ENABLED: 'false' });
    const person = await newPerson(without);
    const answer = await without
      .client()
      .post(`${API}/token`, { form: { username: person.email, password: PASSWORD } });
    expect(answer.status).toBe(400);
    expect(answer.cookies).toEqual([]);
    expect((await signIn(without.client(), person.email)).status).toBe(200);
    await without.stop();
  });

  test('signing in anew ends the session this browser held', async () => {
    const person = await newPerson(house.server);
    const first = held(person.client, 'aegis_session');
    await signIn(person.client, person.email);
    expect(await me(house.server.client(), bearer(first))).toBe(401);
    const other = await newPerson(house.server);
    const second = held(person.client, 'aegis_session');
    await signIn(person.client, other.email);
    expect(await me(house.server.client(), bearer(second))).toBe(401);
    expect((await person.client.get(`${API}/me`)).json().email).toBe(other.email);
  });

  test('a token ends the session of the cookies it was asked with', async () => {
    const person = await newPerson(house.server);
    const first = held(person.client, 'aegis_session');
    const form = { username: person.email, password: PASSWORD };
    const named = await person.client.post(`${API}/token`, { form, headers: { authorization: 'Basic YXBwOg==' } });
    expect(named.status, named.text).toBe(200);
    expect(await me(house.server.client(), bearer(first))).toBe(200);
    const second = held(person.client, 'aegis_session');
    expect((await person.client.post(`${API}/token`, { form })).status).toBe(200);
    expect(await me(house.server.client(), bearer(second))).toBe(401);
    expect(await me(person.client)).toBe(200);
  });

  test('at DEBUG the log still shows no cookie, no password and no statement', async () => {
    const loud = await openDoor(subject, house, { LOG_LEVEL: 'DEBUG', RATE_LIMIT_ENABLED: 'false' });
    const { client } = await newPerson(loud);
    const session = held(client, 'aegis_session');
    const page = await openPage(loud.base, true, [`Cookie: aegis_session=${session}`]);
    await client.post(`${API}/refresh`);
    page.destroy();
    await loud.stop();
    const { output } = loud.service;
    expect(output).toContain('/api/v1/auth/refresh');
    for (const secret of [session, held(client, 'aegis_refresh'), PASSWORD, 'argon2id', 'INSERT INTO', 'GET /ws'])
      expect(output).not.toContain(secret);
  });

  test('a restart keeps people in', async () => {
    const person = await newPerson(house.server);
    const again = await openDoor(subject, house, { RATE_LIMIT_ENABLED: 'false' });
    expect(await me(again.client(), cookie('aegis_session', held(person.client, 'aegis_session')))).toBe(200);
    await again.stop();
  });

  test('accounts are managed from the command line', async () => {
    const env = { DATABASE_URL: house.database.url };
    const email = newEmail('cli');
    await subject.project.mustCommand('app', ['auth', 'create-user', email, '--full-name', 'Grace'], {
      env,
      input: `${PASSWORD}\n`,
    });
    const token = await newToken(house.server, email);
    const listed = await subject.project.mustCommand('app', ['auth', 'list-users', '--json'], { env });
    expect(JSON.parse(listed.stdout)).toEqual(
      expect.arrayContaining([expect.objectContaining({ email, full_name: 'Grace', is_active: true })]),
    );
    await subject.project.mustCommand('app', ['auth', 'revoke-sessions', email], { env });
    expect(await me(house.server.client(), bearer(token))).toBe(401);
    const unknown = await subject.project.command('app', ['auth', 'deactivate', 'nobody@example.com'], { env });
    expect(unknown.code).toBe(1);
    expect(unknown.output.trim().split('\n').length).toBe(1);
    const taken = await subject.project.command('app', ['auth', 'create-user', email.toUpperCase()], {
      env,
      input: `${PASSWORD}\n`,
    });
    expect([taken.code, taken.output.includes('Traceback')]).toEqual([1, false]);
  });
}
