/** uv: the one on the PATH, else its PyPI wheel in a private virtual environment. */
import { join } from 'node:path';
import { toolFolder } from './python.ts';
import { run } from './shell.ts';
import { which } from './system.ts';

/** Held, so that a new release of the installer cannot turn a run red. */
const UV_REQUIREMENT = 'uv==0.13.9';
/** Older ones do not know all that generated projects say in `[tool.uv]`. */
const OLDEST = [0, 8] as const;

let found: Promise<string> | undefined;

/** The path of a uv that is new enough. */
export function findUv(): Promise<string> {
  found ??= locate();
  return found;
}

async function locate(): Promise<string> {
  const onPath = which('uv');
  if (onPath && isNewEnough((await run(onPath, ['--version'])).stdout)) return onPath;
  return join(await toolFolder('uv', [UV_REQUIREMENT]), 'uv');
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}
