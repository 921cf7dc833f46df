/** Tasks and jobs on PostgreSQL and Redis: every gate, and processes that are killed. */
import { describe } from 'vitest';
import { UNCUT } from '../support/uncut.ts';
import { cacheInRedis } from './cache.ts';
import { BACKGROUND_POSTGRES } from './combinations.ts';
import { docker } from './docker.ts';
import { auditGate } from './gates/audit.ts';
import { dockerGate } from './gates/docker.ts';
import { everyGate } from './gates/every.ts';
import { kubernetesGate } from './gates/kubernetes.ts';
import { upgradeGate } from './gates/own-tests.ts';
import { workflowsGate } from './gates/workflows.ts';
import { ingress } from './ingress.ts';
import { observability } from './observability.ts';
import { quickStart } from './quick-start.ts';
import { scheduler } from './scheduler.ts';
import { subjectOf } from './subject.ts';
import { worker } from './worker.ts';

const subject = await subjectOf(BACKGROUND_POSTGRES);

describe.skipIf(!subject)('a project with tasks and jobs', () => {
  if (!subject) return;
  everyGate(subject);
  if (UNCUT) describe('its versions, audited', () => auditGate(subject));
  if (UNCUT) upgradeGate(subject);
  describe('its image', () => dockerGate(subject));
  describe('its containers of production', () => docker(subject));
  describe('its manifests', () => kubernetesGate(subject, 'kustomize'));
  describe('its workflows', () => workflowsGate(subject));
  describe('the quick start', () => quickStart(subject, false));
  describe('its way in', () => ingress(subject, 'traefik'));
  describe('its cache', () => cacheInRedis(subject));
  describe('what it tells', () => observability(subject));
  describe('its jobs', () => scheduler(subject));
  describe('its tasks', () => worker(subject));
});
