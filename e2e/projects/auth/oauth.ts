/** Defects 4 and 10, and the rest of signing in with GitHub and Google. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Answer, Client } from '../../support/http.ts';
import { FakeGitHub, FakeGoogle, type Fault, type OAuthProvider } from '../../support/oauth-provider.ts';
import type { Subject } from '../subject.ts';
import {
  API,
  bearer,
  type House,
  held,
  me,
  moment,
  newEmail,
  newPerson,
  newToken,
  openHouse,
  type Person,
  register,
  signIn,
  whereUser,
  whoseSessions,
} from './people.ts';

const OAUTH = `${API}/oauth`;
const NAMES = ['github', 'google'] as const;
const ELSEWHERE = [
  '//x.example',
  '/\\x.example',
  '/%2fx.example',
  '/%5cx.example',
  '/%252fx',
  'https://x.example',
  'x',
];
/** A moment that has not come yet when a test asks for it. */
const soon = (): number => Math.floor(Date.now() / 1000) + 60;
const TOKEN_FAULTS: readonly Fault[] = [
  'wrong nonce',
  'no nonce',
  'wrong audience',
  'wrong issuer',
  'expired',
  'alg none',
  'HS256 with the public key',
  'another key',
];

export function oauth(subject: Subject): void {
  let house: House;
  let providers: { github: FakeGitHub; google: FakeGoogle };
  let subjects = 100;

  beforeAll(async () => {
    providers = { github: await new FakeGitHub().listen(), google: await new FakeGoogle().listen() };
    const { github, google } = providers;
    house = await openHouse(subject, 'unlimited', {
      ...github.settings,
      ...google.settings,
      OAUTH_TIMEOUT_SECONDS: '1',
      LOG_LEVEL: 'DEBUG',
    });
  });
  afterAll(async () => {
    await house?.server.stop();
    for (const provider of Object.values(providers ?? {})) provider.close();
  });
  beforeEach(() => {
    for (const provider of Object.values(providers)) provider.fault = undefined;
    providers.google.signedInAt = undefined;
  });

  /** Somebody new at the provider, who consents from now on. */
  const someone = (provider: OAuthProvider, email = newEmail('oauth')): string => {
    subjects += 1;
    provider.account = { subject: String(subjects), email, name: 'Ada' };
    return email;
  };
  /** Goes to the provider; what the browser is to bring back. */
  const begin = async (client: Client, name: 'github' | 'google', next?: string): Promise<URLSearchParams> => {
    const query = next === undefined ? '' : `?next=${encodeURIComponent(next)}`;
    const answer = await client.get(`${OAUTH}/${name}/start${query}`);
    expect(answer.status, answer.text).toBe(302);
    expect(answer.headers['cache-control']).toBe('no-store');
    return providers[name].approve(String(answer.headers.location));
  };
  const comeBack = (client: Client, name: 'github' | 'google', query: URLSearchParams): Promise<Answer> =>
    client.get(`${OAUTH}/${name}/callback?${query}`);
  const through = async (client: Client, name: 'github' | 'google', next?: string): Promise<Answer> =>
    comeBack(client, name, await begin(client, name, next));
  const connect = async (client: Client, name: 'github' | 'google'): Promise<Answer> => {
    const begun = await client.post(`${OAUTH}/${name}/connect`);
    expect(begun.status, begun.text).toBe(200);
    return comeBack(client, name, providers[name].approve(String(begun.json().authorization_url)));
  };
  const connections = async (client: Client): Promise<string[]> =>
    (await client.get(`${OAUTH}/connections`)).json().map((one: { provider: string }) => one.provider);
  const prove = (person: { email: string }): Promise<unknown> =>
    house.database.sql(
      `UPDATE users SET email_verified_at = '${moment(0)}' WHERE ${whereUser({ ...person, id: '' } as Person)}`,
    );
  const grow = (person: Person, minutes: number): Promise<unknown> =>
    house.database.sql(
      `UPDATE auth_sessions SET created_at = '${moment(-60 * minutes)}' WHERE ${whoseSessions(person)}`,
    );

  /** Sent back to sign in, with nothing that lets in. */
  const expectRefused = async (client: Client, answer: Answer, code = 'oauth'): Promise<void> => {
    expect([answer.status, String(answer.headers.location).split('&')[0]]).toEqual([303, `/login?error=${code}`]);
    expect(answer.cookies.filter(({ name }) => /session|refresh/.test(name))).toEqual([]);
    expect(await me(client)).toBe(401);
  };

  describe.each(NAMES)('10: sign-in with %s', (name) => {
    const other = name === 'github' ? 'google' : 'github';

    test('ends in the same cookies as a password', async () => {
      const email = someone(providers[name]);
      const client = house.server.client();
      const landed = await through(client, name, '/app?tab=1');
      expect([landed.status, landed.headers.location]).toEqual([303, '/app?tab=1']);
      expect(landed.headers['cache-control']).toBe('no-store');
      const attributes = ({ cookies }: Answer): string[] =>
        cookies.map(({ text }) => text.replace(/=[^;]*/, '')).sort();
      expect(attributes(landed)).toEqual(attributes(await register(house.server.client(), newEmail())));
      expect((await client.get(`${API}/me`)).json()).toMatchObject({ email, full_name: 'Ada' });
      expect((await client.post(`${API}/refresh`)).status).toBe(200);
      expect(await connections(client)).toEqual([name]);
    });

    test('knows a person by the subject and not by the address', async () => {
      const email = someone(providers[name]);
      const client = house.server.client();
      await through(client, name);
      const { id } = (await client.get(`${API}/me`)).json();
      providers[name].account = { ...providers[name].account, email: newEmail('moved') };
      const again = house.server.client();
      await through(again, name);
      expect((await again.get(`${API}/me`)).json().id).toBe(id);
      someone(providers[name], email);
      const stranger = house.server.client();
      await expectRefused(stranger, await through(stranger, name), 'oauth_account');
    });

    test('takes an answer once, though the provider takes its code twice', async () => {
      someone(providers[name]);
      const client = house.server.client();
      const query = await begin(client, name);
      expect((await comeBack(client, name, query)).headers.location).toBe('/app');
      const exchanges = providers[name].exchanges;
      const second = await comeBack(client, name, query);
      expect(second.headers.location).toContain('/login?error=oauth');
      expect(second.cookies).toEqual([]);
      expect(providers[name].exchanges).toBe(exchanges);
      // Ten at once: one of them.
      const query2 = await begin(client, name);
      const landed = await Promise.all(Array.from({ length: 10 }, () => comeBack(client, name, query2)));
      expect(landed.filter(({ headers }) => headers.location === '/app').length).toBe(1);
    });

    test('takes it from no other browser, and with no other state', async () => {
      someone(providers[name]);
      const mallory = house.server.client();
      const query = await begin(mallory, name);
      const victim = house.server.client();
      await expectRefused(victim, await comeBack(victim, name, query));
      await begin(victim, name);
      await expectRefused(victim, await comeBack(victim, name, await begin(mallory, name)));
      const own = await begin(victim, name);
      for (const state of ['', 'x', `${own.get('state')}x`, String(own.get('state')).toUpperCase()]) {
        const changed = new URLSearchParams(own);
        changed.set('state', state);
        await expectRefused(victim, await comeBack(victim, name, changed));
      }
      expect((await comeBack(victim, name, own)).headers.location).toBe('/app');
    });

    test('takes no answer that is late, or of the other provider', async () => {
      someone(providers[name]);
      const client = house.server.client();
      const late = await begin(client, name);
      await house.database.sql(`UPDATE oauth_states SET expires_at = '${moment(-1)}'`);
      await expectRefused(client, await comeBack(client, name, late));
      someone(providers[other]);
      await expectRefused(client, await comeBack(client, other, await begin(client, name)));
      const mixed = await begin(client, name);
      mixed.set('code', String((await begin(client, other)).get('code')));
      await expectRefused(client, await comeBack(client, name, mixed));
      const named = await begin(client, name);
      named.set('iss', 'https://evil.example');
      await expectRefused(client, await comeBack(client, name, named));
      if (name === 'google') {
        const unnamed = await begin(client, name);
        unnamed.delete('iss');
        await expectRefused(client, await comeBack(client, name, unnamed));
      }
    });

    test('goes on to nowhere else', async () => {
      someone(providers[name]);
      for (const next of ELSEWHERE)
        expect([next, (await through(house.server.client(), name, next)).headers.location]).toEqual([next, '/app']);
    });

    test('makes no account of an address that is not verified, or not there', async () => {
      for (const fault of ['unverified', 'no mail'] as const) {
        const email = someone(providers[name]);
        providers[name].fault = fault;
        const client = house.server.client();
        const code = name === 'google' && fault === 'no mail' ? 'oauth' : 'oauth_email';
        await expectRefused(client, await through(client, name), code);
        expect(await house.database.sql(`SELECT id FROM users WHERE email = '${email}'`)).toEqual([]);
      }
    });

    test('comes to nothing while the provider fails, and stores nothing', async () => {
      for (const fault of ['500', 'garbage', 'error', 'hang'] as const) {
        const email = someone(providers[name]);
        const client = house.server.client();
        const query = await begin(client, name, '/somewhere');
        providers[name].fault = fault;
        const answer = await comeBack(client, name, query);
        await expectRefused(client, answer);
        expect(answer.headers.location).toContain('next=%2Fsomewhere');
        providers[name].fault = undefined;
        expect(await house.database.sql(`SELECT id FROM users WHERE email = '${email}'`)).toEqual([]);
        await expectRefused(client, await comeBack(client, name, query));
      }
      if (name === 'google') {
        providers.google.fault = 'hang';
        const client = house.server.client();
        await expectRefused(client, await client.get(`${OAUTH}/google/start`));
      }
      expect(house.server.output).not.toContain('Traceback');
    });

    test('2: a password is wrong there exactly as at an unknown account', async () => {
      const email = someone(providers[name]);
      await through(house.server.client(), name);
      const [known, unknown] = [
        await signIn(house.server.client(), email),
        await signIn(house.server.client(), newEmail('nobody')),
      ];
      const stable = ({ status, text, headers }: Answer): unknown => {
        const { date: _date, 'x-request-id': _id, ...rest } = headers;
        return { status, text, rest };
      };
      expect(known.status).toBe(401);
      expect(stable(known)).toEqual(stable(unknown));
    });

    test('4: takes over what somebody registered and never proved', async () => {
      const mallory = await newPerson(house.server, 'victim');
      const token = await newToken(house.server, mallory.email);
      someone(providers[other], newEmail('mallory'));
      expect((await connect(mallory.client, other)).headers.location).toBe('/account');
      const link = providers[other].account;
      const change = await mallory.client.post(`${API}/email/request`, { json: { email: newEmail('mallory') } });
      expect(change.status, change.text).toBe(202);

      someone(providers[name], mallory.email.toUpperCase());
      const owner = house.server.client();
      expect((await through(owner, name)).headers.location).toBe('/app');
      expect((await owner.get(`${API}/me`)).json().id).toBe(mallory.id);
      expect(await connections(owner)).toEqual([name]);
      const mails = `SELECT id FROM outgoing_mails WHERE about_id IN (SELECT id FROM users WHERE ${whereUser(mallory)})`;
      expect(await house.database.sql(mails)).toEqual([]);

      expect(await me(mallory.client)).toBe(401);
      expect(await me(house.server.client(), bearer(token))).toBe(401);
      expect((await mallory.client.post(`${API}/refresh`)).status).toBe(401);
      expect((await signIn(house.server.client(), mallory.email)).status).toBe(401);
      providers[other].account = link;
      const back = house.server.client();
      await through(back, other);
      expect((await back.get(`${API}/me`)).json().id).not.toBe(mallory.id);
    });

    test('4: opens a proven account only once its own recent session has connected it', async () => {
      const owner = await newPerson(house.server, 'proven');
      await prove(owner);
      someone(providers[name], owner.email);
      const stranger = house.server.client();
      await expectRefused(stranger, await through(stranger, name), 'oauth_account');
      const eve = await newPerson(house.server, 'eve');
      expect((await through(eve.client, name)).headers.location).toContain('error=oauth_account');

      await grow(owner, 11);
      const old = await owner.client.post(`${OAUTH}/${name}/connect`);
      expect([old.status, old.json().code]).toEqual([403, 'reauthentication_required']);
      expect((await through(owner.client, name)).headers.location).toContain('error=oauth_account');
      expect(await connections(owner.client)).toEqual([]);
      await signIn(owner.client, owner.email);
      expect((await connect(owner.client, name)).headers.location).toBe('/account');
      expect((await through(stranger, name)).headers.location).toBe('/app');
      expect((await stranger.get(`${API}/me`)).json().id).toBe(owner.id);
      expect((await signIn(house.server.client(), owner.email)).status).toBe(200);
    });

    test('leaves a disabled account shut', async () => {
      const email = someone(providers[name]);
      const client = house.server.client();
      await through(client, name);
      await house.database.sql(
        `UPDATE users SET is_active = ${subject.combination.engine === 'postgres' ? 'false' : '0'} WHERE email = '${email}'`,
      );
      expect(await me(client)).toBe(401);
      const again = house.server.client();
      await expectRefused(again, await through(again, name));
    });
  });

  test.each(TOKEN_FAULTS)('10: a Google token is refused: %s', async (fault) => {
    const email = someone(providers.google);
    providers.google.fault = fault;
    const client = house.server.client();
    await expectRefused(client, await through(client, 'google'));
    expect(await house.database.sql(`SELECT id FROM users WHERE email = '${email}'`)).toEqual([]);
  });

  test('10: stores neither state nor the browser it is bound to in clear', async () => {
    const client = house.server.client();
    const query = await begin(client, 'github');
    const dump = await house.database.dump();
    expect(dump).not.toContain(String(query.get('state')));
    expect(dump).not.toContain(held(client, 'aegis_nonce'));
  });

  test('connecting cannot be begun by another site, nor taken up in another browser', async () => {
    const owner = await newPerson(house.server);
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }])
      expect((await owner.client.post(`${OAUTH}/github/connect`, { headers })).status).toBe(403);
    expect((await owner.client.get(`${OAUTH}/github/connect`)).status).toBe(405);
    someone(providers.github);
    const mallory = await newPerson(house.server, 'mallory');
    const begun = await mallory.client.post(`${OAUTH}/github/connect`);
    const query = providers.github.approve(String(begun.json().authorization_url));
    expect((await comeBack(owner.client, 'github', query)).headers.location).toContain('error=oauth');
    expect(await connections(owner.client)).toEqual([]);
    // Signed out meanwhile.
    const begun2 = await mallory.client.post(`${OAUTH}/github/connect`);
    const query2 = providers.github.approve(String(begun2.json().authorization_url));
    await mallory.client.post(`${API}/logout`);
    expect((await comeBack(mallory.client, 'github', query2)).headers.location).toContain('error=oauth');
  });

  test('an account there opens one account here', async () => {
    const [first, second] = [await newPerson(house.server), await newPerson(house.server)];
    someone(providers.github);
    expect((await connect(first.client, 'github')).headers.location).toBe('/account');
    expect((await connect(second.client, 'github')).headers.location).toBe('/account?error=oauth_connected');
    expect(await connections(second.client)).toEqual([]);
  });

  test('the last way in stays, also when both are taken off at once', async () => {
    someone(providers.github);
    someone(providers.google);
    const client = house.server.client();
    providers.google.signedInAt = soon();
    await through(client, 'google');
    const takeOff = (name: string): Promise<Answer> => client.ask('DELETE', `${OAUTH}/connections/${name}`);
    expect([(await takeOff('google')).status, (await takeOff('github')).status]).toEqual([409, 404]);
    await connect(client, 'github');
    const statuses = (await Promise.all(NAMES.map(takeOff))).map(({ status }) => status).sort();
    expect(statuses).toEqual([204, 409]);
    expect((await connections(client)).length).toBe(1);

    const owner = await newPerson(house.server);
    someone(providers.github);
    await connect(owner.client, 'github');
    await grow(owner, 11);
    expect((await owner.client.ask('DELETE', `${OAUTH}/connections/github`)).status).toBe(403);
    await signIn(owner.client, owner.email);
    expect((await owner.client.ask('DELETE', `${OAUTH}/connections/github`)).status).toBe(204);
    expect((await signIn(house.server.client(), owner.email)).status).toBe(200);
  });

  test('a sign-in there is recent here only where the provider says that it is', async () => {
    const stepUp = async (client: Client): Promise<unknown> => {
      const made = await client.post(`${API}/api-keys`, { json: { name: 'x', expires_in_days: 1 } });
      return [made.status, made.json().code];
    };
    const refused = [403, 'reauthentication_required'];
    for (const [name, signedInAt, expected] of [
      ['github', undefined, refused],
      ['google', undefined, refused],
      ['google', soon() - 3600, refused],
      ['google', soon(), [201, undefined]],
    ] as const) {
      someone(providers[name]);
      providers.google.signedInAt = signedInAt;
      const client = house.server.client();
      expect((await through(client, name)).headers.location).toBe('/app');
      expect(await stepUp(client)).toEqual(expected);
    }
  });

  test('a sign-in that another site, an image or a frame begins takes a click', async () => {
    const client = house.server.client();
    for (const headers of [
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' },
      { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
    ]) {
      const answer = await client.get(`${OAUTH}/github/start?next=/app%3Fx`, { headers });
      expect([answer.status, answer.headers.location]).toEqual([303, '/login?next=%2Fapp%3Fx']);
      expect(answer.cookies).toEqual([]);
    }
    for (const site of ['same-origin', 'none']) {
      const headers = { 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
      expect((await client.get(`${OAUTH}/github/start`, { headers })).status).toBe(302);
    }
  });

  test('what passed between here and the providers is not in the log, at DEBUG either', () => {
    expect(house.server.service.output).toContain('/oauth/google/callback');
    for (const secret of ['access-github-', 'access-google-', 'google-secret', 'github-secret', '-code-0'])
      expect(house.server.service.output).not.toContain(secret);
  });

  test('what happened is on record', async () => {
    const email = someone(providers.github);
    await through(house.server.client(), 'github');
    const kinds = await house.database.sql(
      `SELECT kind FROM auth_events WHERE user_id IN (SELECT id FROM users WHERE email = '${email}') ORDER BY id`,
    );
    expect(kinds.flat()).toEqual(['registered', 'identity_connected', 'signed_in']);
  });

  test('a provider that is not set up answers 503', async () => {
    const bare = await openHouse(subject, 'unlimited', providers.google.settings);
    for (const path of ['github/start', 'github/callback'])
      expect((await bare.server.client().get(`${OAUTH}/${path}`)).status).toBe(503);
    expect((await bare.server.client().get(`${OAUTH}/google/start`)).status).toBe(302);
    expect((await bare.server.client().get(`${OAUTH}/gitlab/start`)).status).toBe(404);
    await bare.server.stop();
  });
}
