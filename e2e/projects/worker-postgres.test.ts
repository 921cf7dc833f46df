/** Background tasks on PostgreSQL and Redis: every gate, and workers that are killed. */
import { describe } from 'vitest';
import { WORKER_POSTGRES } from './combinations.ts';
import { everyGate } from './gates/every.ts';
import { quickStart } from './quick-start.ts';
import { subjectOf } from './subject.ts';
import { worker } from './worker.ts';

const subject = await subjectOf(WORKER_POSTGRES);

describe.skipIf(!subject)('a project with background tasks', () => {
  if (!subject) return;
  everyGate(subject);
  describe('the quick start', () => quickStart(subject, false));
  describe('its tasks', () => worker(subject));
});
