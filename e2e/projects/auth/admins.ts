/** Levels rbac and org: making admins, and organisations with people in them. */
import { expect } from 'vitest';
import type { Client } from '../../support/http.ts';
import type { Mail, MailServer } from '../../support/smtp.ts';
import { waitFor } from '../../support/wait.ts';
import type { Server } from '../project.ts';
import type { Subject } from '../subject.ts';
import { API, type House, newPerson, type Person, whereUser } from './people.ts';

export const USERS = '/api/v1/users';
export const ORGS = '/api/v1/orgs';

/** The one way to the first admin. */
export async function promote(subject: Subject, house: House, person: Person, role = 'admin'): Promise<void> {
  const env = { DATABASE_URL: house.database.url };
  await subject.project.mustCommand('app', ['auth', 'promote', person.email, '--role', role], { env });
}

/** The role, as the database has it. */
export function setRole(house: House, person: Person, role: string): Promise<string[][]> {
  const of = `user_id IN (SELECT id FROM users WHERE ${whereUser(person)})`;
  return house.database.sql(
    role === 'user'
      ? `DELETE FROM user_roles WHERE ${of}`
      : `INSERT INTO user_roles (user_id, role, granted_at) SELECT id, '${role}', created_at FROM users WHERE ${whereUser(person)}`,
  );
}

let organisations = 0;

/** A new organisation of that person; says its slug. */
export async function newOrg(owner: Client): Promise<string> {
  organisations += 1;
  const slug = `house-${organisations}`;
  const answer = await owner.post(ORGS, { json: { slug, name: `House ${organisations}` } });
  expect(answer.status, answer.text).toBe(201);
  return slug;
}

/** The newest mail to someone whose link leads there, once there are so many. */
export async function mailFor(sink: MailServer, recipient: string, path: string, count = 1): Promise<Mail> {
  const found = (): Mail[] => sink.to(recipient).filter(({ link }) => link.includes(`${path}?`));
  await waitFor(`${count} mail(s) to ${recipient} that lead to ${path}`, () => found().length >= count);
  return found().at(-1) as Mail;
}

/** Somebody whose address is verified by the link of the mail. */
export async function verifiedPerson(server: Server, sink: MailServer, name?: string): Promise<Person> {
  const person = await newPerson(server, name);
  const { token } = await mailFor(sink, person.email, '/verify-email');
  const answer = await person.client.post(`${API}/verify-email/confirm`, { json: { token } });
  expect(answer.status, answer.text).toBe(200);
  return person;
}
