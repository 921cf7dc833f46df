/** All that is true of accounts in every project that has them; areas come in where the project has what they are about. */
import { describe } from 'vitest';
import type { Subject } from '../subject.ts';
import { account } from './account.ts';
import { apiKeys } from './api-keys.ts';
import { contract } from './contract.ts';
import { csrf } from './csrf.ts';
import { keys } from './keys.ts';
import { limits, limitsWithoutStore } from './limits.ts';
import { mail } from './mail.ts';
import { oauth } from './oauth.ts';
import { orgs } from './orgs.ts';
import { passwords } from './passwords.ts';
import { rbac } from './rbac.ts';
import { refresh } from './refresh.ts';
import { registration } from './registration.ts';
import { tokens } from './tokens.ts';

export function everyArea(subject: Subject): void {
  const { level, oauth: withOAuth, engine } = subject.combination;
  describe('sign-in, the contract', () => contract(subject));
  describe('sign-in, passwords', () => passwords(subject));
  describe('sign-in, registration', () => registration(subject));
  describe('sign-in, tokens', () => tokens(subject));
  describe('sign-in, keys', () => keys(subject));
  describe('sign-in, API keys', () => apiKeys(subject));
  describe('sign-in, refresh', () => refresh(subject));
  describe('sign-in, other sites', () => csrf(subject));
  if (withOAuth) describe('sign-in, GitHub and Google', () => oauth(subject));
  describe('account life', () => account(subject));
  describe('mail', () => mail(subject));
  if (level) describe('roles, by HTTP', () => rbac(subject));
  if (level === 'org') describe('organisations, by HTTP', () => orgs(subject));
  describe('sign-in, limits', () => limits(subject));
  if (engine === 'postgres') describe('sign-in, the store', () => limitsWithoutStore(subject));
}
