/** Nothing chosen: the skeleton, the backend and the frontend. */
import { describe } from 'vitest';
import { UNCUT } from '../support/uncut.ts';
import { BARE } from './combinations.ts';
import { auditGate } from './gates/audit.ts';
import { everyGate } from './gates/every.ts';
import { upgradeGate } from './gates/own-tests.ts';
import { quickStart } from './quick-start.ts';
import { subjectOf } from './subject.ts';

const subject = await subjectOf(BARE);

describe.skipIf(!subject)('a project with nothing chosen', () => {
  if (!subject) return;
  everyGate(subject);
  upgradeGate(subject);
  if (UNCUT) describe('its versions, audited', () => auditGate(subject));
  if (UNCUT) describe('the quick start', () => quickStart(subject, false));
});
