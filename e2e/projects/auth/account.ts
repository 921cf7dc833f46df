/** The life of an account: a new password, a new address, leaving, and what each of them ends. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer, Client } from '../../support/http.ts';
import { MailServer } from '../../support/smtp.ts';
import type { Subject } from '../subject.ts';
import { mailTo } from './mail.ts';
import {
  API,
  bearer,
  cookie,
  type House,
  held,
  me,
  moment,
  newEmail,
  newPerson,
  newToken,
  openHouse,
  PASSWORD,
  type Person,
  register,
  signIn,
  whoseSessions,
} from './people.ts';

const NEXT = 'another secret 8';

export function account(subject: Subject): void {
  let house: House;
  let sink: MailServer;
  beforeAll(async () => {
    sink = await MailServer.start();
    house = await openHouse(subject, 'unlimited', sink.environment);
  });
  afterAll(async () => {
    await house?.server.stop();
    await sink?.stop();
  });

  const change = (client: Client, current: string, next = NEXT): Promise<Answer> =>
    client.post(`${API}/password`, { json: { current_password: current, new_password: next } });
  const askForReset = (email: string): Promise<Answer> =>
    house.server.client().post(`${API}/password-reset/request`, { json: { email } });
  const reset = (token: string, client = house.server.client()): Promise<Answer> =>
    client.post(`${API}/password-reset/confirm`, { json: { token, new_password: NEXT } });
  const askForAddress = (person: Person, email: string): Promise<Answer> =>
    person.client.post(`${API}/email/request`, { json: { email } });
  const confirmAddress = (client: Client, token: string): Promise<Answer> =>
    client.post(`${API}/email/confirm`, { json: { token } });
  const signedInLongAgo = (person: Person): Promise<string[][]> =>
    house.database.sql(`UPDATE auth_sessions SET created_at = '${moment(-700)}' WHERE ${whoseSessions(person)}`);

  test('a new password ends all other sessions and links, and is told by mail', async () => {
    const person = await newPerson(house.server);
    const other = await newToken(house.server, person.email);
    await askForReset(person.email);
    const link = await mailTo(sink, person.email, 2);
    expect((await change(person.client, 'wrong horse 7')).status).toBe(401);
    expect((await change(person.client, PASSWORD, 'short')).status).toBe(422);
    expect((await change(person.client, PASSWORD)).status).toBe(204);
    expect([await me(person.client), await me(house.server.client(), bearer(other))]).toEqual([200, 401]);
    expect((await person.client.post(`${API}/refresh`)).status).toBe(200);
    expect((await signIn(house.server.client(), person.email)).status).toBe(401);
    expect((await signIn(house.server.client(), person.email, NEXT)).status).toBe(200);
    expect((await mailTo(sink, person.email, 3)).headers.get('subject')).toContain('was changed');
    expect((await reset(link.token)).status).toBe(400);
  });

  test('a reset ends every session and a change of address that was under way', async () => {
    const person = await newPerson(house.server);
    const stolen = newEmail('thief');
    expect((await askForAddress(person, stolen)).status).toBe(202);
    const pending = await mailTo(sink, stolen);
    await askForReset(person.email);
    expect((await reset((await mailTo(sink, person.email, 2)).token)).status).toBe(200);
    expect(await me(person.client)).toBe(401);
    expect((await person.client.post(`${API}/refresh`)).status).toBe(401);
    await signIn(person.client, person.email, NEXT);
    expect((await confirmAddress(person.client, pending.token)).status).toBe(400);
    const now = (await person.client.get(`${API}/me`)).json();
    expect([now.email, Boolean(now.email_verified_at)]).toEqual([person.email, true]);
  });

  test('a link is good for its purpose, its person and its time', async () => {
    const person = await newPerson(house.server);
    const eve = await newPerson(house.server, 'eve');
    const verify = await mailTo(sink, person.email);
    expect((await reset(verify.token)).status).toBe(400);
    expect((await confirmAddress(person.client, verify.token)).status).toBe(400);
    const confirm = (client: Client): Promise<Answer> =>
      client.post(`${API}/verify-email/confirm`, { json: { token: verify.token } });
    expect([(await confirm(eve.client)).status, (await confirm(house.server.client())).status]).toEqual([400, 401]);
    for (const token of ['', 'x', '\u0000', 'é'.repeat(5000)]) expect((await reset(token)).status).toBe(400);
    await house.database.sql(`UPDATE one_time_tokens SET expires_at = '${moment(-1)}'`);
    expect((await confirm(person.client)).status).toBe(400);
  });

  test('an address changes once it is confirmed, and the old one is told', async () => {
    const person = await newPerson(house.server);
    const [first, second] = [newEmail('new'), newEmail('newer')];
    await askForReset(person.email);
    const old = await mailTo(sink, person.email, 2);
    await askForAddress(person, first);
    const given = await mailTo(sink, first);
    await askForAddress(person, second);
    const sent = await mailTo(sink, second);
    expect((await person.client.get(`${API}/me`)).json().email).toBe(person.email);
    expect((await confirmAddress(person.client, given.token)).status).toBe(400);
    const answers = await Promise.all(Array.from({ length: 20 }, () => confirmAddress(person.client, sent.token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 400)]);
    expect((await person.client.get(`${API}/me`)).json().email).toBe(second);
    expect((await mailTo(sink, person.email, 3)).headers.get('subject')).toContain('was changed');
    expect((await reset(old.token)).status).toBe(400);
    expect((await signIn(house.server.client(), second)).status).toBe(200);
    expect((await signIn(house.server.client(), person.email)).status).toBe(401);
  });

  test('an address that somebody else has taken meanwhile is 409', async () => {
    const person = await newPerson(house.server);
    const wanted = newEmail('wanted');
    await askForAddress(person, wanted);
    const { token } = await mailTo(sink, wanted);
    await register(house.server.client(), wanted.toUpperCase());
    expect((await confirmAddress(person.client, token)).status).toBe(409);
    expect((await askForAddress(person, wanted)).status).toBe(409);
    expect((await person.client.get(`${API}/me`)).json().email).toBe(person.email);
  });

  test('password, address and leaving need a recent sign-in', async () => {
    const person = await newPerson(house.server);
    await signedInLongAgo(person);
    for (const answer of [
      await change(person.client, PASSWORD),
      await askForAddress(person, newEmail()),
      await person.client.ask('DELETE', `${API}/me`),
      await person.client.ask('DELETE', '/auth/me'),
    ])
      expect([answer.status, answer.json().code]).toEqual([403, 'reauthentication_required']);
    await signIn(person.client, person.email);
    expect((await change(person.client, PASSWORD)).status).toBe(204);
  });

  test('leaving takes everything of the person along, and leaves the trail without them', async () => {
    const person = await newPerson(house.server);
    const other = await newToken(house.server, person.email);
    await askForReset(person.email);
    const link = await mailTo(sink, person.email, 2);
    const answer = await person.client.ask('DELETE', `${API}/me`);
    expect(answer.status).toBe(204);
    expect(person.client.jar.get('aegis_session')).toBeFalsy();
    expect(await me(house.server.client(), bearer(other))).toBe(401);
    expect((await reset(link.token)).status).toBe(400);
    expect(await house.database.dump()).not.toContain(person.email);
    expect(await house.database.sql("SELECT count(*) FROM auth_events WHERE kind = 'deleted'")).not.toEqual([['0']]);
    expect((await register(house.server.client(), person.email)).status).toBe(201);
  });

  test('an account without a password gets its first one by mail', async () => {
    const person = await newPerson(house.server);
    await house.database.sql(`UPDATE users SET password_hash = NULL WHERE email = '${person.email}'`);
    expect((await change(person.client, '')).status).toBe(401);
    await askForReset(person.email);
    expect((await reset((await mailTo(sink, person.email, 2)).token)).status).toBe(200);
    expect((await signIn(house.server.client(), person.email, NEXT)).status).toBe(200);
  });

  test('theft of a session is told by mail', async () => {
    const person = await newPerson(house.server);
    const token = held(person.client, 'aegis_refresh');
    await person.client.post(`${API}/refresh`);
    await house.database.sql(`UPDATE refresh_tokens SET rotated_at = '${moment(-60)}' WHERE rotated_at IS NOT NULL`);
    const thief = await house.server.client().post(`${API}/refresh`, cookie('aegis_refresh', token));
    expect(thief.status).toBe(401);
    expect((await mailTo(sink, person.email, 2)).headers.get('subject')).toContain('was ended');
  });

  test('11: whoever is locked out by strangers comes back in by mail', async () => {
    const limited = await openHouse(subject, 'limited', { ...sink.environment, ACCOUNT_FAILURES_PER_HOUR: '3' });
    const owner = limited.server.client('127.200.0.1');
    const email = newEmail('owner');
    await register(limited.server.client('127.200.0.2'), email);
    await mailTo(sink, email);
    for (let stranger = 3; stranger < 7; stranger += 1)
      await signIn(limited.server.client(`127.200.0.${stranger}`), email, 'wrong horse 7');
    expect((await signIn(owner, email)).status).toBe(429);
    expect((await owner.post(`${API}/password-reset/request`, { json: { email } })).status).toBe(202);
    expect((await reset((await mailTo(sink, email, 2)).token, owner)).status).toBe(200);
    expect((await signIn(owner, email, NEXT)).status).toBe(200);
    // Others still wait, and asking for mails without end is refused.
    expect((await signIn(limited.server.client('127.200.0.9'), email, NEXT)).status).toBe(429);
    const flood: number[] = [];
    for (let each = 0; each < 21; each += 1)
      flood.push(
        (await limited.server.client('127.200.0.8').post(`${API}/password-reset/request`, { json: { email } })).status,
      );
    expect([flood.slice(0, 20).every((status) => status === 202), flood[20]]).toEqual([true, 429]);
    expect(sink.to(email).length).toBeLessThanOrEqual(6);
    await limited.server.stop();
  });
}
