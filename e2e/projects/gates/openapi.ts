/** The app's own OpenAPI: no answer can carry what it should not, and the app keeps to what it says there. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toolFolder } from '../../support/python.ts';
import { type Ran, run } from '../../support/shell.ts';
import { amount } from '../../support/uncut.ts';
import { type House, newPerson, newToken, openHouse } from '../auth/people.ts';
import type { Subject } from '../subject.ts';

type Schema = Readonly<Record<string, unknown>>;
interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: Schema }>> }>>;
  readonly security?: unknown;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** The same, to be changed. */
interface Written {
  readonly paths: Record<string, Record<string, { responses: Record<string, unknown>; security?: unknown }>>;
  readonly components: { readonly schemas: Record<string, Schema>; readonly securitySchemes: Record<string, Schema> };
}

/** Held as a whole, so that no release of a part can turn a run red. */
const SCHEMATHESIS = ['schemathesis==4.32.5', 'hypothesis==6.170.15', 'jsonschema_rs==0.60.3', 'requests==2.34.2'];
const HOOKS = fileURLToPath(new URL('../python/schemathesis_hooks.py', import.meta.url));
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
  'unsupported_method',
  'allow_header_conformance',
  'ignored_auth',
  'use_after_free',
];
const EXAMPLES = amount(30, 100);
/** Some routes end the session they are asked with, or the account; then the next one asks. */
const PEOPLE = amount(120, 400);

/** Fields of answers to success. A new one is put here by somebody who has thought of what it tells. */
const TOLD = new Set(
  `id email email_verified_at full_name is_active created_at role total items next at kind detail user_id user_email
   actor_id actor_email address user_agent last_seen_at expires_at current name scopes last_used_at slug joined_at
   invited_by provider connected_at authorization_url expires_in status parts`.split(/\s+/),
);
/** What opens a door or is named as if it did, and is told all the same, by model. */
const TOLD_ONCE: Readonly<Record<string, readonly string[]>> = {
  TokenOut: ['access_token', 'token_type'],
  ApiKeyMade: ['key'],
  Jwks: ['keys'],
  // Public halves; the keys' own tests show that there is no other field.
  Jwk: ['kid', 'kty', 'alg', 'use', 'crv', 'x', 'n', 'e'],
};
const TELLING = /hash|token|secret|passw|key|nonce|salt|code|verifier|ticket/;

/** Fields of answers to success that nobody has allowed, and answers that are spelt out in no model. */
export function unexplained(document: Document): string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  const model = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const schema = document.components.schemas[name] ?? {};
    if (schema.additionalProperties === true) found.push(`${name} takes any field`);
    for (const field of Object.keys((schema.properties as Schema | undefined) ?? {}))
      if (!TOLD.has(field) && !TOLD_ONCE[name]?.includes(field)) found.push(`${name}.${field}`);
    for (const each of refs(schema)) model(each);
  };
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, { responses }] of Object.entries(methods))
      for (const [status, { content }] of Object.entries(responses)) {
        const schema = content?.['application/json']?.schema;
        const place = `${method} ${path} ${status}`;
        if (status.startsWith('2')) {
          if (status !== '204' && !(schema && isModel(schema))) found.push(`${place} has no model`);
          for (const name of schema ? refs(schema) : []) model(name);
        } else if (status.startsWith('4') && schema?.$ref !== '#/components/schemas/Problem')
          found.push(`${place} is no Problem`);
      }
  return found;
}

function isModel(schema: Schema): boolean {
  const one = schema.type === 'array' ? (schema.items as Schema) : schema;
  return typeof one.$ref === 'string';
}

function refs(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    key === '$ref' && typeof each === 'string' ? [each.replace('#/components/schemas/', '')] : refs(each),
  );
}

/** That every answer is spelt out in the document. */
export function modelsGate(subject: Subject): void {
  let document: Document;
  beforeAll(async () => {
    const script =
      'import json; from app.components.backend.main import create_app as c; print(json.dumps(c().openapi()))';
    document = JSON.parse((await subject.project.must('python', ['-c', script])).stdout) as Document;
  });

  test('spells out every answer, field by field', () => {
    expect(Object.keys(document.paths).length).toBeGreaterThan(subject.combination.auth ? 20 : 1);
    expect(unexplained(document)).toEqual([]);
  });

  test('names nothing that could hold a hash, a token or a key, but for the few that must', () => {
    expect([...TOLD].filter((name) => TELLING.test(name))).toEqual([]);
    const { UserOut: user, ...others } = document.components.schemas;
    if (!user) return;
    const leaking = { ...user, properties: { ...(user.properties as Schema), password_hash: { type: 'string' } } };
    const changed = { ...document, components: { schemas: { ...others, UserOut: leaking } } };
    expect(unexplained(changed)).toEqual(['UserOut.password_hash']);
  });
}

