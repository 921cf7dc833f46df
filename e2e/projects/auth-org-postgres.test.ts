/** Auth with all there is, on PostgreSQL, where people really come at once; two processes where it matters. */
import { describe } from 'vitest';
import { account } from './auth/account.ts';
import { apiKeys } from './auth/api-keys.ts';
import { limits, limitsWithoutStore } from './auth/limits.ts';
import { mail } from './auth/mail.ts';
import { oauth } from './auth/oauth.ts';
import { orgs } from './auth/orgs.ts';
import { rbac } from './auth/rbac.ts';
import { refresh } from './auth/refresh.ts';
import { registration } from './auth/registration.ts';
import { ORG_POSTGRES } from './combinations.ts';
import { everyGate } from './gates/every.ts';
import { quickStart } from './quick-start.ts';
import { subjectOf } from './subject.ts';

const subject = await subjectOf(ORG_POSTGRES);

describe.skipIf(!subject)('a project with organisations on PostgreSQL', () => {
  if (!subject) return;
  everyGate(subject, 'given');
  describe('the quick start', () => quickStart(subject, false));
  describe('sign-in, registration', () => registration(subject));
  describe('sign-in, refresh', () => refresh(subject));
  describe('sign-in, GitHub and Google', () => oauth(subject));
  describe('sign-in, API keys', () => apiKeys(subject));
  describe('account life', () => account(subject));
  describe('mail', () => mail(subject));
  describe('roles, by HTTP', () => rbac(subject));
  describe('organisations, by HTTP', () => orgs(subject));
  describe('sign-in, limits', () => limits(subject));
  describe('sign-in, the store', () => limitsWithoutStore(subject));
});
