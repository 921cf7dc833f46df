/** Auth with roles and with GitHub and Google, on SQLite. */
import { describe } from 'vitest';
import { UNCUT } from '../support/uncut.ts';
import { defectsGate } from './auth/defects.ts';
import { everyArea } from './auth/every.ts';
import { RBAC_SQLITE } from './combinations.ts';
import { auditGate } from './gates/audit.ts';
import { dockerGate } from './gates/docker.ts';
import { everyGate } from './gates/every.ts';
import { kubernetesGate } from './gates/kubernetes.ts';
import { logGate } from './gates/log.ts';
import { schemathesisGate } from './gates/openapi.ts';
import { upgradeGate } from './gates/own-tests.ts';
import { quickStart } from './quick-start.ts';
import { subjectOf } from './subject.ts';

const subject = await subjectOf(RBAC_SQLITE);

describe.skipIf(!subject)('a project with roles on SQLite', () => {
  if (!subject) return;
  everyGate(subject);
  describe('its manifests', () => kubernetesGate(subject, 'helm'));
  if (UNCUT) describe('its versions, audited', () => auditGate(subject));
  if (UNCUT) upgradeGate(subject);
  if (UNCUT) describe('its document, by schemathesis', () => schemathesisGate(subject));
  if (UNCUT) describe('the quick start', () => quickStart(subject, false));
  everyArea(subject);
  describe('the defects', () => defectsGate(subject));
  describe('its image', () => dockerGate(subject));
  describe('its log', () => logGate(subject));
});
