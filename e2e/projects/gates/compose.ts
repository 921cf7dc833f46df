/** compose.yaml, against the specification's own schema and against the settings. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { composeFaults } from '../../support/validators.ts';
import type { Subject } from '../subject.ts';
import { environmentKeys } from './files.ts';

interface Service {
  readonly build?: unknown;
  readonly image?: string;
  readonly ports?: readonly string[];
  readonly environment?: readonly string[];
}

export function composeGate(subject: Subject): void {
  if (subject.combination.engine !== 'postgres' && !subject.combination.redis) {
    test('there are none', () => {
      expect(subject.project.has('compose.yaml')).toBe(false);
      expect(subject.project.read('Makefile')).not.toMatch(/^(?:up|down):/m);
    });
    return;
  }

  test('compose.yaml is one', async () => {
    expect(await composeFaults([join(subject.project.folder, 'compose.yaml')])).toBe('');
  });

  test('it names only variables of .env.example, holds its versions, and listens on loopback alone', () => {
    const text = subject.project.read('compose.yaml');
    const known = environmentKeys(subject.project.read('.env.example'));
    const named = [...text.matchAll(/\$\{([A-Z_]+)/g)].map((match) => match[1] ?? '');
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
    const { services } = parse(text) as { services: Record<string, Service> };
    for (const service of Object.values(services)) {
      for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
      expect(service.image).toMatch(/:\d/);
      // Foreign images go by their own names; the app's own container comes with a module of its own.
      expect(service.build).toBeUndefined();
    }
  });

  test('it hands no secret over in clear', () => {
    const { services } = parse(subject.project.read('compose.yaml')) as { services: Record<string, Service> };
    const secret = /(?:PASSWORD|SECRET|KEY)=(?!\$\{)/;
    expect(
      Object.values(services).flatMap((service) => (service.environment ?? []).filter((line) => secret.test(line))),
    ).toEqual([]);
  });
}
