/** Defects 3, 7 and 12: who can see whom, what is stored, and registering at the same moment. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Subject } from '../subject.ts';
import {
  API,
  bearer,
  type House,
  held,
  me,
  newEmail,
  newPerson,
  newToken,
  openHouse,
  PASSWORD,
  register,
  SECRET,
  signIn,
} from './people.ts';

export function registration(subject: Subject): void {
  let house: House;
  beforeAll(async () => {
    house = await openHouse(subject, 'unlimited');
  });
  afterAll(() => house?.server.stop());

  test('12: two first registrations at once make two equal people', async () => {
    const empty = await openHouse(subject, 'unlimited');
    const answers = await Promise.all(
      [1, 2].map((number) => register(empty.server.client(), `first${number}@example.com`)),
    );
    expect(answers.map((answer) => answer.status)).toEqual([201, 201]);
    const [one, other] = answers.map((answer) =>
      Object.entries(answer.json()).filter(([key]) => !['id', 'email', 'created_at'].includes(key)),
    );
    expect(one).toEqual(other);
    for (const answer of answers) expect(answer.text).not.toMatch(/admin|"role"/i);
    await empty.server.stop();
  });

  test('12: of twelve registrations of one address at once, in any case of letters, one is taken', async () => {
    const email = newEmail('Twelve.Times');
    const spellings = Array.from({ length: 12 }, (_, index) =>
      index % 3 === 0 ? email : index % 3 === 1 ? email.toUpperCase() : email.toLowerCase(),
    );
    const answers = await Promise.all(spellings.map((spelling) => register(house.server.client(), spelling)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, ...Array.from({ length: 11 }, () => 409)]);
    expect(
      await house.database.sql(`SELECT count(*) FROM users WHERE lower(email) = '${email.toLowerCase()}'`),
    ).toEqual([['1']]);
    for (const spelling of [email.toUpperCase(), email.toLowerCase()]) {
      expect((await signIn(house.server.client(), spelling)).status).toBe(200);
    }
  });

  test('12: nothing said at registration makes anybody more than that', async () => {
    const email = newEmail();
    const claims = {
      is_admin: true,
      is_superuser: true,
      role: 'admin',
      is_active: false,
      id: '00000000-0000-4000-8000-000000000001',
    };
    const answer = await house.server
      .client()
      .post(`${API}/register`, { json: { email, password: PASSWORD, ...claims } });
    expect([201, 422]).toContain(answer.status);
    if (answer.status === 201) {
      expect(answer.json().id).not.toBe(claims.id);
      expect(answer.json().is_active).toBe(true);
      expect(answer.text).not.toMatch(/admin/);
    }
  });

  test('3: nobody can list, read, change or delete another', async () => {
    const [ada, bob] = [await newPerson(house.server, 'ada'), await newPerson(house.server, 'bob')];
    const bobsSessions = (await bob.client.get(`${API}/sessions`)).json() as { id: string }[];
    expect(bobsSessions.length).toBe(1);
    const [theirs] = bobsSessions;

    const seen = await ada.client.get(`${API}/sessions`);
    expect(seen.text).not.toContain(theirs?.id);
    const foreign = await ada.client.ask('DELETE', `${API}/sessions/${theirs?.id}`);
    const unknown = await ada.client.ask('DELETE', `${API}/sessions/11111111-1111-4111-8111-111111111111`);
    expect([foreign.status, foreign.text]).toEqual([404, unknown.text]);
    expect(await me(bob.client)).toBe(200);

    const changed = await ada.client.ask('PATCH', `${API}/me`, {
      json: { full_name: 'Ada', email: bob.email, id: bob.id, user_id: bob.id },
    });
    expect([200, 422]).toContain(changed.status);
    const bobNow = (await bob.client.get(`${API}/me`)).json();
    expect([bobNow.email, bobNow.full_name]).toEqual([bob.email, '']);

    for (const who of [ada.client, house.server.client()]) {
      for (const path of [
        '/api/v1/users',
        `/api/v1/users/${bob.id}`,
        '/users',
        `${API}/users`,
        `${API}/users/${bob.id}`,
        `${API}/me/${bob.id}`,
      ]) {
        for (const method of ['GET', 'POST', 'PATCH', 'PUT', 'DELETE']) {
          const answer = await who.ask(method, path, method === 'GET' ? {} : { json: {} });
          expect(
            [401, 403, 404, 405].includes(answer.status) || (path === '/users' && !answer.text.includes(bob.email)),
            `${method} ${path}: ${answer.status}`,
          ).toBe(true);
          expect(answer.text).not.toContain(bob.email);
        }
      }
    }
    await ada.client.ask('DELETE', `${API}/sessions`);
    expect(await me(bob.client)).toBe(200);
  });

  test('7: nothing that opens a door stands in the database', async () => {
    const person = await newPerson(house.server);
    const secrets = [
      PASSWORD,
      SECRET,
      held(person.client, 'aegis_session'),
      held(person.client, 'aegis_refresh'),
      held(person.client, 'aegis_device'),
    ];
    await person.client.post(`${API}/refresh`);
    secrets.push(
      held(person.client, 'aegis_session'),
      held(person.client, 'aegis_refresh'),
      await newToken(house.server, person.email),
    );
    const [ticket = ''] = await newTickets(subject, house, person.email, 'nonce-of-the-browser-0123456789', 1);
    secrets.push(ticket, 'nonce-of-the-browser-0123456789');
    await signIn(house.server.client(), person.email, 'typed-into-the-wrong-field-8');
    await signIn(house.server.client(), 'typed-as-an-address-9', PASSWORD);
    secrets.push('typed-into-the-wrong-field-8', 'typed-as-an-address-9');
    const stored = await house.database.dump();
    expect(stored).toContain(person.email);
    for (const secret of secrets) {
      expect(stored.includes(secret), `${secret.slice(0, 12)}… is stored`).toBe(false);
      // Nor in the parts it is made of, or as bytes.
      for (const part of secret.split('.').filter((piece) => piece.length > 30)) expect(stored).not.toContain(part);
      expect(stored.toLowerCase()).not.toContain(Buffer.from(secret).toString('hex'));
    }
    expect(house.server.output).not.toMatch(
      new RegExp([PASSWORD, SECRET, ticket].map((text) => text.replace(/[^\w ]/g, '.')).join('|')),
    );
  });

  test('a ticket works once, for the browser it was made for, and for half a minute', async () => {
    const person = await newPerson(house.server);
    const nonce = 'nonce-of-one-browser-0123456789ab';
    const swap = (ticket: string, with_: string, next = '/app') => {
      const browser = house.server.client();
      browser.jar.set('aegis_nonce', with_);
      return browser.get(`${API}/session?ticket=${ticket}&next=${encodeURIComponent(next)}`);
    };
    const [ticket = '', many = '', late = ''] = await newTickets(subject, house, person.email, nonce, 3);
    expect((await swap(ticket, 'nonce-of-another-browser-012345678')).status).toBe(401);
    expect((await house.server.client().get(`${API}/session?ticket=${ticket}`)).status).toBe(401);
    const taken = await swap(ticket, nonce, '/app?tab=2');
    expect([taken.status, taken.headers.location]).toEqual([303, '/app?tab=2']);
    expect(taken.cookies.map((cookie) => cookie.name)).toEqual(
      expect.arrayContaining(['aegis_session', 'aegis_refresh', 'aegis_signed_in']),
    );
    expect((await swap(ticket, nonce)).status).toBe(401);

    const race = await Promise.all(Array.from({ length: 8 }, () => swap(many, nonce)));
    expect(race.map((answer) => answer.status).sort()).toEqual([303, ...Array.from({ length: 7 }, () => 401)]);

    await house.database.sql("UPDATE sign_in_tickets SET expires_at = '2020-01-01 00:00:00.000000'");
    expect((await swap(late, nonce)).status).toBe(401);
  });

  test('10: a ticket leads to no other site, however that is written', async () => {
    const elsewhere = [
      '//evil.example',
      '/\\evil.example',
      '\\\\evil.example',
      'https://evil.example',
      '/%2fevil.example',
      '/%252fevil.example',
      '/%5cevil.example',
      '/\tevil.example',
      '//',
      'javascript:alert(1)',
      '/a\r\nSet-Cookie: x=1',
      '/@evil.example/..//x',
    ];
    const nonce = 'nonce-of-one-browser-0123456789ab';
    const person = await newPerson(house.server);
    const tickets = await newTickets(subject, house, person.email, nonce, elsewhere.length);
    for (const [index, next] of elsewhere.entries()) {
      const browser = house.server.client();
      browser.jar.set('aegis_nonce', nonce);
      const answer = await browser.get(`${API}/session?ticket=${tickets[index]}&next=${encodeURIComponent(next)}`);
      const location = String(answer.headers.location);
      expect([next, answer.status]).toEqual([next, 303]);
      expect(location).toMatch(/^\/(?![/\\])/);
      for (const read of [location, decodeURIComponent(location), decodeURIComponent(decodeURIComponent(location))]) {
        expect(new URL(read, house.server.base).origin, `${next} led to ${location}`).toBe(house.server.base);
      }
      expect(answer.headers['set-cookie']?.join()).not.toContain('x=1');
    }
  });

  test('a token in the header is judged by itself, whatever cookie comes after it', async () => {
    const person = await newPerson(house.server);
    expect(await me(person.client)).toBe(200);
    for (const header of ['Bearer nonsense', 'Bearer ', 'Basic YTpi', 'bearer', 'Bearer a.b.c']) {
      expect(await me(person.client, { headers: { authorization: header } }), header).toBe(401);
    }
    const other = await newPerson(house.server);
    const answer = await person.client.get(`${API}/me`, { ...bearer(await newToken(house.server, other.email)) });
    expect(answer.json().email).toBe(other.email);
  });
}

/** Tickets as the sign-in page makes them; only the page's own process can. */
async function newTickets(
  subject: Subject,
  house: House,
  email: string,
  nonce: string,
  count: number,
): Promise<string[]> {
  const { stdout } = await subject.project.must('python', ['-c', MAKE_TICKETS, email, PASSWORD, nonce, String(count)], {
    env: {
      DATABASE_URL: house.database.url,
      JWT_SECRET_KEY: SECRET,
      RATE_LIMIT_ENABLED: 'false',
      PASSWORD_HASH_MEMORY_KIB: '8',
      PASSWORD_HASH_TIME_COST: '1',
    },
  });
  return stdout.trim().split('\n').slice(-count);
}

const MAKE_TICKETS = `
import sys
from app.core.db import run_in_session
from app.services.auth import Client, make_ticket, sign_in

email, password, nonce, count = sys.argv[1:]

async def work(session):
    who = await sign_in(session, email=email, password=password, client=Client(address="127.0.0.1", user_agent="page"))
    return [await make_ticket(session, who, nonce) for _ in range(int(count))]

print("\\n".join(run_in_session(work)))
`;
