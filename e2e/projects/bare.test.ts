/** Nothing chosen: the skeleton, the backend and the frontend. */
import { describe } from 'vitest';
import { BARE } from './combinations.ts';
import { everyGate } from './gates/every.ts';
import { upgradeGate } from './gates/own-tests.ts';
import { subjectOf } from './subject.ts';

const subject = await subjectOf(BARE);

describe.skipIf(!subject)('a project with nothing chosen', () => {
  if (!subject) return;
  everyGate(subject);
  upgradeGate(subject);
});
