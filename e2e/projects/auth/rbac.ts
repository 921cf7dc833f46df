/** Level rbac: defect 3 among admins and ordinary users, the last admin, and the trail. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, Client } from '../../support/http.ts';
import type { Subject } from '../subject.ts';
import { promote, setRole, USERS } from './admins.ts';
import {
  API,
  bearer,
  type House,
  me,
  moment,
  newPerson,
  newToken,
  openHouse,
  type Person,
  signIn,
  whoseSessions,
} from './people.ts';

const AUDIT = '/api/v1/audit';

export function rbac(subject: Subject): void {
  let house: House;
  beforeAll(async () => {
    house = await openHouse(subject, 'unlimited');
  });
  afterAll(() => house?.server.stop());

  const newAdmin = async (name: string): Promise<Person> => {
    const person = await newPerson(house.server, name);
    await setRole(house, person, 'admin');
    return person;
  };
  const everyAct = (client: Client, id: string): Promise<Answer>[] => [
    client.get(USERS),
    client.get(`${USERS}/${id}`),
    client.ask('PATCH', `${USERS}/${id}`, { json: { full_name: 'Taken Over' } }),
    client.ask('PUT', `${USERS}/${id}/role`, { json: { role: 'admin' } }),
    client.post(`${USERS}/${id}/deactivate`),
    client.post(`${USERS}/${id}/activate`),
    client.ask('DELETE', `${USERS}/${id}`),
    client.get(AUDIT),
  ];

  test('3: nobody and no ordinary user lists, reads, changes or deletes another', async () => {
    const [ada, eve] = [await newPerson(house.server, 'ada'), await newPerson(house.server, 'eve')];
    const before = (await ada.client.get(`${API}/me`)).json();
    for (const [client, status] of [
      [house.server.client(), 401],
      [eve.client, 403],
    ] as const) {
      const answers = await Promise.all(everyAct(client, ada.id));
      expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => status));
      for (const { text } of answers) expect(text).not.toContain(ada.email);
    }
    // Nor can they make themselves more, by whatever they say.
    await eve.client.ask('PATCH', `${API}/me`, { json: { full_name: 'Eve', role: 'admin', is_admin: true } });
    expect((await eve.client.ask('PUT', `${USERS}/${eve.id}/role`, { json: { role: 'admin' } })).status).toBe(403);
    expect((await eve.client.get(USERS)).status).toBe(403);
    expect((await ada.client.get(`${API}/me`)).json()).toEqual(before);
  });

  test('12: an admin is made on the command line, and ends by it', async () => {
    const person = await newPerson(house.server, 'root');
    const other = await newAdmin('other');
    expect((await person.client.get(USERS)).status).toBe(403);
    await promote(subject, house, person);
    const listed = await person.client.get(`${USERS}?search=${encodeURIComponent(other.email)}`);
    expect(listed.json()).toMatchObject({ total: 1, items: [{ id: other.id, role: 'admin' }] });
    expect(listed.text).not.toMatch(/hash|argon2|token/i);
    await promote(subject, house, person, 'user');
    expect((await person.client.get(USERS)).status).toBe(403);
    const env = { DATABASE_URL: house.database.url };
    const list = await subject.project.mustCommand('app', ['auth', 'list-users', '--json'], { env });
    const roles = (JSON.parse(list.stdout) as { id: string; role: string }[]).filter(({ id }) => id === other.id);
    expect(roles).toMatchObject([{ role: 'admin' }]);
  });

  test('switching an account off ends its sessions and tokens at once', async () => {
    const [admin, eve] = [await newAdmin('admin'), await newPerson(house.server, 'eve')];
    const token = await newToken(house.server, eve.email);
    expect((await admin.client.post(`${USERS}/${eve.id}/deactivate`)).json()).toMatchObject({ is_active: false });
    expect(await me(eve.client)).toBe(401);
    expect(await me(house.server.client(), bearer(token))).toBe(401);
    expect((await eve.client.post(`${API}/refresh`)).status).toBe(401);
    expect((await signIn(house.server.client(), eve.email)).status).toBe(401);
    expect((await admin.client.post(`${USERS}/${eve.id}/activate`)).status).toBe(200);
    expect(await me(house.server.client(), bearer(token))).toBe(401);
    expect((await signIn(house.server.client(), eve.email)).status).toBe(200);
  });

  test('roles and deletion ask for a sign-in not older than ten minutes', async () => {
    const [admin, eve] = [await newAdmin('admin'), await newPerson(house.server, 'eve')];
    await house.database.sql(
      `UPDATE auth_sessions SET created_at = '${moment(-11 * 60)}' WHERE ${whoseSessions(admin)}`,
    );
    const acts = [
      admin.client.ask('PUT', `${USERS}/${eve.id}/role`, { json: { role: 'admin' } }),
      admin.client.ask('DELETE', `${USERS}/${eve.id}`),
    ];
    for (const answer of await Promise.all(acts)) {
      expect(answer.status).toBe(403);
      expect(answer.json().code).toBe('reauthentication_required');
    }
    await signIn(admin.client, admin.email);
    expect((await admin.client.ask('DELETE', `${USERS}/${eve.id}`)).status).toBe(204);
    expect(await me(eve.client)).toBe(401);
  });

  test('the trail says who did what to whom, when, and from where', async () => {
    const [admin, eve] = [await newAdmin('admin'), await newPerson(house.server, 'eve')];
    const before = Date.now();
    await signIn(house.server.client('127.0.0.3'), eve.email);
    await admin.client.ask('PUT', `${USERS}/${eve.id}/role`, { json: { role: 'admin' } });
    await admin.client.ask('DELETE', `${USERS}/${eve.id}`);
    const { items } = (await admin.client.get(`${AUDIT}?user=${eve.id}`)).json();
    const [deleted, changed, signedIn] = items;
    expect(deleted).toMatchObject({ kind: 'deleted', user_id: eve.id, actor_id: admin.id, actor_email: admin.email });
    expect(changed).toMatchObject({ kind: 'role_changed', detail: 'admin', address: '127.0.0.1' });
    expect(signedIn).toMatchObject({ kind: 'signed_in', user_id: eve.id, actor_id: null, address: '127.0.0.3' });
    expect(Date.parse(signedIn.at)).toBeGreaterThan(before - 2000);
  });

  describe('of admins who leave at the same moment', () => {
    const ways: Record<string, (client: Client, id: string) => Promise<Answer>> = {
      'by demotion': (client, id) => client.ask('PUT', `${USERS}/${id}/role`, { json: { role: 'user' } }),
      'by deactivation': (client, id) => client.post(`${USERS}/${id}/deactivate`),
      'by deletion': (client, id) => client.ask('DELETE', `${USERS}/${id}`),
      'by their own wish': (client) => client.ask('DELETE', `${API}/me`),
    };
    test.each(Object.keys(ways))('one stays: %s', async (way) => {
      const alone = await openHouse(subject, 'unlimited');
      for (let round = 0; round < 3; round += 1) {
        await alone.database.sql('DELETE FROM users');
        const admins: Person[] = [];
        for (let index = 0; index < 4; index += 1) {
          const admin = await newPerson(alone.server, 'admin');
          await setRole(alone, admin, 'admin');
          admins.push(admin);
        }
        // In a ring: each sends the next one away.
        const answers = await Promise.all(
          admins.map((admin, index) => {
            const target = way === 'by their own wish' ? admin : (admins[(index + 1) % 4] as Person);
            return ways[way]?.(admin.client, target.id) as Promise<Answer>;
          }),
        );
        const statuses = answers.map(({ status }) => status);
        for (const status of statuses) expect([200, 204, 401, 403, 409]).toContain(status);
        const left = await alone.database.sql(
          "SELECT count(*) FROM user_roles JOIN users ON users.id = user_id WHERE role = 'admin' AND is_active",
        );
        const gone = statuses.filter((status) => status < 300).length;
        expect(left).toEqual([[String(4 - gone)]]);
        expect(gone).toBeLessThan(4);
      }
      await alone.server.stop();
    });
  });
}
