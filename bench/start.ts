/** The command line, cold, in pairs with an empty script, so that the machine cancels out. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Figure, median } from './main.ts';

const BUNDLE = 'dist/cli/stackwright.js';

export async function startFigures(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'stackwright-bench-'));
  const time = (args: readonly string[]): number => {
    const start = performance.now();
    execFileSync(process.execPath, args, { stdio: 'ignore' });
    return performance.now() - start;
  };
  const version: number[] = [];
  const init: number[] = [];
  const empty: number[] = [];
  for (let round = 0; round < 11; round += 1) {
    empty.push(time(['-e', '0']));
    version.push(time([BUNDLE, '--version']));
    init.push(time([BUNDLE, 'init', 'v1/bench-app/auth', '--output', join(folder, String(round)), '--json']));
  }
  rmSync(folder, { recursive: true });
  const base = median(empty);
  return [
    { name: 'empty script', value: `${base.toFixed(0)} ms` },
    { name: '--version over an empty script', value: `+${(median(version) - base).toFixed(0)} ms` },
    {
      name: 'init with auth, written to disk, over an empty script',
      value: `+${(median(init) - base).toFixed(0)} ms`,
      goal: '<= 60 ms',
    },
  ];
}
