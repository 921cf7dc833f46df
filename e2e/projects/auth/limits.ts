/** Defect 11: limits and lock-outs in the database or in Redis, shared by processes, that no header gets around. */
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
    if (house.redis) await inRedis('*', "redis.call('DEL', key)");
    else
      await house.database.sql(`UPDATE auth_limits SET blocked_until = '${moment(-1)}', forget_at = '${moment(-1)}'`);
  };
  /** The wait that a lock-out asked for is over; what it counted is not. */
  const waitIsOver = async (): Promise<void> => {
    if (house.redis) await inRedis('*', "redis.call('HSET', key, 'shut_until', 0)");
    else await house.database.sql(`UPDATE auth_limits SET blocked_until = '${moment(-1)}'`);
  };
  const forgetSignIns = async (): Promise<void> => {
    if (house.redis) await inRedis('sign-in:*', "redis.call('DEL', key)");
    else await house.database.sql("DELETE FROM auth_limits WHERE key LIKE 'sign-in:%'");
  };
  /** Does it to every count whose key is like that; there has to be one. */
  const inRedis = async (like: string, act: string): Promise<void> => {
    const script = `local keys = redis.call('KEYS', 'auth:limit:${like}') for _, key in ipairs(keys) do ${act} end return #keys`;
    const found = await subject.redis.command(databaseOf(house), 'EVAL', script, '0');
    expect(Number(found)).toBeGreaterThan(0);
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
      await forgetSignIns();
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

const databaseOf = (house: House): number => Number(new URL(house.redis ?? '').pathname.slice(1));

async function nobodyIsLetIn({ server }: House, email: string): Promise<void> {
  for (const answer of [await signIn(server.client(), email), await register(server.client(), newEmail())]) {
    expect([answer.status, answer.json().code]).toEqual([503, 'store_unavailable']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1);
  }
}

/** While the store is down nobody can be counted, or looked up, so nobody is let in. */
export function limitsWithoutStore(subject: Subject): void {
  if (subject.combination.redis) limitsWithoutRedis(subject);

  test('11: while the store is down, signing in is refused with 503', async () => {
    const house = await openHouse(subject, 'limited');
    const email = newEmail();
    expect((await register(house.server.client(), email)).status).toBe(201);
    await subject.postgres.stop();
    try {
      await nobodyIsLetIn(house, email);
      expect((await house.server.client().get('/health/live')).status).toBe(200);
    } finally {
      await subject.postgres.start();
    }
    expect((await signIn(house.server.client(), email)).status).toBe(200);
    await house.server.stop();
  });
}

function limitsWithoutRedis(subject: Subject): void {
  test('11: while Redis is down, signing in is refused with 503, and reads go on', async () => {
    const house = await openHouse(subject, 'limited');
    const [client, email] = [house.server.client(), newEmail()];
    expect((await register(client, email)).status).toBe(201);
    await subject.redis.stop();
    try {
      await nobodyIsLetIn(house, email);
      // What is no attempt goes on, through either process: who is there is asked of the database alone.
      for (let turn = 0; turn < 2; turn += 1) expect(await me(client)).toBe(200);
      expect((await client.post(`${API}/refresh`)).status).toBe(200);
      expect((await client.post(`${API}/logout`)).status).toBe(204);
      expect(await me(client)).toBe(401);
    } finally {
      await subject.redis.start();
    }
    expect((await signIn(house.server.client(), email)).status).toBe(200);
    await house.server.stop();
  });

  test('11: all counts are in Redis, end by themselves, and name nobody', async () => {
    const house = await openHouse(subject, 'limited');
    const email = newEmail('counted');
    await register(house.server.client(), email);
    for (let attempt = 0; attempt < 3; attempt += 1) await signIn(house.server.client(), email, 'wrong horse 7');
    const ask = (...words: readonly string[]) => subject.redis.command(databaseOf(house), ...words);
    const keys = (await ask('--scan', '--pattern', 'auth:limit:*')).split('\n');
    expect(keys.map((key) => key.split(':')[2]).sort()).toEqual(['account', 'account-address', 'register', 'sign-in']);
    for (const key of keys) {
      expect(Number(await ask('PTTL', key)), key).toBeGreaterThan(0);
      expect(key).not.toMatch(/counted|127\.0/);
    }
    expect(await house.database.sql('SELECT key FROM auth_limits')).toEqual([]);
    await house.server.stop();
  });

  test('11: a Redis that may drop counts is refused at the start', async () => {
    const env = await subject.databaseEnvironment();
    await subject.redis.command(0, 'CONFIG', 'SET', 'maxmemory', '100mb', 'maxmemory-policy', 'allkeys-lru');
    try {
      const ran = await subject.project.command('app', ['serve'], { env, seconds: 60 });
      expect(ran.code, ran.output).toBe(1);
      expect(ran.output).toContain('maxmemory-policy has to be noeviction');
      expect(ran.output).not.toContain('Traceback');
    } finally {
      await subject.redis.command(0, 'CONFIG', 'SET', 'maxmemory', '0', 'maxmemory-policy', 'noeviction');
    }
  });
}
