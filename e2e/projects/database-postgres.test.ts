/** A database for itself, a name of its own, and a description that wants out of every file it stands in. */
import { describe } from 'vitest';
import { UNCUT } from '../support/uncut.ts';
import { cacheInMemory } from './cache.ts';
import { DATABASE_POSTGRES } from './combinations.ts';
import { auditGate } from './gates/audit.ts';
import { everyGate } from './gates/every.ts';
import { kubernetesGate } from './gates/kubernetes.ts';
import { upgradeGate } from './gates/own-tests.ts';
import { ingress } from './ingress.ts';
import { quickStart } from './quick-start.ts';
import { subjectOf } from './subject.ts';

const subject = await subjectOf(DATABASE_POSTGRES);

describe.skipIf(!subject)('a project with PostgreSQL and a hostile description', () => {
  if (!subject) return;
  everyGate(subject);
  if (UNCUT) describe('its versions, audited', () => auditGate(subject));
  if (UNCUT) upgradeGate(subject);
  describe('its manifests', () => kubernetesGate(subject, 'helm'));
  describe('its way in', () => ingress(subject, 'caddy'));
  describe('its cache', () => cacheInMemory(subject));
  describe('the quick start', () => quickStart(subject, false));
});