/** That the app keeps to its document, whoever asks and with whatever. */
export function schemathesisGate(subject: Subject): void {
  let house: House;
  let bin: string;
  beforeAll(async () => {
    bin = await toolFolder('schemathesis', SCHEMATHESIS);
    house = await openHouse(subject, 'unlimited');
  });
  afterAll(() => house?.server.stop());

  /** The document; the lock is named by what it is on the wire, as `ignored_auth` knows no OAuth2 schemes. */
  const written = async (change: (document: Written) => void = () => undefined): Promise<string> => {
    const document = (await house.server.client().get('/openapi.json')).json() as Written;
    for (const name of Object.keys(document.components.securitySchemes))
      document.components.securitySchemes[name] = { type: 'http', scheme: 'bearer' };
    change(document);
    const file = join(subject.project.besides, 'openapi.json');
    writeFileSync(file, JSON.stringify(document));
    return file;
  };
  /** In a file: an environment has no room for hundreds of them. */
  const noted = (tokens: readonly string[]): string => {
    const file = join(subject.project.besides, 'asker-tokens.json');
    writeFileSync(file, JSON.stringify(tokens));
    return file;
  };
  const ask = (tokens: readonly string[] | undefined, location: string, ...more: string[]): Promise<Ran> =>
    run(
      join(bin, 'schemathesis'),
      [
        'run',
        location,
        `--url=${house.server.base}`,
        `--checks=${CHECKS.join(',')}`,
        `--max-examples=${EXAMPLES}`,
        '--generation-deterministic',
        '--warnings=off',
        ...more,
      ],
      {
        cwd: subject.project.besides,
        seconds: amount(600, 3000),
        env: tokens ? { SCHEMATHESIS_HOOKS: HOOKS, ASKER_BASE: house.server.base, ASKER_TOKENS: noted(tokens) } : {},
      },
    );
  const people = async (who: string): Promise<string[]> => {
    const tokens: string[] = [];
    for (let each = 0; each < PEOPLE; each += 1) {
      const { email } = await newPerson(house.server, who);
      tokens.push(await newToken(house.server, email));
    }
    return tokens;
  };

  // There are admins from level rbac on.
  const askers = ['nobody', 'a user', ...(subject.combination.level ? ['an admin'] : [])];
  test.each(askers)(`is kept to with ${EXAMPLES} examples a route, asked by %s`, async (who) => {
    const tokens = who === 'nobody' ? undefined : await people(who === 'an admin' ? 'boss' : 'asker');
    if (who === 'an admin')
      await house.database.sql(
        "INSERT INTO user_roles (user_id, role, granted_at) SELECT id, 'admin', created_at FROM users WHERE email LIKE 'boss.%'",
      );
    let operations = 0;
    const file = await written(({ paths }) => {
      operations = Object.values(paths).flatMap((path) => Object.keys(path)).length;
    });
    const ran = await ask(tokens, file);
    expect(ran.code, ran.output.slice(-8000)).toBe(0);
    // Every route was asked, and no phase was left out.
    expect(operations).toBeGreaterThan(20);
    expect(ran.output).toContain(`Selected: ${operations}/${operations}`);
    expect(ran.output).toContain(`Tested: ${operations}`);
    const asked = Number(/(\d+) generated, \d+ passed/.exec(ran.output)?.[1]);
    console.info(`${subject.combination.name}: ${asked} requests by ${who}`);
    expect(asked).toBeGreaterThan(1000);
    expect(house.server.output).not.toContain('Traceback');
    expect(house.server.output).not.toContain('unhandled_error');
  });

  test('would be missed: an answer, a field and a lock that are not as written are found', async () => {
    const file = await written(({ paths, components }) => {
      const [me, jwks] = [paths['/api/v1/auth/me']?.get, paths['/.well-known/jwks.json']?.get];
      if (!me || !jwks) throw new Error('these two routes are what is tampered with');
      jwks.security = me.security;
      jwks.responses['401'] = me.responses['400'];
      delete me.responses['401'];
      components.schemas.Health = { type: 'object', properties: { status: { type: 'integer' } } };
    });
    const only = '^/(api/v1/auth/me|health/live|.well-known/jwks.json)$';
    const nobody = await ask(undefined, file, `--include-path-regex=${only}`);
    expect(nobody.code, nobody.output).toBe(1);
    expect(nobody.output).toContain('Undocumented status code');
    expect(nobody.output).toContain('Response violates schema');
    const user = await ask((await people('asker')).slice(0, 5), file, `--include-path-regex=jwks`);
    expect(user.output).toContain('API accepts requests without authentication');
  });
}
