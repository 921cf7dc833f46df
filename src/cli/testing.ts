/** For the tests: an empty folder to stand in, and the command line in this process or in one of its own. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach } from 'vitest';
import type { Outcome } from './outcome.ts';
import { outcomeOf } from './run.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const LAUNCHER = join(ROOT, 'scripts', 'stackwright.mjs');

/** Each test stands in a new empty folder. */
export function standInEmptyFolder(): void {
  const before = process.cwd();
  let folder = '';
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'stackwright-')));
    process.chdir(folder);
  });
  afterEach(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  });
}

/** In this process, nothing written to standard output. */
export function cli(...argv: string[]): Promise<Outcome> {
  const [name = '', ...rest] = argv;
  return outcomeOf(name, rest, '1.2.3');
}

export interface Ran {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}
/** The built bundle, as a person runs it. */
export function run(argv: readonly string[], env: NodeJS.ProcessEnv = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [LAUNCHER, ...argv], {
    encoding: 'utf8',
    env: { ...withoutNpm(), ...env },
    input: '',
  });
  return { exit: status, out: stdout, err: stderr };
}

/** The tests themselves may have been started by npm, which would say where the person stands. */
export function withoutNpm(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD$)/i.test(name)));
}

/** Every path under a folder, folders with a slash behind. */
export function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => (statSync(join(folder, path), { throwIfNoEntry: false })?.isDirectory() ? `${path}/` : path))
    .sort();
}
