/** Signing keys: two alive at once, published without their private half, and no other key or algorithm counts. */
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../support/http.ts';
import type { Server } from '../project.ts';
import type { Subject } from '../subject.ts';
import {
  API,
  bearer,
  cookie,
  type House,
  held,
  me,
  newPerson,
  newToken,
  openDoor,
  openHouse,
  SECRET,
} from './people.ts';

type Part = Record<string, unknown>;
interface Jwk extends JsonWebKey {
  readonly kid: string;
  readonly alg: string;
}

const JWKS = '/.well-known/jwks.json';
const UNLIMITED = { RATE_LIMIT_ENABLED: 'false' };
const ALGORITHMS = ['EdDSA', 'RS256'] as const;
type Algorithm = (typeof ALGORITHMS)[number];

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const partsOf = (token: string): [Part, Part] => {
  const [header, claims] = token
    .split('.')
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Part);
  return [header ?? {}, claims ?? {}];
};
const bodyOf = (header: Part, claims: Part): string => `${encode(header)}.${encode(claims)}`;
function signed(header: Part, claims: Part, key: KeyObject): string {
  const body = bodyOf(header, claims);
  const hash = key.asymmetricKeyType === 'rsa' ? 'sha256' : null;
  return `${body}.${sign(hash, Buffer.from(body), key).toString('base64url')}`;
}
function hmac(header: Part, claims: Part, key: string | Buffer): string {
  const body = bodyOf({ ...header, alg: 'HS256' }, claims);
  return `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`;
}
const pairOf = (algorithm: Algorithm) =>
  algorithm === 'EdDSA' ? generateKeyPairSync('ed25519') : generateKeyPairSync('rsa', { modulusLength: 2048 });
const published = async (client: Client): Promise<Jwk[]> => (await client.get(JWKS)).json().keys as Jwk[];

