/** Auth as it comes: on SQLite, with nothing to install. */
import { describe } from 'vitest';
import { account } from './auth/account.ts';
import { apiKeys } from './auth/api-keys.ts';
import { contract } from './auth/contract.ts';
import { csrf } from './auth/csrf.ts';
import { keys } from './auth/keys.ts';
import { limits } from './auth/limits.ts';
import { mail } from './auth/mail.ts';
import { passwords } from './auth/passwords.ts';
import { refresh } from './auth/refresh.ts';
import { registration } from './auth/registration.ts';
import { tokens } from './auth/tokens.ts';
import { AUTH_SQLITE } from './combinations.ts';
import { everyGate } from './gates/every.ts';
import { quickStart } from './quick-start.ts';
import { subjectOf } from './subject.ts';

const subject = await subjectOf(AUTH_SQLITE);

describe.skipIf(!subject)('a project with auth on SQLite', () => {
  if (!subject) return;
  everyGate(subject);
  describe('the quick start', () => quickStart(subject, true));
  describe('sign-in, the contract', () => contract(subject));
  describe('sign-in, passwords', () => passwords(subject));
  describe('sign-in, registration', () => registration(subject));
  describe('sign-in, tokens', () => tokens(subject));
  describe('sign-in, keys', () => keys(subject));
  describe('sign-in, API keys', () => apiKeys(subject));
  describe('sign-in, refresh', () => refresh(subject));
  describe('account life', () => account(subject));
  describe('mail', () => mail(subject));
  describe('sign-in, limits', () => limits(subject));
  describe('sign-in, other sites', () => csrf(subject));
});
