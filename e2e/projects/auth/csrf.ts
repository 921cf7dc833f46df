/** Defect 15: what another site can make a browser send is refused, with or without a cookie. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ask } from '../../support/http.ts';
import type { Subject } from '../subject.ts';
import { API, type House, me, newEmail, newPerson, openHouse, PASSWORD } from './people.ts';

interface Act {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly with: () => Ask;
  /** What it answers without these headers to a person who is signed in. */
  readonly status: number;
}

const ACTS: readonly Act[] = [
  {
    name: 'register',
    method: 'POST',
    path: `${API}/register`,
    with: () => ({ json: { email: newEmail('csrf'), password: PASSWORD } }),
    status: 201,
  },
  {
    name: 'register, short',
    method: 'POST',
    path: '/auth/register',
    with: () => ({ json: { email: newEmail('csrf'), password: PASSWORD } }),
    status: 201,
  },
  {
    name: 'token',
    method: 'POST',
    path: `${API}/token`,
    with: () => ({ form: { username: 'csrf@example.com', password: PASSWORD } }),
    status: 200,
  },
  {
    name: 'login',
    method: 'POST',
    path: `${API}/login`,
    with: () => ({ json: { email: 'csrf@example.com', password: PASSWORD } }),
    status: 200,
  },
  { name: 'refresh', method: 'POST', path: `${API}/refresh`, with: () => ({}), status: 200 },
  { name: 'change', method: 'PATCH', path: `${API}/me`, with: () => ({ json: { full_name: 'X' } }), status: 200 },
  { name: 'logout', method: 'POST', path: `${API}/logout`, with: () => ({}), status: 204 },
  { name: 'end sessions', method: 'DELETE', path: `${API}/sessions`, with: () => ({}), status: 204 },
];

export function csrf(subject: Subject): void {
  let house: House;
  let foreign: Record<string, Record<string, string>>;
  let own: Record<string, Record<string, string>>;
  beforeAll(async () => {
    house = await openHouse(subject, 'unlimited');
    const { port } = new URL(house.server.base);
    await house.server.client().post(`${API}/register`, { json: { email: 'csrf@example.com', password: PASSWORD } });
    foreign = {
      'another site': { origin: 'https://evil.example' },
      null: { origin: 'null' },
      'an empty origin': { origin: '' },
      'another port': { origin: `http://127.0.0.1:${Number(port) + 1}` },
      'no port': { origin: 'http://127.0.0.1' },
      'another scheme': { origin: `https://127.0.0.1:${port}` },
      'a subdomain': { origin: `http://evil.127.0.0.1:${port}` },
      'an address that only begins so': { origin: `${house.server.base}.evil.example` },
      'two origins': { origin: `${house.server.base}, https://evil.example` },
      'cross-site': { 'sec-fetch-site': 'cross-site' },
      'same-site': { 'sec-fetch-site': 'same-site' },
      'own origin, but cross-site': { origin: house.server.base, 'sec-fetch-site': 'cross-site' },
      'same-origin, but another origin': { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
      'a forwarded host': {
        origin: 'https://evil.example',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
      },
    };
    own = {
      'no browser': {},
      'own origin': { origin: house.server.base },
      'same-origin': { origin: house.server.base, 'sec-fetch-site': 'same-origin' },
      'typed by hand': { 'sec-fetch-site': 'none' },
    };
  });
  afterAll(() => house?.server.stop());

  describe.each(ACTS)('15: $name', ({ method, path, with: what, status }) => {
    const attempt = async (headers: Record<string, string>, signedIn: boolean) => {
      const client = signedIn ? (await newPerson(house.server)).client : house.server.client();
      const asked = what();
      return {
        client,
        answer: await client.ask(method, path, { ...asked, headers: { ...asked.headers, ...headers } }),
      };
    };

    test('is refused from elsewhere, with a cookie and without', async () => {
      for (const [from, headers] of Object.entries(foreign)) {
        for (const signedIn of [true, false]) {
          const { client, answer } = await attempt(headers, signedIn);
          expect([from, signedIn, answer.status]).toEqual([from, signedIn, 403]);
          expect(answer.cookies).toEqual([]);
          if (signedIn) expect(await me(client)).toBe(200);
        }
      }
    });

    test('passes from its own pages and from programs', async () => {
      for (const [from, headers] of Object.entries(own))
        expect([from, (await attempt(headers, true)).answer.status]).toEqual([from, status]);
    });
  });

  test('15: JSON under another media type is 422, and from elsewhere 403', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'text/plain;application/json',
      '',
    ]) {
      const email = newEmail('simple');
      const body = JSON.stringify({ email, password: PASSWORD });
      const headers: Record<string, string> = type === '' ? {} : { 'content-type': type };
      const elsewhere = await house.server
        .client()
        .post(`${API}/register`, { body, headers: { ...headers, origin: 'https://evil.example' } });
      expect([type, elsewhere.status]).toEqual([type, 403]);
      const program = await house.server.client().post(`${API}/register`, { body, headers });
      expect([type, program.status]).toEqual([type, 422]);
      expect(await house.database.sql(`SELECT count(*) FROM users WHERE email = '${email}'`)).toEqual([['0']]);
    }
  });

  test('15: reading is allowed from anywhere, and tells another site nothing', async () => {
    const person = await newPerson(house.server);
    const answer = await person.client.get(`${API}/me`, {
      headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    });
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    const preflight = await house.server.client().ask('OPTIONS', `${API}/login`, {
      headers: {
        origin: 'https://evil.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
    expect(Object.keys(preflight.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test('15: with PUBLIC_URL the own origin is that, and the Host is not asked', async () => {
    const house2 = await openHouse(subject, 'unlimited', { PUBLIC_URL: 'https://app.example.com' });
    const attempt = async (headers: Record<string, string>): Promise<number> =>
      (
        await house2.server
          .client()
          .post(`${API}/register`, { json: { email: newEmail('public'), password: PASSWORD }, headers })
      ).status;
    expect(await attempt({ origin: 'https://app.example.com' })).toBe(201);
    expect(await attempt({ origin: house2.server.base })).toBe(403);
    expect(await attempt({ origin: 'https://evil.example', host: 'evil.example' })).toBe(403);
    expect(await attempt({ origin: 'http://app.example.com' })).toBe(403);
    await house2.server.stop();
  });
}
