/** What each route answers to nobody and to a signed-in stranger. A route without a row fails the tests. */
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
}

const HEALTH: readonly Row[] = [
  { method: 'GET', path: '/health/live', nobody: 200 },
  { method: 'GET', path: '/health/ready', nobody: 200 },
];

const NEW = { json: { email: 'somebody@example.com', password: 'correct horse 7' } };
const WRONG = { json: { email: 'nobody@example.com', password: 'wrong horse 7' } };
const WRONG_FORM = { form: { username: 'nobody@example.com', password: 'wrong horse 7' } };
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
  { method: 'GET', path: '/api/v1/auth/api-keys', nobody: 401, stranger: 200 },
  { method: 'POST', path: '/api/v1/auth/api-keys', with: KEY, nobody: 401, stranger: 201 },
  { method: 'DELETE', path: '/api/v1/auth/api-keys/{}', nobody: 401, stranger: 404 },
  { method: 'GET', path: '/.well-known/jwks.json', nobody: 200 },
];
const SHORT_FORMS: readonly Row[] = [
  { method: 'POST', path: '/auth/register', with: NEW, nobody: 409 },
  { method: 'POST', path: '/auth/token', with: WRONG_FORM, nobody: 401 },
  { method: 'POST', path: '/auth/login', with: WRONG, nobody: 401 },
  { method: 'GET', path: '/auth/me', nobody: 401, stranger: 200 },
  { method: 'PATCH', path: '/auth/me', with: NAME, nobody: 401, stranger: 200 },
  // All others lead to their long form, which then judges.
  ...['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map((method) => ({
    method,
    path: '/auth/{}',
    nobody: 308,
    stranger: 308,
  })),
];

export function tableOf(combination: Combination): readonly Row[] {
  return combination.auth ? [...HEALTH, ...AUTH, ...SHORT_FORMS] : HEALTH;
}
