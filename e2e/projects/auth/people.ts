/** People with accounts, seen from outside: HTTP, and a look into the database where time has to pass. */
import { expect } from 'vitest';
import type { Answer, Ask, Client } from '../../support/http.ts';
import { noteSecret } from '../../support/secrets.ts';
import type { Database } from '../database.ts';
import type { Server } from '../project.ts';
import type { Subject } from '../subject.ts';

export const API = '/api/v1/auth';
export const PASSWORD = 'correct horse 7';
/** A key of the tests' own, so that they can sign what an attacker with it would, and only then. */
export const SECRET = 'kX9t-signing-key-of-the-black-box-tests-and-of-nothing-else';
/** Hashing costs next to nothing; what the default costs is no matter of these tests. */
export const CHEAP = { PASSWORD_HASH_MEMORY_KIB: '8', PASSWORD_HASH_TIME_COST: '1', JWT_SECRET_KEY: SECRET };
const UNLIMITED = { RATE_LIMIT_ENABLED: 'false' };

/** The app on a database of its own that the tests can look into. */
export interface House {
  readonly server: Server;
  readonly database: Database;
  /** Where attempts are counted, where that is not the database. */
  readonly redis?: string;
}

/**
 * On PostgreSQL two processes share it, and every request goes to the one that did not get the request before.
 *
 * @param limited whether the limits are on; without them, people may come and go as often as a test needs
 */
export async function openHouse(
  subject: Subject,
  limited: 'limited' | 'unlimited',
  env: Readonly<Record<string, string>> = {},
): Promise<House> {
  const database = await subject.database();
  const redis = subject.combination.redis ? { redis: await subject.redis.database() } : {};
  const where = { DATABASE_URL: database.url, ...(redis.redis ? { REDIS_URL: redis.redis } : {}) };
  const settings = { ...CHEAP, ...(limited === 'limited' ? {} : UNLIMITED), ...where, ...env };
  noteSettings(settings);
  const { project, combination } = subject;
  const server = await (combination.engine === 'postgres' ? project.serveTwice(settings) : project.serve(settings));
  return { server, database, ...redis };
}

/** The same database behind one more process. */
export function openDoor(subject: Subject, house: House, env: Readonly<Record<string, string>> = {}): Promise<Server> {
  noteSettings(env);
  const where = { DATABASE_URL: house.database.url, ...(house.redis ? { REDIS_URL: house.redis } : {}) };
  return subject.project.serve({ ...CHEAP, ...where, ...env });
}

function noteSettings(settings: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(settings)) if (/SECRET|PASSWORD$/.test(name)) noteSecret('setting', value);
}

let counter = 0;

/** An address nobody else in this run has. */
export function newEmail(name = 'someone'): string {
  counter += 1;
  return `${name}.${counter}@example.com`;
}

export interface Person {
  readonly email: string;
  readonly id: string;
  readonly client: Client;
}

export function register(client: Client, email: string, password = PASSWORD, more: Ask = {}): Promise<Answer> {
  return client.post(`${API}/register`, { json: { email, password }, ...more });
}

export function signIn(client: Client, email: string, password = PASSWORD, more: Ask = {}): Promise<Answer> {
  return client.post(`${API}/login`, { json: { email, password }, ...more });
}

/** Someone new, signed in with cookies. */
export async function newPerson(server: Server, name?: string): Promise<Person> {
  const client = server.client();
  const email = newEmail(name);
  const answer = await register(client, email);
  expect(answer.status, answer.text).toBe(201);
  return { email, id: String(answer.json().id), client };
}

/** An access token as a program gets it. */
export async function newToken(server: Server, email: string, password = PASSWORD): Promise<string> {
  const answer = await server.client().post(`${API}/token`, { form: { username: email, password } });
  expect(answer.status, answer.text).toBe(200);
  return String(answer.json().access_token);
}

export const bearer = (token: string): Ask => ({ headers: { authorization: `Bearer ${token}` } });
/** Exactly this Cookie header, whatever a jar holds. */
export const cookie = (name: string, value: string): Ask => ({ headers: { cookie: `${name}=${value}` } });

/** A cookie's value that must be there. */
export function held(client: Client, name: string): string {
  const value = client.jar.get(name);
  expect(value, `${name} among ${client.jar.names.join(', ')}`).toBeTruthy();
  return value ?? '';
}

/** A moment as both engines compare it. */
export function moment(secondsFromNow: number): string {
  return new Date(Date.now() + secondsFromNow * 1000).toISOString().replace('T', ' ').replace('Z', '000');
}

/** The user's row, by both engines' idea of a UUID. */
export function whereUser(person: Person): string {
  return `email = '${person.email}'`;
}
/** Sessions of one person. */
export function whoseSessions(person: Person): string {
  return `user_id IN (SELECT id FROM users WHERE ${whereUser(person)})`;
}

export async function me(client: Client, more: Ask = {}): Promise<number> {
  return (await client.get(`${API}/me`, more)).status;
}
