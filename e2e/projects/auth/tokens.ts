/** Defect 9: what an access token must be, shown by making every kind that it must not be. */
import { createHmac, generateKeyPairSync, sign as signRsa } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Subject } from '../subject.ts';
import { API, bearer, type House, held, me, newPerson, newToken, openHouse, type Person, SECRET } from './people.ts';

type Part = Record<string, unknown>;

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const decode = (text: string | undefined): Part =>
  JSON.parse(Buffer.from(text ?? '', 'base64url').toString('utf8')) as Part;

function hmac(header: Part, claims: Part, key: string, hash = 'sha256'): string {
  const body = `${encode(header)}.${encode(claims)}`;
  return `${body}.${createHmac(hash, key).update(body).digest('base64url')}`;
}

export function tokens(subject: Subject): void {
  let house: House;
  let person: Person;
  let header: Part;
  let claims: Part;
  beforeAll(async () => {
    house = await openHouse(subject, 'unlimited');
    person = await newPerson(house.server);
    const [head, body] = (await newToken(house.server, person.email)).split('.');
    [header, claims] = [decode(head), decode(body)];
  });
  afterAll(() => house?.server.stop());

  const ask = (token: string): Promise<number> => me(house.server.client(), bearer(token));

  test('9: names the person by id, and says who made it, for whom, what it is and of which session', () => {
    expect(claims).toMatchObject({
      sub: person.id,
      iss: expect.any(String),
      aud: expect.anything(),
      sid: expect.any(String),
    });
    expect(JSON.stringify(claims)).not.toContain(person.email);
    expect(header.alg).toBe('HS256');
    expect(header.typ ?? claims.typ).toBeTruthy();
    expect(Number(claims.exp) - Number(claims.iat)).toBe(15 * 60);
  });

  test('9: made again with the key it is good, so what follows fails for its own reason', async () => {
    expect(await ask(hmac(header, claims, SECRET))).toBe(200);
  });

  test('9: everything else is 401', async () => {
    const other = await newPerson(house.server);
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const rsaBody = `${encode({ ...header, alg: 'RS256' })}.${encode(claims)}`;
    const rsa = `${rsaBody}.${signRsa('sha256', Buffer.from(rsaBody), privateKey).toString('base64url')}`;
    const without = (part: Part, name: string): Part =>
      Object.fromEntries(Object.entries(part).filter(([key]) => key !== name));
    const signed = (head: Part, body: Part): string => hmac(head, body, SECRET);
    const now = Math.floor(Date.now() / 1000);
    const bad: Record<string, string> = {
      'alg none': `${encode({ ...header, alg: 'none' })}.${encode(claims)}.`,
      'alg None': `${encode({ ...header, alg: 'None' })}.${encode(claims)}.`,
      'alg none with a signature': hmac({ ...header, alg: 'none' }, claims, SECRET),
      'no alg': signed(without(header, 'alg'), claims),
      'no signature': `${encode(header)}.${encode(claims)}.`,
      'another key': hmac(header, claims, `${SECRET}x`),
      'an empty key': hmac(header, claims, ''),
      HS384: hmac({ ...header, alg: 'HS384' }, claims, SECRET, 'sha384'),
      HS512: hmac({ ...header, alg: 'HS512' }, claims, SECRET, 'sha512'),
      RS256: rsa,
      'a public key as the secret': hmac(header, claims, pem),
      'a public key in the header': hmac({ ...header, jwk: publicKey.export({ format: 'jwk' }) }, claims, pem),
      'an address of keys in the header': hmac({ ...header, jku: 'https://evil.example/jwks.json' }, claims, pem),
      'a certificate in the header': hmac({ ...header, x5c: [pem] }, claims, pem),
      'a foreign kid': signed({ ...header, kid: 'another' }, claims),
      'a kid that is a path': signed({ ...header, kid: '../../../../dev/null' }, claims),
      'a kid that is no text': signed({ ...header, kid: ['a'] }, claims),
      'another typ': signed({ ...header, typ: 'JWT' }, claims),
      'no typ': signed(without(header, 'typ'), claims),
      'an id token': signed({ ...header, typ: 'id+jwt' }, claims),
      'a critical extension': signed({ ...header, crit: ['x'], x: 1 }, claims),
      'another issuer': signed(header, { ...claims, iss: 'https://evil.example' }),
      'no issuer': signed(header, without(claims, 'iss')),
      'another audience': signed(header, { ...claims, aud: 'another' }),
      'no audience': signed(header, without(claims, 'aud')),
      'no subject': signed(header, without(claims, 'sub')),
      'the address as subject': signed(header, { ...claims, sub: person.email }),
      'another person as subject': signed(header, { ...claims, sub: other.id }),
      'an unknown person': signed(header, { ...claims, sub: '11111111-1111-4111-8111-111111111111' }),
      'a number as subject': signed(header, { ...claims, sub: 1 }),
      'no session': signed(header, without(claims, 'sid')),
      'an unknown session': signed(header, { ...claims, sid: '11111111-1111-4111-8111-111111111111' }),
      'a session that is none': signed(header, { ...claims, sid: "' OR 1=1 --" }),
      'it has run out': signed(header, { ...claims, exp: now - 5, iat: now - 905 }),
      'it never runs out': signed(header, without(claims, 'exp')),
      'it runs out in no number': signed(header, { ...claims, exp: 'tomorrow' }),
      'it is not yet good': signed(header, { ...claims, nbf: now + 3600 }),
      'claims that are a list': hmac(header, [] as unknown as Part, SECRET),
      'changed claims': `${encode(header)}.${encode({ ...claims, sub: other.id })}.${hmac(header, claims, SECRET).split('.')[2]}`,
      'a refresh token': held(person.client, 'aegis_refresh'),
      'two parts': hmac(header, claims, SECRET).split('.').slice(0, 2).join('.'),
      'five parts': 'a.b.c.d.e',
      nonsense: 'nonsense',
      'something long': `${'a'.repeat(5000)}.b.c`,
    };
    const answers: Record<string, number> = {};
    for (const [what, token] of Object.entries(bad)) {
      const byHeader = await ask(token);
      const byCookie = await me(house.server.client(), { headers: { cookie: `aegis_session=${token}` } });
      if (byHeader !== 401 || byCookie !== 401) answers[what] = byHeader === 401 ? byCookie : byHeader;
    }
    expect(answers).toEqual({});
  });

  test('9: a 401 names the scheme and nothing about the reason', async () => {
    const answer = await house.server.client().get(`${API}/me`, bearer('nonsense'));
    expect(String(answer.headers['www-authenticate'])).toMatch(/^Bearer/);
    const expired = await house.server.client().get(`${API}/me`, bearer(hmac(header, { ...claims, exp: 1 }, SECRET)));
    expect(expired.text).toBe(answer.text);
  });

  test('9: the tokens of one project are nothing to another with another name or key', async () => {
    const elsewhere = await openHouse(subject, 'unlimited', {
      JWT_SECRET_KEY: `${SECRET}-elsewhere`,
      DATABASE_URL: house.database.url,
    });
    expect(await me(elsewhere.server.client(), bearer(hmac(header, claims, SECRET)))).toBe(401);
    await elsewhere.server.stop();
    const renamed = await openHouse(subject, 'unlimited', {
      PUBLIC_URL: 'https://elsewhere.example',
      DATABASE_URL: house.database.url,
    });
    expect(await me(renamed.server.client(), bearer(hmac(header, claims, SECRET)))).toBe(401);
    await renamed.server.stop();
  });
}
