/** Defects 1 and 14: passwords are hashed whole, elsewhere than on the event loop, and only a few at once. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Subject } from '../subject.ts';
import { API, type House, newEmail, newPerson, openDoor, openHouse, PASSWORD, register, signIn } from './people.ts';

export function passwords(subject: Subject): void {
  let house: House;
  beforeAll(async () => {
    house = await openHouse(subject, 'unlimited');
  });
  afterAll(() => house?.server.stop());

  test.each([
    ['72 times é', 'é'.repeat(72), `${'é'.repeat(71)}e`],
    ['200 characters', 'x7'.repeat(100), `${'x7'.repeat(49)}xX${'x7'.repeat(50)}`],
    ['1024 characters', 'y5'.repeat(512), `${'y5'.repeat(511)}y6`],
    ['emoji and spaces', '  pass 🚀 wörd  ', 'pass 🚀 wörd'],
    ['what looks alike', 'caf\u00e9-caf\u00e9-1', 'cafe\u0301-cafe\u0301-1'],
  ])('1: %s are a password, to the last character', async (_, password, other) => {
    const email = newEmail();
    expect((await register(house.server.client(), email, password)).status).toBe(201);
    expect((await signIn(house.server.client(), email, password)).status).toBe(200);
    expect((await signIn(house.server.client(), email, other)).status).toBe(401);
    const form = await house.server.client().post(`${API}/token`, { form: { username: email, password } });
    expect(form.status, form.text).toBe(200);
  });

  test('1: one that differs at character 100 only is another', async () => {
    const email = newEmail();
    const password = `${'a'.repeat(99)}b${'c'.repeat(100)}`;
    expect((await register(house.server.client(), email, password)).status).toBe(201);
    expect((await signIn(house.server.client(), email, `${'a'.repeat(99)}B${'c'.repeat(100)}`)).status).toBe(401);
    expect((await signIn(house.server.client(), email, password.slice(0, 99))).status).toBe(401);
  });

  test('the rule is 8 to 1024 characters and not among the commonest, and the answer never repeats it', async () => {
    for (const [password, status] of [
      ['1234567', 422],
      ['x'.repeat(1025), 422],
      ['password', 422],
      ['12345678', 422],
      ['PASSWORD123', 422],
      ['', 422],
      [`${subject.combination.name}-2026!`, 422],
      ['Admin-12345', 422],
      ['secure123', 201],
      ['zxv7 qpl', 201],
    ] as const) {
      const answer = await register(house.server.client(), newEmail(), password);
      expect(answer.status, `${password.slice(0, 20)}: ${answer.text}`).toBe(status);
      if (password.length > 8) expect(answer.text).not.toContain(password);
    }
  });

  test('2: an unknown address, a wrong password and a disabled account answer the same bytes', async () => {
    const person = await newPerson(house.server);
    const disabled = await newPerson(house.server);
    await house.database.sql(`UPDATE users SET is_active = false WHERE email = '${disabled.email}'`);
    const answers = await Promise.all([
      signIn(house.server.client(), 'unknown@example.com'),
      signIn(house.server.client(), person.email, 'wrong horse 7'),
      signIn(house.server.client(), disabled.email, PASSWORD),
      signIn(house.server.client(), 'no address at all', PASSWORD),
    ]);
    for (const answer of answers) {
      expect([answer.status, answer.text]).toEqual([401, answers[0]?.text]);
      const { date: _, 'x-request-id': __, ...headers } = answer.headers;
      const { date: _first, 'x-request-id': __first, ...first } = answers[0]?.headers ?? {};
      expect(headers).toEqual(first);
    }
  });

  test('14: while passwords are hashed the app answers others', async () => {
    const slow = await openDoor(subject, house, {
      RATE_LIMIT_ENABLED: 'false',
      PASSWORD_HASH_MEMORY_KIB: '65536',
      PASSWORD_HASH_TIME_COST: '8',
      PASSWORD_HASH_CONCURRENCY: '1',
    });
    const hashes = 8;
    let pending = hashes;
    const attempts = Array.from({ length: hashes }, async (_, index) => {
      const answer = await signIn(slow.client(), `nobody${index}@example.com`);
      pending -= 1;
      return answer.status;
    });
    let answered = 0;
    while (pending > 0) {
      expect((await slow.client().get('/health/live')).status).toBe(200);
      answered += 1;
    }
    expect(await Promise.all(attempts)).toEqual(Array.from({ length: hashes }, () => 401));
    // On the event loop's thread, an answer could only slip in between two hashes.
    expect(answered).toBeGreaterThan(3 * hashes);
    await slow.stop();
  });

  test('14: no more passwords are hashed at once than the setting says', async () => {
    const MIB = 96;
    const wide = await openDoor(subject, house, {
      RATE_LIMIT_ENABLED: 'false',
      PASSWORD_HASH_MEMORY_KIB: String(MIB * 1024),
      PASSWORD_HASH_TIME_COST: '1',
      PASSWORD_HASH_CONCURRENCY: '2',
    });
    const peak = (): number =>
      Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${wide.service.pid}/status`, 'utf8'))?.[1]) / 1024;
    await signIn(wide.client(), 'warm-up@example.com');
    const before = peak();
    await Promise.all(Array.from({ length: 16 }, (_, index) => signIn(wide.client(), `nobody${index}@example.com`)));
    // The first hash is in `before`; two at once take one more block, three would take two.
    expect(peak() - before).toBeLessThan(MIB * 1.6);
    await wide.stop();
  });
}
