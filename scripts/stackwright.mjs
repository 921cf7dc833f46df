/**
 * The command line from a checkout: installs and builds what is missing, then runs it in this process.
 * Builds are kept by their stamp, so two calls at once, or one amid an edit, never disturb each other.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stampOf } from './fresh.mjs';
import { root, runTool, setup, stop } from './setup.mjs';

const SOURCES = [
  'src/cli',
  'src/core',
  'src/words',
  'src/catalog.ts',
  'templates',
  'build',
  'vite.cli.config.ts',
  'package.json',
  'package-lock.json',
];
const KEPT = 5;

/** The bundle's entry, built if the sources are not those of a kept build. */
function bundle() {
  const builds = join(root, '.cache', 'cli');
  const build = join(builds, stampOf(SOURCES));
  const entry = join(build, 'stackwright.js');
  if (existsSync(entry)) return entry;
  const temporary = join(builds, `tmp-${process.pid}`);
  mkdirSync(builds, { recursive: true });
  const args = ['build', '--config', 'vite.cli.config.ts', '--outDir', temporary, '--logLevel', 'warn'];
  if (runTool('vite/bin/vite.js', args) !== 0) {
    rmSync(temporary, { recursive: true, force: true });
    stop('The command line could not be built; the reason is above.');
  }
  try {
    renameSync(temporary, build);
  } catch (error) {
    // Another call was faster; its build is the same.
    rmSync(temporary, { recursive: true, force: true });
    if (!existsSync(entry)) throw error;
  }
  forgetOld(builds);
  return entry;
}

/** A build is kept for an hour at least: a call that still runs loads its chunks from there. */
function forgetOld(builds) {
  const byAge = readdirSync(builds)
    .map((name) => ({
      path: join(builds, name),
      time: statSync(join(builds, name), { throwIfNoEntry: false })?.mtimeMs ?? 0,
    }))
    .sort((a, b) => b.time - a.time);
  for (const { path, time } of byAge.slice(KEPT)) {
    if (Date.now() - time > 3_600_000) rmSync(path, { recursive: true, force: true });
  }
}

setup();
await import(pathToFileURL(bundle()).href);
