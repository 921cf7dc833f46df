/** API keys: never stored in clear, good for what they were made for, and dead when they should be. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from '../../support/http.ts';
import type { Subject } from '../subject.ts';
import {
  API,
  bearer,
  cookie,
  type House,
  me,
  moment,
  newPerson,
  openDoor,
  openHouse,
  type Person,
  signIn,
  whereUser,
  whoseSessions,
} from './people.ts';

const KEYS = `${API}/api-keys`;
const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Prefix and random part, with the checksum as it is documented. */
function withChecksum(text: string): string {
  let [rest, check] = [crc32(text), ''];
  for (let digit = 0; digit < 6; digit += 1) {
    check = ALPHABET[rest % 62] + check;
    rest = Math.floor(rest / 62);
  }
  return text + check;
}

export function apiKeys(subject: Subject): void {
  let house: House;
  beforeAll(async () => {
    house = await openHouse(subject, 'unlimited');
  });
  afterAll(() => house?.server.stop());

  const make = (person: Person, what: Record<string, unknown> = {}): Promise<Answer> =>
    person.client.post(KEYS, { json: { name: 'Import', scopes: ['read', 'write'], ...what } });
  const keyOf = async (person: Person, what: Record<string, unknown> = {}): Promise<string> => {
    const answer = await make(person, what);
    expect(answer.status, answer.text).toBe(201);
    return String(answer.json().key);
  };
  const asKey = (key: string): Promise<number> => me(house.server.client(), bearer(key));

  test('7: a key is shown once, has a prefix and a checksum, and is nowhere stored in clear', async () => {
    const person = await newPerson(house.server);
    const answer = await make(person);
    const { key, ...made } = answer.json();
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(key).toMatch(/^aegis_key_[0-9A-Za-z]{49}$/);
    expect(withChecksum(key.slice(0, -6))).toBe(key);
    expect(await asKey(key)).toBe(200);
    const listed = await person.client.get(KEYS);
    expect(listed.json()).toEqual([{ ...made, last_used_at: expect.any(String) }]);
    const dump = await house.database.dump();
    for (const part of [key, key.slice(0, -6), key.slice('aegis_key_'.length, -6)]) expect(dump).not.toContain(part);
    expect(dump).toContain(createHash('sha256').update(key).digest('hex'));
    expect(house.server.output).not.toContain(key.slice('aegis_key_'.length, -6));
  });

  test('a slip or an invention is 401, as is a key that is no header', async () => {
    const person = await newPerson(house.server);
    const key = await keyOf(person);
    const last = key.endsWith('a') ? 'b' : 'a';
    for (const wrong of [
      `${key.slice(0, -1)}${last}`,
      key.slice(0, -1),
      `${key}0`,
      key.toLowerCase(),
      withChecksum(`aegis_key_${'x'.repeat(43)}`),
      withChecksum('aegis_key_'),
      'aegis_key_',
      `aegis_key_${'x'.repeat(5000)}`,
    ])
      expect(await asKey(wrong), wrong).toBe(401);
    expect(await me(house.server.client(), cookie('aegis_session', key))).toBe(401);
    expect((await house.server.client().get(`${API}/me?access_token=${key}`)).status).toBe(401);
  });

  test('a key does what its scopes say', async () => {
    const person = await newPerson(house.server);
    const [reading, writing] = [await keyOf(person, { scopes: ['read'] }), await keyOf(person, { scopes: ['write'] })];
    const rename = (key: string): Promise<Answer> =>
      house.server.client().ask('PATCH', `${API}/me`, { ...bearer(key), json: { full_name: 'Program' } });
    expect([await asKey(reading), await asKey(writing)]).toEqual([200, 200]);
    const refused = await rename(reading);
    expect([refused.status, refused.json().code]).toEqual([403, 'insufficient_scope']);
    expect(String(refused.headers['www-authenticate'])).toContain('error="insufficient_scope"');
    expect((await rename(writing)).status).toBe(200);
    for (const scopes of [[], ['admin'], ['read', 'admin']]) expect((await make(person, { scopes })).status).toBe(422);
  });

  test('a key can neither step up nor sign in, nor see sessions, nor make keys', async () => {
    const person = await newPerson(house.server);
    const made = (await make(person)).json();
    const [session] = (await person.client.get(`${API}/sessions`)).json();
    const program = house.server.client();
    const answers: Record<string, number> = {};
    for (const [method, path] of [
      ['GET', `${API}/sessions`],
      ['DELETE', `${API}/sessions`],
      ['DELETE', `${API}/sessions/${session.id}`],
      ['DELETE', `${API}/sessions/${made.id}`],
      ['GET', KEYS],
      ['POST', KEYS],
      ['DELETE', `${KEYS}/${made.id}`],
    ] as const) {
      const answer = await program.ask(method, path, { ...bearer(made.key), json: { name: 'Another' } });
      expect(answer.cookies).toEqual([]);
      answers[`${method} ${path}`] = answer.status;
    }
    expect(new Set(Object.values(answers)), JSON.stringify(answers)).toEqual(new Set([403]));
    expect((await program.post(`${API}/refresh`, bearer(made.key))).status).toBe(401);
    expect((await program.post(`${API}/logout`, bearer(made.key))).status).toBe(204);
    expect(await asKey(made.key)).toBe(200);
    expect(await me(person.client)).toBe(200);
  });

  test('making and revoking need a sign-in not older than ten minutes', async () => {
    const person = await newPerson(house.server);
    const { id } = (await make(person)).json();
    await house.database.sql(`UPDATE auth_sessions SET created_at = '${moment(-601)}' WHERE ${whoseSessions(person)}`);
    for (const answer of [await make(person), await person.client.ask('DELETE', `${KEYS}/${id}`)])
      expect([answer.status, answer.json().code]).toEqual([403, 'reauthentication_required']);
    await signIn(person.client, person.email);
    expect((await person.client.ask('DELETE', `${KEYS}/${id}`)).status).toBe(204);
  });

  test('a key ends by revocation, by its time and with its owner, at once and in every process', async () => {
    const other = await openDoor(subject, house);
    const person = await newPerson(house.server);
    const stranger = await newPerson(house.server);
    const [revoked, expiring, last] = [(await make(person)).json(), (await make(person)).json(), await keyOf(person)];
    const everywhere = async (key: string): Promise<number[]> => [
      await asKey(key),
      await me(other.client(), bearer(key)),
    ];
    expect((await stranger.client.ask('DELETE', `${KEYS}/${revoked.id}`)).status).toBe(404);
    expect((await stranger.client.get(KEYS)).json()).toEqual([]);
    expect(await everywhere(revoked.key)).toEqual([200, 200]);
    expect((await person.client.ask('DELETE', `${KEYS}/${revoked.id}`)).status).toBe(204);
    expect((await person.client.ask('DELETE', `${KEYS}/${revoked.id}`)).status).toBe(404);
    expect(await everywhere(revoked.key)).toEqual([401, 401]);

    const hash = createHash('sha256').update(expiring.key).digest('hex');
    await house.database.sql(`UPDATE api_keys SET expires_at = '${moment(-1)}' WHERE key_hash = '${hash}'`);
    expect(await everywhere(expiring.key)).toEqual([401, 401]);
    for (const expires_in_days of [0, 366, -1]) expect((await make(person, { expires_in_days })).status).toBe(422);
    const year = (await make(person, { expires_in_days: 365 })).json();
    expect(Date.parse(year.expires_at) - Date.now()).toBeLessThanOrEqual(365 * 86_400_000);

    await house.database.sql(`UPDATE users SET is_active = false WHERE ${whereUser(person)}`);
    expect(await everywhere(last)).toEqual([401, 401]);
    const kinds = await house.database.sql(
      `SELECT kind FROM auth_events WHERE user_id IN (SELECT id FROM users WHERE ${whereUser(person)})`,
    );
    expect(kinds.flat().filter((kind) => kind === 'api_key_made')).toHaveLength(4);
    expect(kinds.flat().filter((kind) => kind === 'api_key_revoked')).toHaveLength(1);
    await other.stop();
  });

  test('of thirty made at once, over two processes, twenty are', async () => {
    const other = await openDoor(subject, house, { RATE_LIMIT_ENABLED: 'false' });
    const person = await newPerson(house.server);
    const twin = { ...person, client: other.client() };
    await signIn(twin.client, person.email);
    const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => make(index % 2 ? person : twin)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(20);
    expect(statuses.filter((status) => status === 409)).toHaveLength(10);
    expect((await person.client.get(KEYS)).json()).toHaveLength(20);
    await other.stop();
  });
}
