/** Runs one part as a process of its own, keeps its words in a file, and shows them when it fails. */
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../setup.mjs';

/** So much of a failing part's words is shown; the rest is in its file. */
const SHOWN_LINES = 400;

/** Begins what a gate says that could not do its work here; `audit.ts` says so. */
const LEFT = '!!! SKIPPED,';

const running = new Set();
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of running) end(child, 'SIGTERM');
    process.exit(1);
  });
}

/**
 * @param minutes a part that takes longer is ended, and has failed
 * @returns its counts, how long it took, and what was `left` undone, in its gates' own words
 */
export function runPart(name, describe, reports, minutes) {
  const report = join(reports, `${name}.json`);
  const log = join(reports, `${name}.log`);
  const { command, env = {}, count } = describe(report);
  console.log(`run     ${name}`);
  const started = Date.now();
  return new Promise((resolve) => {
    const [program, ...args] = command;
    const child = spawn(program, args, {
      cwd: root,
      // Not FORCE_COLOR=0: some programs take any value of it for yes.
      env: { ...process.env, NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Its own group, so that servers it started end with it.
      detached: process.platform !== 'win32',
    });
    running.add(child);
    const file = createWriteStream(log);
    let late = false;
    const left = [];
    const timer = setTimeout(() => {
      late = true;
      end(child, 'SIGKILL');
    }, minutes * 60_000);
    for (const stream of [child.stdout, child.stderr]) {
      // By lines, not by what arrives at once: half a line would be no word of what was left.
      createInterface({ input: stream }).on('line', (line) => {
        file.write(`${line}\n`);
        if (!line.includes(LEFT)) return;
        console.log(line);
        left.push(line.slice(line.indexOf(LEFT) + LEFT.length).trim());
      });
    }
    child.on('error', (error) => file.write(`${error.message}\n`));
    child.on('close', (status) => {
      clearTimeout(timer);
      running.delete(child);
      const seconds = Math.round((Date.now() - started) / 1000);
      const counts = count(read(report), late ? 1 : (status ?? 1));
      file.end(() => {
        if (counts.failed > 0) show(name, log, late ? minutes : undefined);
        console.log(`${counts.failed > 0 ? 'FAILED' : 'passed'}  ${name} (${seconds} s)`);
        resolve({ name, counts, seconds, left });
      });
    });
  });
}

function read(report) {
  try {
    return existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
  } catch {
    return undefined;
  }
}

function show(name, log, lateMinutes) {
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
  const left = lines.length - SHOWN_LINES;
  console.log(`\n----- ${name} -----`);
  if (left > 0) console.log(`(${left} lines more in ${log})`);
  console.log(lines.slice(-SHOWN_LINES).join('\n'));
  if (lateMinutes !== undefined) console.log(`(ended after ${lateMinutes} minutes)`);
  console.log(`----- end of ${name} -----\n`);
}

function end(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
}
