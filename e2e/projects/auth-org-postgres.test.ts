/** Auth with all there is, on PostgreSQL, where people really come at once; every house has two processes. */
import { describe } from 'vitest';
import { UNCUT } from '../support/uncut.ts';
import { defectsGate } from './auth/defects.ts';
import { everyArea } from './auth/every.ts';
import { ORG_POSTGRES } from './combinations.ts';
import { auditGate } from './gates/audit.ts';
import { everyGate } from './gates/every.ts';
import { logGate } from './gates/log.ts';
import { schemathesisGate } from './gates/openapi.ts';
import { upgradeGate } from './gates/own-tests.ts';
import { quickStart } from './quick-start.ts';
import { subjectOf } from './subject.ts';

const subject = await subjectOf(ORG_POSTGRES);

describe.skipIf(!subject)('a project with organisations on PostgreSQL', () => {
  if (!subject) return;
  everyGate(subject, 'given');
  describe('its versions, audited', () => auditGate(subject));
  describe('its document, by schemathesis', () => schemathesisGate(subject));
  describe('the quick start', () => quickStart(subject, false));
  if (UNCUT) upgradeGate(subject);
  everyArea(subject);
  describe('the defects', () => defectsGate(subject));
  describe('its log', () => logGate(subject));
});
