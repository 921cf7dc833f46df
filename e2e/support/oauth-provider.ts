/**
 * GitHub and Google as an app meets them, on loopback, with a switch for all that can be wrong with an answer.
 * Both take one code as often as it comes: that a replay fails is up to the app, and so a test of it proves the app.
 */
import { createHash, createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { noteSecret } from './secrets.ts';

/** What is wrong with the next answers. */
export type Fault =
  | 'wrong nonce'
  | 'no nonce'
  | 'wrong audience'
  | 'wrong issuer'
  | 'expired'
  | 'alg none'
  | 'HS256 with the public key'
  | 'another key'
  | 'unverified'
  | 'no mail'
  | 'hang'
  | '500'
  | 'garbage'
  | 'error';

/** Whoever consents at the provider next. */
export interface Account {
  readonly subject: string;
  readonly email: string;
  readonly name?: string;
}

interface Asked {
  readonly query: URLSearchParams;
  readonly account: Account;
}

export abstract class OAuthProvider {
  abstract readonly name: 'github' | 'google';
  readonly #server: Server;
  readonly #asked = new Map<string, Asked>();
  readonly #tokens = new Map<string, Asked>();
  fault: Fault | undefined;
  account: Account = { subject: '1', email: 'nobody@example.com' };
  /** How often the app asked for a token. */
  exchanges = 0;

  constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: Error) => reply(response, 500, error.message));
    });
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  get base(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The settings that point an app here. */
  abstract readonly settings: Readonly<Record<string, string>>;

  /** The query that the browser brings back once the person has said yes to what the app asked for. */
  approve(address: string): URLSearchParams {
    const url = new URL(address);
    const query = url.searchParams;
    if (url.origin !== this.base || !this.isAuthorization(url.pathname)) throw new Error(`not asked here: ${address}`);
    for (const [name, value] of [
      ['response_type', 'code'],
      ['client_id', `${this.name}-client`],
      ['code_challenge_method', 'S256'],
    ] as const)
      if (query.get(name) !== value) throw new Error(`${name} is ${query.get(name)}`);
    const code = `${this.name}-code-${this.#asked.size}-${randomUUID()}`;
    this.#asked.set(code, { query, account: this.account });
    return new URLSearchParams({ code, state: query.get('state') ?? '', ...this.extra() });
  }

  protected extra(): Record<string, string> {
    return {};
  }
  protected abstract isAuthorization(path: string): boolean;
  protected abstract isToken(path: string): boolean;
  protected abstract token(asked: Asked, access: string): Record<string, unknown>;
  protected abstract resource(path: string, asked: Asked | undefined): unknown;

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', this.base).pathname;
    const body = await textOf(request);
    if (this.fault === 'hang') return;
    if (this.fault === '500') return reply(response, 500, 'down');
    if (this.fault === 'garbage') return reply(response, 200, '<html>\0 not what you asked for');
    if (this.isAuthorization(path)) return this.#ask(request.url ?? '/', response);
    if (this.isToken(path)) return this.#exchange(request, response, new URLSearchParams(body));
    const asked = this.#tokens.get((request.headers.authorization ?? '').replace(/^Bearer /i, ''));
    const found = this.resource(path, asked);
    reply(response, found === undefined ? 404 : 200, JSON.stringify(found ?? { message: 'Not Found' }));
  }

  /** The page on which the person says yes. */
  #ask(path: string, response: ServerResponse): void {
    const url = new URL(path, this.base);
    const back = `${url.searchParams.get('redirect_uri')}?${this.approve(url.href)}`;
    reply(response, 200, `<a href="${back.replaceAll('&', '&amp;')}">Authorize</a>`, 'text/html');
  }

  #exchange(request: IncomingMessage, response: ServerResponse, form: URLSearchParams): void {
    this.exchanges += 1;
    const asked = this.#asked.get(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const fits =
      this.fault !== 'error' &&
      asked?.query.get('code_challenge') === challenge &&
      asked.query.get('redirect_uri') === form.get('redirect_uri') &&
      form.get('client_id') === `${this.name}-client` &&
      form.get('client_secret') === `${this.name}-secret`;
    const access = `access-${this.name}-${this.exchanges}-${randomUUID()}`;
    if (fits) this.#tokens.set(access, asked);
    const answer = fits ? this.token(asked, access) : { error: 'bad_verification_code' };
    noteSecret('PKCE verifier', form.get('code_verifier'));
    noteSecret('setting', form.get('client_secret'));
    noteSecret('token of a provider', access);
    noteSecret('token of a provider', 'id_token' in answer ? answer.id_token : undefined);
    // GitHub says its errors with 200, and speaks JSON only when asked to.
    const status = fits || this.name === 'github' ? 200 : 400;
    if (this.name === 'google' || request.headers.accept?.includes('application/json'))
      reply(response, status, JSON.stringify(answer));
    else
      reply(
        response,
        status,
        new URLSearchParams(answer as Record<string, string>).toString(),
        'application/x-www-form-urlencoded',
      );
  }
}

