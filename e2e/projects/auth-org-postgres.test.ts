/** Auth with organisations, on PostgreSQL, where people really come at once. */
import { describe } from 'vitest';
import { oauth } from './auth/oauth.ts';
import { orgs } from './auth/orgs.ts';
import { rbac } from './auth/rbac.ts';
import { ORG_POSTGRES } from './combinations.ts';
import { everyGate } from './gates/every.ts';
import { subjectOf } from './subject.ts';

const subject = await subjectOf(ORG_POSTGRES);

describe.skipIf(!subject)('a project with organisations on PostgreSQL', () => {
  if (!subject) return;
  everyGate(subject, 'given');
  describe('sign-in, GitHub and Google', () => oauth(subject));
  describe('roles, by HTTP', () => rbac(subject));
  describe('organisations, by HTTP', () => orgs(subject));
});
