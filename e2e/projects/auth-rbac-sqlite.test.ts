/** Auth with roles, on SQLite. */
import { describe } from 'vitest';
import { oauth } from './auth/oauth.ts';
import { rbac } from './auth/rbac.ts';
import { RBAC_SQLITE } from './combinations.ts';
import { everyGate } from './gates/every.ts';
import { subjectOf } from './subject.ts';

const subject = await subjectOf(RBAC_SQLITE);

describe.skipIf(!subject)('a project with roles on SQLite', () => {
  if (!subject) return;
  everyGate(subject);
  describe('sign-in, GitHub and Google', () => oauth(subject));
  describe('roles, by HTTP', () => rbac(subject));
});
