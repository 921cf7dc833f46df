/** `npm run check`: format, lint, types, and all tests that need neither a browser nor a generated project. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root, setup } from './setup.mjs';

const QUICK = [
  ['format and lint', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '--colors=off']],
  ['types', 'typescript/bin/tsc', ['-p', '.']],
  ['types of the core, which knows no DOM and no Node', 'typescript/bin/tsc', ['-p', 'src/core']],
];
// On two cores vitest would take one.
const TESTS = [['tests', 'vitest/vitest.mjs', ['run', '--config', 'vite.config.ts', '--maxWorkers=2']]];

/** Runs all at once and prints each one's words when it is done, so that they do not mix. */
async function together(steps) {
  const results = steps.map(
    ([name, tool, args]) =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, [join(root, 'node_modules', tool), ...args], { cwd: root });
        let said = '';
        for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
        child.on('close', (status) => {
          if (status !== 0 || steps === TESTS) process.stdout.write(said);
          process.stdout.write(`${status === 0 ? 'passed' : 'FAILED'}  ${name}\n`);
          resolve(status === 0);
        });
      }),
  );
  return (await Promise.all(results)).every(Boolean);
}

setup();
const quick = await together(QUICK);
const tests = await together(TESTS);
process.exitCode = quick && tests ? 0 : 1;
