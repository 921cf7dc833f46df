/** Defects 6 and 8: rotation without false alarms, theft, the absolute limit, and what ends a session. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, Client } from '../../support/http.ts';
import type { Subject } from '../subject.ts';
import {
  API,
  bearer,
  cookie,
  type House,
  held,
  me,
  moment,
  newPerson,
  newToken,
  openDoor,
  openHouse,
  PASSWORD,
  type Person,
  signIn,
  whoseSessions,
} from './people.ts';

const REFRESH = 'aegis_refresh';

export function refresh(subject: Subject): void {
  let house: House;
  beforeAll(async () => {
    house = await openHouse(subject, 'unlimited');
  });
  afterAll(() => house?.server.stop());

  /** Shows a refresh token, with no other cookie. */
  const show = (token: string, client: Client = house.server.client()): Promise<Answer> =>
    client.post(`${API}/refresh`, cookie(REFRESH, token));
  const given = (answer: Answer, name: string): string | undefined =>
    answer.cookies.find((one) => one.name === name)?.value;
  /** As if it had been rotated a while ago. */
  const rotatedLongAgo = (person: Person): Promise<string[][]> =>
    house.database.sql(
      `UPDATE refresh_tokens SET rotated_at = '${moment(-60)}' WHERE rotated_at IS NOT NULL AND session_id IN (SELECT id FROM auth_sessions WHERE ${whoseSessions(person)})`,
    );
  const thefts = (person: Person): Promise<string[][]> =>
    house.database.sql(`SELECT count(*) FROM auth_events WHERE kind = 'refresh_reused' AND ${whoseSessions(person)}`);

  test('rotates both cookies, and hands no token to a script', async () => {
    const person = await newPerson(house.server);
    const [session, token] = [held(person.client, 'aegis_session'), held(person.client, REFRESH)];
    const answer = await person.client.post(`${API}/refresh`);
    expect(answer.status).toBe(200);
    expect([held(person.client, 'aegis_session') === session, held(person.client, REFRESH) === token]).toEqual([
      false,
      false,
    ]);
    expect(Object.keys(answer.json())).toEqual(['expires_in']);
    expect(answer.headers['cache-control']).toContain('no-store');
    expect(await me(person.client)).toBe(200);
  });

  describe.each([1, 2])('with %i process(es)', (processes) => {
    test('6: twenty refreshes of one token at once get one and the same successor', async () => {
      const doors = [house.server];
      if (processes > 1) doors.push(await openDoor(subject, house, { RATE_LIMIT_ENABLED: 'false' }));
      const person = await newPerson(house.server);
      const token = held(person.client, REFRESH);
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => show(token, (doors[index % doors.length] ?? house.server).client())),
      );
      expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 20 }, () => 200));
      expect(new Set(answers.map((answer) => given(answer, REFRESH))).size).toBe(1);
      for (const answer of answers) expect(answer.cookies.some((one) => one.attributes['max-age'] === '0')).toBe(false);
      const successor = given(answers[0] as Answer, REFRESH) ?? '';
      expect((await show(successor)).status).toBe(200);
      expect(await thefts(person)).toEqual([['0']]);
      await doors[1]?.stop();
    });
  });

  test('6: a second tab that shows the old token within the window loses nothing', async () => {
    const person = await newPerson(house.server);
    const token = held(person.client, REFRESH);
    const [first, second] = [await show(token), await show(token)];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(given(second, REFRESH)).toBe(given(first, REFRESH));
  });

  test('6: once the successor was used, the old token is theft: the family dies', async () => {
    const person = await newPerson(house.server);
    const stolen = held(person.client, REFRESH);
    await person.client.post(`${API}/refresh`);
    const used = held(person.client, REFRESH);
    await person.client.post(`${API}/refresh`);
    const latest = held(person.client, REFRESH);
    const access = held(person.client, 'aegis_session');
    const other = await newToken(house.server, person.email);

    const theft = await show(stolen);
    expect(theft.status).toBe(401);
    for (const name of ['aegis_session', REFRESH, 'aegis_signed_in']) {
      expect(theft.cookies.find((one) => one.name === name)?.attributes['max-age'], name).toBe('0');
    }
    for (const token of [latest, used, stolen]) expect((await show(token)).status).toBe(401);
    expect(await me(house.server.client(), bearer(access))).toBe(401);
    expect(await me(house.server.client(), bearer(other))).toBe(200);
    expect(await thefts(person)).toEqual([['1']]);
  });

  test('6: shown after the window it is theft, though nobody used the successor', async () => {
    const person = await newPerson(house.server);
    const old = held(person.client, REFRESH);
    await person.client.post(`${API}/refresh`);
    const successor = held(person.client, REFRESH);
    await rotatedLongAgo(person);
    expect((await show(old)).status).toBe(401);
    expect((await show(successor)).status).toBe(401);
    expect(await thefts(person)).toEqual([['1']]);
  });

  test('6: a window of 0 is strict', async () => {
    const strict = await openDoor(subject, house, { RATE_LIMIT_ENABLED: 'false', REFRESH_REUSE_WINDOW_SECONDS: '0' });
    const person = await newPerson(strict);
    const token = held(person.client, REFRESH);
    const answers = await Promise.all(Array.from({ length: 6 }, () => show(token, strict.client())));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 401, 401, 401, 401, 401]);
    const successor = given(answers.find((answer) => answer.status === 200) as Answer, REFRESH) ?? '';
    expect((await show(successor, strict.client())).status).toBe(401);
    await strict.stop();
  });

  test('6: nonsense, an access token and a stranger are no refresh token, and end nobody', async () => {
    const person = await newPerson(house.server);
    for (const token of [
      'nonsense',
      held(person.client, 'aegis_session'),
      'é'.normalize('NFD').charCodeAt(0).toString(),
      'x'.repeat(5000),
    ]) {
      expect((await show(token)).status).toBe(401);
    }
    expect((await house.server.client().post(`${API}/refresh`)).status).toBe(401);
    expect(
      (await house.server.client().post(`${API}/refresh`, { json: { refresh_token: held(person.client, REFRESH) } }))
        .status,
    ).toBe(401);
    expect(
      (await house.server.client().get(`${API}/refresh`, cookie(REFRESH, held(person.client, REFRESH)))).status,
    ).toBe(405);
    expect(await me(person.client)).toBe(200);
  });

  test('8: past the absolute limit a session cannot be prolonged, and is over', async () => {
    const person = await newPerson(house.server);
    await house.database.sql(
      `UPDATE auth_sessions SET created_at = '${moment(-91 * 86_400)}' WHERE ${whoseSessions(person)}`,
    );
    expect(await me(person.client)).toBe(401);
    expect((await person.client.post(`${API}/refresh`)).status).toBe(401);
    expect(person.client.jar.names).not.toContain(REFRESH);
  });

  test('8: a refresh never reaches past the absolute limit', async () => {
    const person = await newPerson(house.server);
    await house.database.sql(
      `UPDATE auth_sessions SET created_at = '${moment(-89.5 * 86_400)}' WHERE ${whoseSessions(person)}`,
    );
    const answer = await person.client.post(`${API}/refresh`);
    expect(answer.status).toBe(200);
    const seconds = Number(answer.cookies.find((one) => one.name === REFRESH)?.attributes['max-age']);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(86_400 / 2);
  });

  test('8: a session nobody used for its time is over', async () => {
    const person = await newPerson(house.server);
    await house.database.sql(`UPDATE auth_sessions SET expires_at = '${moment(-1)}' WHERE ${whoseSessions(person)}`);
    expect((await person.client.post(`${API}/refresh`)).status).toBe(401);
  });

  test('8: logout ends the access token too, with whatever it is asked by', async () => {
    for (const by of ['cookies', 'bearer', 'refresh cookie alone'] as const) {
      const person = await newPerson(house.server);
      const [access, token] = [held(person.client, 'aegis_session'), held(person.client, REFRESH)];
      const how = by === 'bearer' ? bearer(access) : by === 'cookies' ? {} : cookie(REFRESH, token);
      const answer = await (by === 'cookies' ? person.client : house.server.client()).post(`${API}/logout`, how);
      expect([by, answer.status]).toEqual([by, 204]);
      expect(await me(house.server.client(), bearer(access)), by).toBe(401);
      expect((await show(token)).status, by).toBe(401);
    }
    const person = await newPerson(house.server);
    await person.client.post(`${API}/logout`);
    expect(
      person.client.jar.names.filter((name) => ['aegis_session', REFRESH, 'aegis_signed_in'].includes(name)),
    ).toEqual([]);
    expect((await house.server.client().post(`${API}/logout`)).status).toBe(204);
  });

  test('8: a disabled user is out at once, by every door', async () => {
    const person = await newPerson(house.server);
    const token = await newToken(house.server, person.email);
    await subject.project.mustCommand('app', ['auth', 'deactivate', person.email], {
      env: { DATABASE_URL: house.database.url },
    });
    expect(await me(person.client)).toBe(401);
    expect(await me(house.server.client(), bearer(token))).toBe(401);
    expect((await person.client.post(`${API}/refresh`)).status).toBe(401);
    expect((await signIn(house.server.client(), person.email, PASSWORD)).status).toBe(401);
  });

  test('sessions are listed and ended one by one, and all at once only by a recent sign-in', async () => {
    const person = await newPerson(house.server);
    const second = house.server.client();
    await signIn(second, person.email);
    const listed = (await person.client.get(`${API}/sessions`)).json() as { id: string; current: boolean }[];
    expect(listed.map((session) => session.current).sort()).toEqual([false, true]);
    const other = listed.find((session) => !session.current);
    await house.database.sql(`UPDATE auth_sessions SET created_at = '${moment(-700)}' WHERE ${whoseSessions(person)}`);
    const stale = await person.client.ask('DELETE', `${API}/sessions/${other?.id}`);
    expect([stale.status, stale.json().code]).toEqual([403, 'reauthentication_required']);
    expect((await person.client.ask('DELETE', `${API}/sessions`)).status).toBe(403);
    expect(await me(second)).toBe(200);
    await signIn(person.client, person.email);
    expect((await person.client.ask('DELETE', `${API}/sessions/${other?.id}`)).status).toBe(204);
    expect(await me(second)).toBe(401);
    expect((await person.client.ask('DELETE', `${API}/sessions`)).status).toBe(204);
    expect(await me(person.client)).toBe(401);
  });
}
