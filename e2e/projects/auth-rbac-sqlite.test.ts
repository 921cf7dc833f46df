/** Auth with roles and with GitHub and Google, on SQLite. */
import { describe } from 'vitest';
import { account } from './auth/account.ts';
import { csrf } from './auth/csrf.ts';
import { oauth } from './auth/oauth.ts';
import { rbac } from './auth/rbac.ts';
import { registration } from './auth/registration.ts';
import { tokens } from './auth/tokens.ts';
import { RBAC_SQLITE } from './combinations.ts';
import { everyGate } from './gates/every.ts';
import { subjectOf } from './subject.ts';

const subject = await subjectOf(RBAC_SQLITE);

describe.skipIf(!subject)('a project with roles on SQLite', () => {
  if (!subject) return;
  everyGate(subject);
  describe('sign-in, registration', () => registration(subject));
  describe('sign-in, tokens', () => tokens(subject));
  describe('sign-in, other sites', () => csrf(subject));
  describe('sign-in, GitHub and Google', () => oauth(subject));
  describe('account life', () => account(subject));
  describe('roles, by HTTP', () => rbac(subject));
});
