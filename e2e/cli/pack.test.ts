/** The npm package as it would be published: packed, installed where there is no network, and run. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesIn, ROOT, standInEmptyFolder, withoutNpm } from '../../src/cli/testing.ts';

standInEmptyFolder();

const npm = (argv: string[], cwd: string) => {
  // Neither the network nor a cache that could stand in for it.
  const env = {
    ...withoutNpm(),
    npm_config_cache: join(process.cwd(), 'npm-cache'),
    npm_config_offline: 'true',
    npm_config_audit: 'false',
  };
  const { status, stdout, stderr } = spawnSync('npm', argv, { cwd, encoding: 'utf8', env });
  expect(status, stderr).toBe(0);
  return stdout;
};

test('it installs without a network and without dependencies, and makes projects', () => {
  const here = process.cwd();
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, unknown>;
  for (const key of ['dependencies', 'peerDependencies', 'optionalDependencies']) expect(manifest[key]).toBeUndefined();

  const [packed] = JSON.parse(npm(['pack', '--json', '--pack-destination', here], ROOT)) as {
    filename: string;
    files: { path: string }[];
  }[];
  const files = packed?.files.map(({ path }) => path) ?? [];
  expect(files.filter((path) => !path.startsWith('dist/cli/chunks/')).sort()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'dist/cli/LICENSES.md',
    'dist/cli/stackwright.js',
    'package.json',
  ]);

  writeFileSync('package.json', '{ "name": "elsewhere", "private": true }');
  npm(['install', '--no-save', join(here, packed?.filename ?? '')], here);
  expect(filesIn('node_modules').filter((path) => /^[^./][^/]*\/$/.test(path))).toEqual(['stackwright/']);

  const stackwright = (...argv: string[]) =>
    spawnSync(join(here, 'node_modules', '.bin', 'stackwright'), argv, {
      encoding: 'utf8',
      cwd: here,
      env: withoutNpm(),
    });
  expect(stackwright('--version')).toMatchObject({ status: 0, stdout: `${String(manifest.version)}\n`, stderr: '' });
  expect(stackwright('init', 'my-app', '--services', 'auth')).toMatchObject({ status: 0, stderr: '' });
  expect(stackwright('init', 'my-app', '--services', 'auth', '--zip', 'my-app.zip')).toMatchObject({ status: 0 });
  expect(stackwright('verify', 'my-app')).toMatchObject({ status: 0 });
  expect(stackwright('services').stdout).toContain('Authentication');
});

test('its entry holds next to nothing, so that --version costs next to nothing', () => {
  const folder = join(ROOT, 'dist', 'cli');
  const entry = readFileSync(join(folder, 'stackwright.js'), 'utf8');
  expect(entry.startsWith('#!/usr/bin/env node\n')).toBe(true);
  expect(entry.length).toBeLessThan(2000);
  // Nothing but dynamic imports.
  expect(entry).not.toMatch(/\bimport\s*["'{*\w]/);
});
