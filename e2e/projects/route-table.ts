/** What each route answers to nobody, a signed-in stranger, a member, an owner and an admin. A route without a row fails the tests. */
import type { Ask } from '../support/http.ts';
import type { Combination } from './combinations.ts';

export interface Row {
  readonly method: string;
  /** As it is registered, without the names of parameters. */
  readonly path: string;
  readonly with?: Ask;
  readonly nobody: number;
  /** Left out where it is the same for everybody. */
  readonly stranger?: number;
  /** To an ordinary member of the organisation in the path; left out where it is the same as to a stranger. */
  readonly member?: number;
  /** To its owner. */
  readonly owner?: number;
  /** To an admin of all accounts, who belongs to no organisation. */
  readonly admin?: number;
}
export type Who = 'nobody' | 'stranger' | 'member' | 'owner' | 'admin';

const HEALTH: readonly Row[] = [
  { method: 'GET', path: '/health/live', nobody: 200 },
  { method: 'GET', path: '/health/ready', nobody: 200 },
];

const NEW = { json: { email: 'somebody@example.com', password: 'correct horse 7' } };
const WRONG = { json: { email: 'nobody@example.com', password: 'wrong horse 7' } };
const WRONG_FORM = { form: { username: 'nobody@example.com', password: 'wrong horse 7' } };
const CHANGE = { json: { current_password: 'wrong horse 7', new_password: 'another secret 8' } };
const MAIL = { json: { email: 'nobody.new@example.com' } };
const TOKEN = { json: { token: 'of nobody' } };
const RESET = { json: { token: 'of nobody', new_password: 'another secret 8' } };
const ADMIN = { json: { role: 'admin' } };
const ORG = { json: { slug: 'some-house', name: 'Some House' } };
const NEW_OWNER = { json: { user_id: '00000000-0000-4000-8000-000000000000' } };
const NAME = { json: { full_name: 'Some Body' } };
const KEY = { json: { name: 'Some Program' } };

const AUTH: readonly Row[] = [
  { method: 'POST', path: '/api/v1/auth/register', with: NEW, nobody: 201 },
  { method: 'POST', path: '/api/v1/auth/token', with: WRONG_FORM, nobody: 401 },
  { method: 'POST', path: '/api/v1/auth/login', with: WRONG, nobody: 401 },
  { method: 'GET', path: '/api/v1/auth/session', nobody: 401, stranger: 401 },
  { method: 'POST', path: '/api/v1/auth/refresh', nobody: 401, stranger: 200 },
  { method: 'GET', path: '/api/v1/auth/me', nobody: 401, stranger: 200 },
  { method: 'PATCH', path: '/api/v1/auth/me', with: NAME, nobody: 401, stranger: 200 },
  { method: 'POST', path: '/api/v1/auth/logout', nobody: 204, stranger: 204 },
  { method: 'GET', path: '/api/v1/auth/sessions', nobody: 401, stranger: 200 },
  { method: 'DELETE', path: '/api/v1/auth/sessions', nobody: 401, stranger: 204 },
  { method: 'DELETE', path: '/api/v1/auth/sessions/{}', nobody: 401, stranger: 404 },
  { method: 'POST', path: '/api/v1/auth/password', with: CHANGE, nobody: 401, stranger: 401 },
  { method: 'POST', path: '/api/v1/auth/password-reset/request', with: MAIL, nobody: 202 },
  { method: 'POST', path: '/api/v1/auth/password-reset/confirm', with: RESET, nobody: 400 },
  { method: 'POST', path: '/api/v1/auth/verify-email/request', nobody: 401, stranger: 202 },
  { method: 'POST', path: '/api/v1/auth/verify-email/confirm', with: TOKEN, nobody: 401, stranger: 400 },
  { method: 'POST', path: '/api/v1/auth/email/request', with: MAIL, nobody: 401, stranger: 202 },
  { method: 'POST', path: '/api/v1/auth/email/confirm', with: TOKEN, nobody: 401, stranger: 400 },
  { method: 'DELETE', path: '/api/v1/auth/me', nobody: 401, stranger: 204, owner: 409 },
  { method: 'GET', path: '/api/v1/auth/api-keys', nobody: 401, stranger: 200 },
  { method: 'POST', path: '/api/v1/auth/api-keys', with: KEY, nobody: 401, stranger: 201 },
  { method: 'DELETE', path: '/api/v1/auth/api-keys/{}', nobody: 401, stranger: 404 },
  { method: 'GET', path: '/.well-known/jwks.json', nobody: 200 },
];
/** By the table's path no provider is meant that there is. */
const OAUTH: readonly Row[] = [
  { method: 'GET', path: '/api/v1/auth/oauth/{}/start', nobody: 404 },
  { method: 'GET', path: '/api/v1/auth/oauth/{}/callback', nobody: 404 },
  { method: 'POST', path: '/api/v1/auth/oauth/{}/connect', nobody: 401, stranger: 404 },
  { method: 'GET', path: '/api/v1/auth/oauth/connections', nobody: 401, stranger: 200 },
  { method: 'DELETE', path: '/api/v1/auth/oauth/connections/{}', nobody: 401, stranger: 404 },
];
const SHORT_FORMS: readonly Row[] = [
  { method: 'POST', path: '/auth/register', with: NEW, nobody: 409 },
  { method: 'POST', path: '/auth/token', with: WRONG_FORM, nobody: 401 },
  { method: 'POST', path: '/auth/login', with: WRONG, nobody: 401 },
  { method: 'GET', path: '/auth/me', nobody: 401, stranger: 200 },
  { method: 'PATCH', path: '/auth/me', with: NAME, nobody: 401, stranger: 200 },
  { method: 'DELETE', path: '/auth/me', nobody: 401, stranger: 204, owner: 409 },
  // All others lead to their long form, which then judges.
  ...['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map((method) => ({
    method,
    path: '/auth/{}',
    nobody: 308,
    stranger: 308,
  })),
];

