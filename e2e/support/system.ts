/** What the machine has, and what may be added to it. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './shell.ts';

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The full path of a program on the PATH. */
export function which(program: string): string | undefined {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if (folder !== '' && isProgram(join(folder, program))) return join(folder, program);
  }
  return undefined;
}

export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @throws in one sentence where the package cannot be had */
export async function aptInstall(...packages: readonly string[]): Promise<void> {
  if (!isRoot() || !which('apt-get'))
    throw new Error(`${packages.join(' ')} must be installed by hand: not root on a Debian system`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const args = ['install', '--yes', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=600', ...packages];
  if ((await run('apt-get', args, { env })).code === 0) return;
  // The lists of a fresh machine are empty or old.
  await run('apt-get', ['update'], { env });
  const second = await run('apt-get', args, { env });
  if (second.code !== 0)
    throw new Error(`apt-get could not install ${packages.join(' ')}:\n${second.output.slice(-2000)}`);
}

/** Makes sure that a program is on the PATH, from a Debian package if need be. */
export async function ensureProgram(program: string, from: string): Promise<void> {
  if (!which(program)) await aptInstall(from);
}
