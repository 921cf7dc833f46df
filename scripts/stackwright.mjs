/**
 * The command line from a checkout: installs and builds what is missing, then runs it in this process.
 * Builds are kept by their stamp, so two calls at once, or one amid an edit, never disturb each other.
 */
import { accessSync, constants, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
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
  writable(resolve(root), () => mkdirSync(builds, { recursive: true }));
  writable(builds, () => mkdirSync(temporary));
  // Vite bundles its configuration among the packages, or else beside it.
  writable(resolve(root), () => {
    try {
      accessSync(join(root, 'node_modules'), constants.W_OK);
    } catch {
      accessSync(root, constants.W_OK);
    }
  });
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

/** A folder that cannot be written is no fault of the build: it is named, and nothing is built. */
function writable(folder, work) {
  try {
    work();
  } catch (error) {
    rmSync(join(root, '.cache', 'cli', `tmp-${process.pid}`), { recursive: true, force: true });
    if (error.code !== 'EACCES' && error.code !== 'EPERM' && error.code !== 'EROFS') throw error;
    stop(`The command line has to be built first, and ${folder} cannot be written: ${error.code}.`);
  }
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
// A checkout has no program called stackwright; the commands it prints have to work as they stand.
process.env.STACKWRIGHT_PROGRAM = 'npm run --silent stackwright --';
await import(pathToFileURL(bundle()).href);
