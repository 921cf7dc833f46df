/** The gates that every combination meets. */
import { describe } from 'vitest';
import type { Subject } from '../subject.ts';
import { codeGate } from './code.ts';
import { composeGate } from './compose.ts';
import { filesGate } from './files.ts';
import { migrationsGate } from './migrations.ts';
import { modelsGate } from './openapi.ts';
import { ownTestsGate } from './own-tests.ts';
import { routesGate } from './routes.ts';
import { schemaGate } from './schema.ts';
import { serverGate } from './server.ts';
import { versionsGate } from './versions.ts';

export function everyGate(subject: Subject, testServer: 'given' | 'own' = 'own'): void {
  describe('its files', () => filesGate(subject));
  describe('its versions', () => versionsGate(subject));
  describe('its code', () => codeGate(subject));
  describe('its containers', () => composeGate(subject));
  if (subject.combination.engine) describe('its migrations', () => migrationsGate(subject));
  if (subject.combination.auth) describe('its schema', () => schemaGate(subject));
  describe('the app', () => serverGate(subject));
  describe('its routes', () => routesGate(subject));
  describe('its document', () => modelsGate(subject));
  describe('its own tests', () => ownTestsGate(subject, testServer));
}
