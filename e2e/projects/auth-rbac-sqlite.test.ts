/** Auth with roles and with GitHub and Google, on SQLite. */
import { describe } from 'vitest';
import { defectsGate } from './auth/defects.ts';
import { everyArea } from './auth/every.ts';
import { RBAC_SQLITE } from './combinations.ts';
import { dockerGate } from './gates/docker.ts';
import { everyGate } from './gates/every.ts';
import { kubernetesGate } from './gates/kubernetes.ts';
import { logGate } from './gates/log.ts';
import { subjectOf } from './subject.ts';

const subject = await subjectOf(RBAC_SQLITE);

describe.skipIf(!subject)('a project with roles on SQLite', () => {
  if (!subject) return;
  everyGate(subject);
  describe('its manifests', () => kubernetesGate(subject, 'helm'));
  everyArea(subject);
  describe('the defects', () => defectsGate(subject));
  describe('its image', () => dockerGate(subject));
  describe('its log', () => logGate(subject));
});
