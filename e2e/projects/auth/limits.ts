/** Defect 11: limits and lock-outs in the database, shared by processes, that no header gets around. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from '../../support/http.ts';
import type { Server } from '../project.ts';
import type { Subject } from '../subject.ts';
import { API, type House, me, moment, newEmail, openDoor, openHouse, PASSWORD, register, signIn } from './people.ts';

export function limits(subject: Subject): void {
  let house: House;
  /** Two processes on one database: what one counts, the other knows. */
  let doors: readonly Server[];
  beforeAll(async () => {
    house = await openHouse(subject, 'limited');
    doors = [house.server, await openDoor(subject, house)];
  });
  afterAll(async () => {
    for (const door of doors ?? []) await door.stop();
  });

  const door = (index: number): Server => doors[index % doors.length] ?? house.server;
  /** Every wait is over and every window begins anew. */
  const timePasses = async (): Promise<void> => {
    await house.database.sql(`UPDATE auth_limits SET blocked_until = '${moment(-1)}', forget_at = '${moment(-1)}'`);
  };
  /** The wait that a lock-out asked for is over; what it counted is not. */
  const waitIsOver = async (): Promise<void> => {
    await house.database.sql(`UPDATE auth_limits SET blocked_until = '${moment(-1)}'`);
  };
  const retryAfter = (answer: Answer): number => Number(answer.headers['retry-after']);
  /** Each test its own addresses, so that none meets what another left. */
  let network = 1;
  const address = (host: number): string => `127.${network}.0.${host}`;
  const elsewhere = (): void => {
    network += 1;
  };
  const someone = async (): Promise<string> => {
    elsewhere();
    const email = newEmail();
    expect((await register(house.server.client(address(250)), email)).status).toBe(201);
    return email;
  };

  test('11: ten sign-ins a minute from one address, counted over both processes', async () => {
    const email = await someone();
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 10; attempt += 1)
      statuses.push((await signIn(door(attempt).client(address(1)), email)).status);
    expect(statuses).toEqual(Array.from({ length: 10 }, () => 200));
    for (const each of doors) {
      const refused = await signIn(each.client(address(1)), email);
      expect(refused.status).toBe(429);
      expect(retryAfter(refused)).toBeGreaterThanOrEqual(1);
      expect(retryAfter(refused)).toBeLessThanOrEqual(60);
    }
    const form = await door(0)
      .client(address(1))
      .post(`${API}/token`, { form: { username: email, password: PASSWORD } });
    expect(form.status).toBe(429);
    expect((await signIn(door(0).client(address(2)), email)).status).toBe(200);
    await timePasses();
    expect((await signIn(door(1).client(address(1)), email)).status).toBe(200);
  });

  test('11: forty at once are ten, whatever they say of where they come from', async () => {
    await someone();
    const forged = (index: number): Record<string, string> => ({
      'x-forwarded-for': `203.0.113.${index}`,
      'x-real-ip': `203.0.113.${index}`,
      'x-client-ip': `203.0.113.${index}`,
      forwarded: `for=203.0.113.${index}`,
      'cf-connecting-ip': `203.0.113.${index}`,
      'true-client-ip': `203.0.113.${index}`,
    });
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        signIn(door(index).client(address(3)), `unknown${index}.${network}@example.com`, PASSWORD, {
          headers: forged(index),
        }),
      ),
    );
    const statuses = answers.map((answer) => answer.status);
    expect([
      statuses.filter((status) => status === 401).length,
      statuses.filter((status) => status === 429).length,
    ]).toEqual([10, 30]);
    for (const answer of answers.filter(({ status }) => status === 429))
      expect(retryAfter(answer)).toBeGreaterThanOrEqual(1);
  });

  test('11: a trusted proxy is believed, its last word only', async () => {
    const behind = await openDoor(subject, house, { TRUSTED_PROXIES: '127.0.0.0/8' });
    elsewhere();
    const from = (hops: string) => ({ headers: { 'x-forwarded-for': hops } });
    for (let attempt = 0; attempt < 10; attempt += 1) {
      expect(
        (
          await signIn(
            behind.client(address(4)),
            `u${attempt}.${network}@example.com`,
            PASSWORD,
            from(`198.51.100.${attempt}, 203.0.113.50`),
          )
        ).status,
      ).toBe(401);
    }
    expect(
      (
        await signIn(
          behind.client(address(4)),
          `u.${network}@example.com`,
          PASSWORD,
          from('198.51.100.99, 203.0.113.50'),
        )
      ).status,
    ).toBe(429);
    expect(
      (await signIn(behind.client(address(4)), `u.${network}@example.com`, PASSWORD, from('203.0.113.51'))).status,
    ).toBe(401);
    await behind.stop();
  });

  test('11: five failures lock one account for one address, right password or not, for a minute, then longer', async () => {
    const email = await someone();
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect((await signIn(door(attempt).client(address(5)), email, 'wrong horse 7')).status).toBe(401);
    for (const each of doors) {
      expect((await signIn(each.client(address(5)), email)).status).toBe(429);
      expect((await signIn(each.client(address(6)), email)).status).toBe(200);
    }
    const waits = [60, 120, 240, 480, 900, 900];
    for (const [step, seconds] of waits.entries()) {
      await waitIsOver();
      await house.database.sql("DELETE FROM auth_limits WHERE key LIKE 'sign-in:%'");
      expect((await signIn(door(step).client(address(5)), email, 'wrong horse 7')).status, `after ${step} waits`).toBe(
        401,
      );
      const locked = await signIn(door(step + 1).client(address(5)), email);
      expect(locked.status).toBe(429);
      expect(retryAfter(locked)).toBeGreaterThanOrEqual(1);
      // One wrong answer more, one step further.
      expect(retryAfter(locked)).toBeLessThanOrEqual(waits[step + 1] ?? seconds);
    }
    await waitIsOver();
    expect((await signIn(door(0).client(address(5)), email)).status).toBe(200);
  });

  test('11: a lock-out tells nothing of whether there is an account, and outlives a restart', async () => {
    const email = await someone();
    const unknown = newEmail('unknown');
    const answers: Answer[] = [];
    for (const who of [email, unknown]) {
      for (let attempt = 0; attempt < 5; attempt += 1)
        await signIn(door(attempt).client(address(who === email ? 7 : 8)), who, 'wrong horse 7');
      answers.push(await signIn(door(0).client(address(who === email ? 7 : 8)), who));
    }
    expect(answers.map((answer) => answer.status)).toEqual([429, 429]);
    expect(answers[0]?.text).toBe(answers[1]?.text);
    const fresh = await openDoor(subject, house);
    expect((await signIn(fresh.client(address(7)), email)).status).toBe(429);
    await fresh.stop();
  });

  test('11: a hundred failures an hour from strangers shut strangers out, and never the owner', async () => {
    const email = await someone();
    const owner = house.server.client(address(9));
    expect((await signIn(owner, email)).status).toBe(200);
    expect(owner.jar.names).toContain('aegis_device');
    for (let stranger = 0; stranger < 25; stranger += 1) {
      const failures = await Promise.all(
        Array.from({ length: 4 }, (_, attempt) =>
          signIn(door(attempt).client(address(20 + stranger)), email, 'wrong horse 7'),
        ),
      );
      expect(failures.map((answer) => answer.status)).toEqual([401, 401, 401, 401]);
    }
    const stranger = await signIn(door(0).client(address(60)), email);
    expect(stranger.status).toBe(429);
    expect(retryAfter(stranger)).toBeLessThanOrEqual(3600);
    expect((await signIn(owner, email)).status).toBe(200);
    const thief = door(1).client(address(61));
    thief.jar.set('aegis_device', 'x'.repeat(40));
    expect((await signIn(thief, email)).status).toBe(429);
  });

  test('11: the device of one account is nobody on another', async () => {
    const [email, victim] = [await someone(), newEmail('victim')];
    expect((await register(house.server.client(address(251)), victim)).status).toBe(201);
    const known = house.server.client(address(10));
    await signIn(known, email);
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect((await signIn(known, victim, 'wrong horse 7')).status).toBe(401);
    expect((await signIn(known, victim)).status).toBe(429);
  });

  test('11: registrations are limited as well', async () => {
    elsewhere();
    const few = await openDoor(subject, house, { REGISTRATIONS_PER_HOUR: '3' });
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 5; attempt += 1)
      statuses.push((await register(few.client(address(11)), newEmail())).status);
    expect(statuses).toEqual([201, 201, 201, 429, 429]);
    await few.stop();
  });

  test('11: being limited signs nobody out', async () => {
    const email = await someone();
    const client = house.server.client(address(12));
    await signIn(client, email);
    for (let attempt = 0; attempt < 12; attempt += 1)
      await signIn(house.server.client(address(12)), email, 'wrong horse 7');
    expect(await me(client)).toBe(200);
    expect((await client.post(`${API}/refresh`)).status).toBe(200);
  });
}

/** The store is PostgreSQL here: while it is down nobody can be counted, so nobody is let in. */
export function limitsWithoutStore(subject: Subject): void {
  test('11: while the store is down, signing in is refused with 503', async () => {
    const house = await openHouse(subject, 'limited');
    const email = newEmail();
    expect((await register(house.server.client(), email)).status).toBe(201);
    await subject.postgres.stop();
    try {
      for (const answer of [
        await signIn(house.server.client(), email),
        await register(house.server.client(), newEmail()),
      ]) {
        expect([answer.status, answer.json().code]).toEqual([503, 'store_unavailable']);
        expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1);
      }
      expect((await house.server.client().get('/health/live')).status).toBe(200);
    } finally {
      await subject.postgres.start();
    }
    expect((await signIn(house.server.client(), email)).status).toBe(200);
    await house.server.stop();
  });
}