export class FakeGitHub extends OAuthProvider {
  readonly name = 'github';

  get settings(): Record<string, string> {
    return {
      GITHUB_OAUTH_CLIENT_ID: 'github-client',
      GITHUB_OAUTH_CLIENT_SECRET: 'github-secret',
      GITHUB_OAUTH_URL: this.base,
      GITHUB_API_URL: `${this.base}/api/v3`,
    };
  }
  protected isAuthorization(path: string): boolean {
    return path === '/login/oauth/authorize';
  }
  protected isToken(path: string): boolean {
    return path === '/login/oauth/access_token';
  }
  protected token(asked: Asked, access: string): Record<string, unknown> {
    return { access_token: access, scope: asked.query.get('scope'), token_type: 'bearer' };
  }
  protected resource(path: string, asked: Asked | undefined): unknown {
    if (!asked) return undefined;
    const { subject, email, name = null } = asked.account;
    if (path === '/api/v3/user') return { id: Number(subject), login: `login-${subject}`, name, email: null };
    if (path !== '/api/v3/user/emails' || !asked.query.get('scope')?.split(' ').includes('user:email'))
      return undefined;
    const verified = this.fault !== 'unverified';
    const other = { email: `other-${email}`, primary: false, verified: true, visibility: null };
    return this.fault === 'no mail' ? [] : [other, { email, primary: true, verified, visibility: 'private' }];
  }
}

const keys = (): { publicKey: KeyObject; privateKey: KeyObject } => generateKeyPairSync('rsa', { modulusLength: 2048 });

export class FakeGoogle extends OAuthProvider {
  readonly name = 'google';
  readonly #own = keys();
  readonly #foreign = keys();
  /** When the person last signed in there, in seconds; said only when asked, and by an app that may know. */
  signedInAt: number | undefined;

  get settings(): Record<string, string> {
    return {
      GOOGLE_OAUTH_CLIENT_ID: 'google-client',
      GOOGLE_OAUTH_CLIENT_SECRET: 'google-secret',
      GOOGLE_ISSUER: this.base,
    };
  }
  protected override extra(): Record<string, string> {
    return { iss: this.base, scope: 'email profile openid', authuser: '0', prompt: 'consent' };
  }
  protected isAuthorization(path: string): boolean {
    return path === '/o/oauth2/v2/auth';
  }
  protected isToken(path: string): boolean {
    return path === '/token';
  }
  protected token(asked: Asked, access: string): Record<string, unknown> {
    return { access_token: access, expires_in: 3599, token_type: 'Bearer', id_token: this.#idToken(asked, access) };
  }
  protected resource(path: string, asked: Asked | undefined): unknown {
    const { base } = this;
    if (path === '/.well-known/openid-configuration')
      return {
        issuer: base,
        authorization_endpoint: `${base}/o/oauth2/v2/auth`,
        token_endpoint: `${base}/token`,
        userinfo_endpoint: `${base}/v1/userinfo`,
        jwks_uri: `${base}/oauth2/v3/certs`,
        id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
        authorization_response_iss_parameter_supported: true,
      };
    if (path === '/oauth2/v3/certs')
      return { keys: [{ ...this.#own.publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' }] };
    return path === '/v1/userinfo' && asked ? { sub: asked.account.subject, email: asked.account.email } : undefined;
  }

  #idToken({ query, account }: Asked, access: string): string {
    const { fault } = this;
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: fault === 'wrong issuer' ? 'https://evil.example' : this.base,
      aud: fault === 'wrong audience' ? 'another-client' : 'google-client',
      azp: 'google-client',
      sub: account.subject,
      ...(fault === 'no mail' ? {} : { email: account.email, email_verified: fault !== 'unverified' }),
      ...(fault === 'no nonce' ? {} : { nonce: fault === 'wrong nonce' ? 'another' : query.get('nonce') }),
      name: account.name ?? '',
      ...(query.get('claims')?.includes('auth_time') && this.signedInAt ? { auth_time: this.signedInAt } : {}),
      at_hash: createHash('sha256').update(access).digest().subarray(0, 16).toString('base64url'),
      iat: fault === 'expired' ? now - 7200 : now,
      exp: fault === 'expired' ? now - 3600 : now + 3600,
    };
    const alg = fault === 'alg none' ? 'none' : fault === 'HS256 with the public key' ? 'HS256' : 'RS256';
    const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = `${encode({ alg, kid: 'k1', typ: 'JWT' })}.${encode(claims)}`;
    return `${signed}.${this.#signature(alg, signed)}`;
  }

  #signature(alg: string, signed: string): string {
    if (alg === 'none') return '';
    const pem = this.#own.publicKey.export({ format: 'pem', type: 'spki' });
    if (alg === 'HS256') return createHmac('sha256', pem).update(signed).digest('base64url');
    const { privateKey } = this.fault === 'another key' ? this.#foreign : this.#own;
    return sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url');
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function reply(response: ServerResponse, status: number, body: string, type = 'application/json'): void {
  response.writeHead(status, { 'content-type': type }).end(body);
}
