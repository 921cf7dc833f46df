/** A database for itself, a name of its own, and a description that wants out of every file it stands in. */
import { describe } from 'vitest';
import { cacheInMemory } from './cache.ts';
import { DATABASE_POSTGRES } from './combinations.ts';
import { everyGate } from './gates/every.ts';
import { kubernetesGate } from './gates/kubernetes.ts';
import { ingress } from './ingress.ts';
import { quickStart } from './quick-start.ts';
import { subjectOf } from './subject.ts';

const subject = await subjectOf(DATABASE_POSTGRES);

describe.skipIf(!subject)('a project with PostgreSQL and a hostile description', () => {
  if (!subject) return;
  everyGate(subject);
  describe('its manifests', () => kubernetesGate(subject, 'helm'));
  describe('its way in', () => ingress(subject, 'caddy'));
  describe('its cache', () => cacheInMemory(subject));
  describe('the quick start', () => quickStart(subject, false));
});
