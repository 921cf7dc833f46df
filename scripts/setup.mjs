/**
 * What every npm script needs first: a Node that is new enough and the packages of the lock file. Imports
 * nothing but Node itself, since it runs before anything is installed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Says one sentence and ends. */
export function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  stop(`Node ${version} is too old: Stackwright needs 20.19 or newer, which https://nodejs.org has.`);
}

/** For what runs generated projects; the page and the command line need none. */
export function checkPython(command = process.platform === 'win32' ? 'python' : 'python3') {
  const { error, stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' });
  const found = /^Python (\d+)\.(\d+)/.exec(stdout ?? '');
  if (error || !found)
    stop('Python is not there: Stackwright’s tests need 3.11 or newer, which https://python.org has.');
  const [, major, minor] = found.map(Number);
  if (major < 3 || (major === 3 && minor < 11)) {
    stop(`${found[0]} is too old: Stackwright’s tests need 3.11 or newer, which https://python.org has.`);
  }
}

/** The packages that are installed are those of the lock file. */
export function isInstalled(folder = root) {
  const read = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : undefined);
  const locked = read(join(folder, 'package-lock.json'));
  const there = read(join(folder, 'node_modules', '.package-lock.json'));
  if (!locked || !there) return false;
  return Object.entries(locked).every(
    // Optional ones are for other systems.
    ([path, { version, optional, peer }]) => path === '' || optional || peer || there[path]?.version === version,
  );
}

export function install() {
  if (isInstalled()) return;
  process.stderr.write('Installing the packages of package-lock.json ...\n');
  const shell = process.platform === 'win32';
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    // Standard output belongs to the command that was asked for.
    stdio: ['ignore', 2, 2],
    shell,
  });
  if (npm.error) stop('npm is not there; it comes with Node, from https://nodejs.org.');
  if (npm.status !== 0) stop('npm ci did not succeed; its own words are above. Is the package registry within reach?');
}

/** Node and packages; with them every other script can be written as if they had always been there. */
export function setup() {
  checkNode();
  install();
}

/** Runs a program of node_modules with this Node, its output on standard error. */
export function runTool(script, args, stdio = ['ignore', 2, 2]) {
  return spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root, stdio }).status ?? 1;
}
