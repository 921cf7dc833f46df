/** Auth as it comes: on SQLite, with nothing to install. */
import { describe } from 'vitest';
import { UNCUT } from '../support/uncut.ts';
import { defectsGate } from './auth/defects.ts';
import { everyArea } from './auth/every.ts';
import { AUTH_SQLITE } from './combinations.ts';
import { auditGate } from './gates/audit.ts';
import { everyGate } from './gates/every.ts';
import { logGate } from './gates/log.ts';
import { schemathesisGate } from './gates/openapi.ts';
import { upgradeGate } from './gates/own-tests.ts';
import { quickStart } from './quick-start.ts';
import { subjectOf } from './subject.ts';

const subject = await subjectOf(AUTH_SQLITE);

describe.skipIf(!subject)('a project with auth on SQLite', () => {
  if (!subject) return;
  everyGate(subject);
  describe('the quick start', () => quickStart(subject, true));
  if (UNCUT) describe('its versions, audited', () => auditGate(subject));
  if (UNCUT) upgradeGate(subject);
  if (UNCUT) describe('its document, by schemathesis', () => schemathesisGate(subject));
  everyArea(subject);
  describe('the defects', () => defectsGate(subject));
  describe('its log', () => logGate(subject));
});
