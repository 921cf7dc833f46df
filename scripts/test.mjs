/**
 * npm test [-- PART…]: sets up what is needed, runs every part, and ends with `N passed, N failed` over all
 * of them. With --all, as `npm run test:all`, nothing is left out. Plain Node with no package in it: it runs
 * before anything is installed.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { checkPython, root, setup, stop } from './setup.mjs';
import { countExit, countPlaywright, countVitest, sum } from './test/count.mjs';
import { record } from './test/record.mjs';
import { runPart } from './test/run.mjs';

/** Results and logs of the last run. */
const REPORTS = join(root, '.cache', 'test');
const all = process.argv.includes('--all');
const MINUTES = all ? 300 : 55;
// A skip is a failure there.
if (all) Object.assign(process.env, { UNCUT: '1', CI: 'true' });

const node = (script, ...args) => [process.execPath, join(root, script), ...args];
const vitest =
  (config, ...args) =>
  (report) => ({
    command: [
      ...node('node_modules/vitest/vitest.mjs', 'run', '--config', config, ...args),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    count: countVitest,
  });
/** All properties again, from elsewhere and for longer. */
const properties = (seed) => (report) => ({
  ...vitest('vite.config.ts', 'src/core', '--maxWorkers=1', '--testTimeout=7200000')(report),
  env: { FC_SEED: String(seed), FC_TIMES: '20' },
});
const project = (name) => vitest('vitest.projects.config.ts', `e2e/projects/${name}.test.ts`);
const playwright = (config) => (report) => ({
  command: node(
    'node_modules/@playwright/test/cli.js',
    'test',
    '--workers=1',
    '--config',
    config,
    '--reporter=list,json',
  ),
  env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report, PLAYWRIGHT_JSON_OUTPUT_NAME: report, E2E_BUILT: '1' },
  count: countPlaywright,
});
const tool =
  (...command) =>
  () => ({ command: node(...command), count: countExit });

/** Quick and needed by the rest: one after the other. */
const FIRST = {
  style: tool('node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '--colors=off'),
  types: tool('node_modules/typescript/bin/tsc', '-p', '.'),
  'core types': tool('node_modules/typescript/bin/tsc', '-p', 'src/core'),
  build: tool('scripts/build.mjs'),
};
/** The longest first, two at once; no part uses more than about a core. */
const THEN = {
  'auth-org-postgres': project('auth-org-postgres'),
  composer: playwright('playwright.config.ts'),
  'auth-sqlite': project('auth-sqlite'),
  pages: playwright('playwright.pages.config.ts'),
  'auth-rbac-sqlite': project('auth-rbac-sqlite'),
  'background-postgres': project('background-postgres'),
  levels: project('levels'),
  'database-postgres': project('database-postgres'),
  cli: vitest('vitest.cli.config.ts', '--maxWorkers=1'),
  unit: vitest('vite.config.ts', '--maxWorkers=1'),
  static: project('static'),
  bare: project('bare'),
};
const UNCUT = Object.fromEntries([7, 77, 777].map((seed) => [`properties from ${seed}`, properties(seed)]));
const SECOND = all ? { ...THEN, ...UNCUT } : THEN;

const wanted = process.argv.slice(2).filter((word) => word !== '--all');
const unknown = wanted.filter((name) => !(name in FIRST) && !(name in SECOND));
if (unknown.length > 0)
  stop(
    `There is no part ${unknown.join(', ')}; there are ${[...Object.keys(FIRST), ...Object.keys(SECOND)].join(', ')}.`,
  );
const chosen = (parts) =>
  Object.entries(parts).filter(
    ([name]) => wanted.length === 0 || wanted.includes(name) || (parts === FIRST && name === 'build'),
  );

setup();
checkPython();
rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });

const outcomes = [];
async function work(queue) {
  for (let next = queue.shift(); next; next = queue.shift()) {
    const [name, describe] = next;
    outcomes.push(await runPart(name, describe, REPORTS, MINUTES));
  }
}

await work(chosen(FIRST));
if (outcomes.some(({ name, counts }) => name === 'build' && counts.failed > 0)) {
  console.log('The build failed, so nothing that needs it was run.');
} else {
  const queue = chosen(SECOND);
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, () => work(queue)));
}

const total = sum(outcomes.map(({ counts }) => counts));
console.log('');
for (const { name, counts, seconds } of outcomes) {
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  const flaky = counts.flaky > 0 ? `, ${counts.flaky} only when tried again` : '';
  console.log(
    `${counts.failed > 0 ? 'FAILED' : 'passed'}  ${name}: ${counts.passed} passed, ${counts.failed} failed${skipped}${flaky} (${seconds} s)`,
  );
}
const summary = `${total.passed} passed, ${total.failed} failed`;
writeFileSync(join(REPORTS, 'summary'), `${summary}\n`);
if (all) {
  const git = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' });
  // A part alone is not everything.
  const file = wanted.length === 0 ? join(root, 'docs', 'test-all.md') : join(REPORTS, 'test-all.md');
  const about = {
    date: new Date().toISOString().slice(0, 10),
    cores: availableParallelism(),
    node: process.versions.node,
    commit: git.stdout?.trim() || 'unknown',
  };
  writeFileSync(file, record(outcomes, total, about));
  console.log(`\nWritten down in ${file}`);
}
console.log(`\n${summary}`);
process.exitCode = total.failed > 0 ? 1 : 0;
