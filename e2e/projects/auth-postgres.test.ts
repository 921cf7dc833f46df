/** Auth on PostgreSQL, where people really come at once. */
import { describe } from 'vitest';
import { account } from './auth/account.ts';
import { apiKeys } from './auth/api-keys.ts';
import { limits, limitsWithoutStore } from './auth/limits.ts';
import { mail } from './auth/mail.ts';
import { refresh } from './auth/refresh.ts';
import { registration } from './auth/registration.ts';
import { AUTH_POSTGRES } from './combinations.ts';
import { everyGate } from './gates/every.ts';
import { quickStart } from './quick-start.ts';
import { subjectOf } from './subject.ts';

const subject = await subjectOf(AUTH_POSTGRES);

describe.skipIf(!subject)('a project with auth on PostgreSQL', () => {
  if (!subject) return;
  everyGate(subject, 'given');
  describe('the quick start', () => quickStart(subject, false));
  describe('sign-in, registration', () => registration(subject));
  describe('sign-in, refresh', () => refresh(subject));
  describe('account life', () => account(subject));
  describe('mail', () => mail(subject));
  describe('sign-in, API keys', () => apiKeys(subject));
  describe('sign-in, limits', () => limits(subject));
  describe('sign-in, the store', () => limitsWithoutStore(subject));
});