export function keys(subject: Subject): void {
  describe.each(ALGORITHMS)('with %s', (algorithm) => {
    let folder: string;
    let house: House;
    let env: Record<string, string>;
    const rotate = async (): Promise<{ signs: string; verify: string[]; removed: string[] }> =>
      JSON.parse((await subject.project.mustCommand('app', ['auth', 'rotate-keys', '--json'], { env })).stdout);
    beforeAll(async () => {
      folder = join(subject.project.besides, `keys-${algorithm}`);
      env = { JWT_ALGORITHM: algorithm, JWT_KEYS_DIR: folder };
      await rotate();
      house = await openHouse(subject, 'unlimited', env);
    });
    afterAll(() => house?.server.stop());

    test('5: a rotation reaches every running process, and both keys verify', async () => {
      const other = await openDoor(subject, house, { ...env, ...UNLIMITED });
      const person = await newPerson(house.server);
      const old = await newToken(house.server, person.email);
      const done = await rotate();
      expect(done.verify).toEqual([partsOf(old)[0].kid]);
      for (const server of [house.server, other]) {
        const fresh = await newToken(server, person.email);
        expect(partsOf(fresh)[0]).toMatchObject({ kid: done.signs, alg: algorithm });
        for (const token of [old, fresh]) {
          expect(await me(house.server.client(), bearer(token))).toBe(200);
          expect(await me(other.client(), bearer(token))).toBe(200);
        }
        expect((await published(server.client())).map(({ kid }) => kid)).toEqual([done.signs, ...done.verify]);
      }
      // The last token of the first key has run out.
      const newest = join(folder, readdirSync(folder).sort().at(-1) ?? '');
      const longAgo = Date.now() / 1000 - 15 * 60 - 1;
      utimesSync(newest, longAgo, longAgo);
      expect(await me(other.client(), bearer(old))).toBe(401);
      expect((await published(other.client())).map(({ kid }) => kid)).toEqual([done.signs]);
      expect((await rotate()).removed).toEqual(done.verify);
      expect(await me(person.client)).toBe(401);
      expect((await person.client.post(`${API}/refresh`)).status).toBe(200);
      expect(await me(person.client)).toBe(200);
      await other.stop();
    });

    test('5: key files are for their owner alone', () => {
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      for (const name of readdirSync(folder)) {
        expect(name).toMatch(/^\d{8}T\d{12}Z\.pem$/);
        expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
      }
    });

    test('5: what is published verifies a token, and is public', async () => {
      const person = await newPerson(house.server);
      const token = await newToken(house.server, person.email);
      const answer = await house.server.client().get(JWKS);
      expect(answer.headers['cache-control']).toMatch(/max-age=\d+/);
      for (const jwk of answer.json().keys as Jwk[])
        for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) expect(jwk).not.toHaveProperty(secret);
      const jwk = (answer.json().keys as Jwk[]).find(({ kid }) => kid === partsOf(token)[0].kid);
      expect(jwk).toMatchObject({ use: 'sig', alg: algorithm });
      const [header, claims, signature] = token.split('.');
      const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' });
      const data = Buffer.from(`${header}.${claims}`);
      const hash = algorithm === 'RS256' ? 'sha256' : null;
      expect(verify(hash, data, key, Buffer.from(signature ?? '', 'base64url'))).toBe(true);
    });

    test('9: no other key, algorithm or key of the header counts', async () => {
      const person = await newPerson(house.server);
      const [header, claims] = partsOf(await newToken(house.server, person.email));
      const newest = readdirSync(folder).sort().at(-1) ?? '';
      const ours = createPrivateKey(readFileSync(join(folder, newest)));
      const pem = createPublicKey(ours).export({ type: 'spki', format: 'pem' });
      const theirs = pairOf(algorithm);
      const [otherAlgorithm] = ALGORITHMS.filter((one) => one !== algorithm);
      const jwk = theirs.publicKey.export({ format: 'jwk' });
      const ask = (token: string): Promise<number> => me(house.server.client(), bearer(token));
      expect(await ask(signed(header, claims, ours))).toBe(200);
      const bad: Record<string, string> = {
        'another key under our kid': signed(header, claims, theirs.privateKey),
        'another key under its own kid': signed({ ...header, kid: 'theirs' }, claims, theirs.privateKey),
        'a key in the header': signed({ ...header, jwk }, claims, theirs.privateKey),
        'an address of keys': signed({ ...header, jku: 'https://evil.example/k' }, claims, theirs.privateKey),
        'a certificate': signed({ ...header, x5c: [String(pem)] }, claims, theirs.privateKey),
        'no kid': signed({ alg: algorithm, typ: header.typ }, claims, ours),
        'a kid that is a path': signed({ ...header, kid: `../${newest}` }, claims, ours),
        'a kid that is no text': signed({ ...header, kid: [header.kid] }, claims, ours),
        'the public key as a secret': hmac(header, claims, String(pem)),
        'the public key as a secret, without its newline': hmac(header, claims, String(pem).trim()),
        'the secret of the project': hmac(header, claims, SECRET),
        'alg none': `${bodyOf({ ...header, alg: 'none' }, claims)}.`,
        'no signature': `${bodyOf(header, claims)}.`,
        'our key under another alg': signed({ ...header, alg: otherAlgorithm }, claims, ours),
        ES256: signed({ ...header, alg: 'ES256' }, claims, ours),
        'the other algorithm': signed(
          { ...header, alg: otherAlgorithm },
          claims,
          pairOf(otherAlgorithm ?? 'RS256').privateKey,
        ),
      };
      const taken: string[] = [];
      for (const [what, token] of Object.entries(bad)) if ((await ask(token)) !== 401) taken.push(what);
      expect(taken).toEqual([]);
    });

    test('without a key that is good enough the app does not start, and says why by name', async () => {
      const refused = async (what: Record<string, string>): Promise<string> => {
        const ran = await subject.project.command('app', ['serve'], {
          env: { ...env, ...(await subject.databaseEnvironment()), JWT_SECRET_KEY: SECRET, ...what },
          seconds: 60,
        });
        expect(ran.code, ran.output).not.toBe(0);
        expect(ran.output).toContain('JWT_KEYS_DIR');
        expect(ran.output).not.toContain('Traceback');
        return ran.output;
      };
      const production = { APP_ENV: 'production', PUBLIC_URL: 'https://app.example.com' };
      const empty = join(folder, 'nothing-here');
      expect(await refused({ JWT_KEYS_DIR: empty })).toContain(algorithm);
      expect(await refused({ JWT_KEYS_DIR: empty, ...production })).toContain('rotate-keys');
      const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
      mkdirSync(empty);
      writeFileSync(join(empty, 'small.pem'), small.export({ type: 'pkcs8', format: 'pem' }));
      expect(await refused({ JWT_KEYS_DIR: empty, ...production })).toContain('2048');
    });
  });

  describe('with HS256', () => {
    const NEXT = 'zW3-the-next-signing-key-of-the-black-box-tests-and-of-nothing-else';
    const doors: Server[] = [];
    afterAll(async () => {
      for (const door of doors) await door.stop();
    });

    test('5: no key is published, and the secret is exchanged without signing anybody out', async () => {
      const house = await openHouse(subject, 'unlimited');
      doors.push(house.server);
      expect((await house.server.client().get(JWKS)).json()).toEqual({ keys: [] });
      const person = await newPerson(house.server);
      const token = await newToken(house.server, person.email);
      const refresh = held(person.client, 'aegis_refresh');
      const before = await house.server.client().post(`${API}/refresh`, cookie('aegis_refresh', refresh));

      const both = {
        ...UNLIMITED,
        JWT_SECRET_KEY: NEXT,
        JWT_PREVIOUS_SECRET_KEY: SECRET,
        REFRESH_REUSE_WINDOW_SECONDS: '60',
      };
      const during = await openDoor(subject, house, both);
      doors.push(during);
      const again = await during.client().post(`${API}/refresh`, cookie('aegis_refresh', refresh));
      const successor = before.cookies.find(({ name }) => name === 'aegis_refresh')?.value;
      expect(again.cookies.find(({ name }) => name === 'aegis_refresh')?.value).toBe(successor);
      const fresh = await newToken(during, person.email);
      expect(partsOf(fresh)[0].kid).not.toBe(partsOf(token)[0].kid);
      for (const each of [token, fresh]) expect(await me(during.client(), bearer(each))).toBe(200);

      const after = await openDoor(subject, house, { ...UNLIMITED, JWT_SECRET_KEY: NEXT });
      doors.push(after);
      expect(await me(after.client(), bearer(token))).toBe(401);
      expect(await me(after.client(), bearer(fresh))).toBe(200);
      expect((await after.client().post(`${API}/refresh`, cookie('aegis_refresh', successor ?? ''))).status).toBe(200);
    });

    test('the command says how in one sentence, and tells no secret', async () => {
      const ran = await subject.project.command('app', ['auth', 'rotate-keys'], { env: { JWT_SECRET_KEY: SECRET } });
      expect(ran.code).toBe(1);
      expect(ran.output.trim().split('\n')).toHaveLength(1);
      expect(ran.output).toContain('JWT_PREVIOUS_SECRET_KEY');
      expect(ran.output).not.toContain(SECRET);
    });
  });
}
