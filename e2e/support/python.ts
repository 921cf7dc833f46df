/** Private Python environments for tools, made from the Python that is there. */
import { createHash } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './paths.ts';
import { must, run } from './shell.ts';
import { aptInstall, isRoot } from './system.ts';
import { inTurn } from './turn.ts';

const CANDIDATES = ['python3', 'python3.11', 'python3.12', 'python3.13', 'python3.14', 'python'];

/** The first Python that is new enough. */
export async function findPython(): Promise<string> {
  for (const candidate of CANDIDATES) {
    const ran = await run(candidate, ['-c', 'import sys; sys.exit(sys.version_info < (3, 11))']);
    if (ran.code === 0) return candidate;
  }
  throw new Error('Python 3.11 or newer is needed. Install it, on Debian with: apt-get install python3 python3-venv');
}

/**
 * A folder of programs with these requirements installed; kept below `.cache` and made anew when the
 * requirements change.
 */
export function toolFolder(name: string, requirements: readonly string[]): Promise<string> {
  return inTurn(`tool-${name}`, () => makeToolFolder(name, requirements));
}

async function makeToolFolder(name: string, requirements: readonly string[]): Promise<string> {
  const folder = join(cacheFolder('tools'), name);
  const bin = join(folder, 'bin');
  const mark = join(folder, createHash('sha256').update(requirements.join('\n')).digest('hex').slice(0, 16));
  if (existsSync(mark)) return bin;
  rmSync(folder, { recursive: true, force: true });
  const python = await findPython();
  const made = await run(python, ['-m', 'venv', folder]);
  if (made.code !== 0) {
    // Debian keeps ensurepip in a package of its own.
    if (!isRoot()) throw new Error(`${python} cannot make virtual environments. Install python3-venv.\n${made.output}`);
    await aptInstall('python3-venv');
    rmSync(folder, { recursive: true, force: true });
    await must(python, ['-m', 'venv', folder]);
  }
  await must(join(bin, 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...requirements]);
  writeFileSync(mark, '');
  return bin;
}
