/** Auth as it comes: on SQLite, with nothing to install. */
import { describe } from 'vitest';
import { defectsGate } from './auth/defects.ts';
import { everyArea } from './auth/every.ts';
import { AUTH_SQLITE } from './combinations.ts';
import { everyGate } from './gates/every.ts';
import { logGate } from './gates/log.ts';
import { quickStart } from './quick-start.ts';
import { subjectOf } from './subject.ts';

const subject = await subjectOf(AUTH_SQLITE);

describe.skipIf(!subject)('a project with auth on SQLite', () => {
  if (!subject) return;
  everyGate(subject);
  describe('the quick start', () => quickStart(subject, true));
  everyArea(subject);
  describe('the defects', () => defectsGate(subject));
  describe('its log', () => logGate(subject));
});