const ADMINISTRATION: readonly Row[] = [
  { method: 'GET', path: '/api/v1/users', nobody: 401, stranger: 403, admin: 200 },
  { method: 'GET', path: '/api/v1/users/{}', nobody: 401, stranger: 403, admin: 404 },
  { method: 'PATCH', path: '/api/v1/users/{}', with: NAME, nobody: 401, stranger: 403, admin: 404 },
  { method: 'DELETE', path: '/api/v1/users/{}', nobody: 401, stranger: 403, admin: 404 },
  { method: 'PUT', path: '/api/v1/users/{}/role', with: ADMIN, nobody: 401, stranger: 403, admin: 404 },
  { method: 'POST', path: '/api/v1/users/{}/activate', nobody: 401, stranger: 403, admin: 404 },
  { method: 'POST', path: '/api/v1/users/{}/deactivate', nobody: 401, stranger: 403, admin: 404 },
  { method: 'GET', path: '/api/v1/audit', nobody: 401, stranger: 403, admin: 200 },
];
const PEOPLE = { nobody: 401, stranger: 404, member: 403 };
const ORGANISATIONS: readonly Row[] = [
  { method: 'POST', path: '/api/v1/orgs', with: ORG, nobody: 401, stranger: 201, member: 409, owner: 409, admin: 409 },
  { method: 'GET', path: '/api/v1/orgs', nobody: 401, stranger: 200 },
  { method: 'GET', path: '/api/v1/orgs/{}', nobody: 401, stranger: 404, member: 200, owner: 200 },
  { method: 'PATCH', path: '/api/v1/orgs/{}', with: ORG, ...PEOPLE, owner: 200 },
  { method: 'DELETE', path: '/api/v1/orgs/{}', ...PEOPLE, owner: 204 },
  { method: 'POST', path: '/api/v1/orgs/{}/transfer', with: NEW_OWNER, ...PEOPLE, owner: 404 },
  { method: 'GET', path: '/api/v1/orgs/{}/members', nobody: 401, stranger: 404, member: 200, owner: 200 },
  { method: 'PUT', path: '/api/v1/orgs/{}/members/{}/role', with: ADMIN, ...PEOPLE, owner: 404 },
  { method: 'DELETE', path: '/api/v1/orgs/{}/members/{}', ...PEOPLE, owner: 404 },
  { method: 'POST', path: '/api/v1/orgs/{}/invitations', with: MAIL, ...PEOPLE, owner: 201 },
  { method: 'GET', path: '/api/v1/orgs/{}/invitations', ...PEOPLE, owner: 200 },
  { method: 'DELETE', path: '/api/v1/orgs/{}/invitations/{}', ...PEOPLE, owner: 404 },
  { method: 'POST', path: '/api/v1/invitations/accept', with: TOKEN, nobody: 401, stranger: 403 },
];

export function tableOf({ auth, level, oauth }: Combination): readonly Row[] {
  return [
    ...HEALTH,
    ...(auth ? [...AUTH, ...SHORT_FORMS] : []),
    ...(oauth ? OAUTH : []),
    ...(level ? ADMINISTRATION : []),
    ...(level === 'org' ? ORGANISATIONS : []),
  ];
}

/** Who there is to ask, in a project of that level. */
export function askers({ level }: Combination): readonly Exclude<Who, 'nobody'>[] {
  if (level === undefined) return ['stranger'];
  return level === 'org' ? ['stranger', 'member', 'owner', 'admin'] : ['stranger', 'admin'];
}

/** What a row says of somebody, where it says anything. */
export function expected(row: Row, who: Who): number | undefined {
  return row[who] ?? row.stranger;
}
