/** A fresh clone: `npm start` sets up all it needs, and a missing tool is named with the way to get it. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT, withoutNpm } from '../../src/cli/testing.ts';
import { freePort } from '../support/ports.ts';
import { waitFor } from '../support/wait.ts';

let clone = '';
const started: ChildProcess[] = [];

beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'stackwright-clone-'));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT });
  for (const path of listed
    .toString()
    .split('\0')
    .filter((path) => path && existsSync(join(ROOT, path)))) {
    mkdirSync(dirname(join(clone, path)), { recursive: true });
    cpSync(join(ROOT, path), join(clone, path));
  }
});
afterAll(() => {
  for (const { pid } of started) {
    try {
      if (pid) process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  }
  rmSync(clone, { recursive: true, force: true });
});

/** Starts it as a person does, and waits until it has printed where it is. */
async function start(): Promise<{ address: string; said: () => string }> {
  const port = await freePort();
  const child = spawn('npm', ['start'], { cwd: clone, env: { ...withoutNpm(), PORT: `${port}` }, detached: true });
  started.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  const address = `http://localhost:${port}`;
  await waitFor(`${address} to be printed`, () => said.includes(address) || child.exitCode !== null, 500);
  expect(child.exitCode, said).toBeNull();
  return { address, said: () => said };
}

test('npm start installs, builds and serves the page; the second time it only serves', async () => {
  const first = await start();
  const answer = await fetch(first.address);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  const script = /src="(\/?\.?\/?assets\/[^"]+\.js)"/.exec(await answer.text())?.[1] ?? 'no script';
  expect((await fetch(new URL(script, first.address))).status).toBe(200);
  expect(first.said()).toMatch(/Installing.*Building/s);
  const second = await start();
  expect((await fetch(second.address)).status).toBe(200);
  expect(second.said()).not.toMatch(/Installing|Building/);
});

test('a missing tool is named in one sentence, with the way to get it', () => {
  const tools = join(clone, 'only-node');
  mkdirSync(tools);
  symlinkSync(process.execPath, join(tools, 'node'));
  const alone = (cwd: string, ...argv: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, argv, {
      cwd,
      encoding: 'utf8',
      env: { PATH: tools },
    });
    expect(status).toBe(1);
    return `${stdout}${stderr}`.trim().split('\n').at(-1);
  };
  expect(alone(ROOT, 'scripts/test.mjs', 'style')).toBe(
    'Python is not there: Stackwright’s tests need 3.11 or newer, which https://python.org has.',
  );
  const setup = `import(${JSON.stringify(join(ROOT, 'scripts/setup.mjs'))}).then(({ checkNode }) => checkNode('20.18.3'))`;
  expect(alone(ROOT, '-e', setup)).toBe(
    'Node 20.18.3 is too old: Stackwright needs 20.19 or newer, which https://nodejs.org has.',
  );
  rmSync(join(clone, 'node_modules'), { recursive: true, force: true });
  expect(alone(clone, 'scripts/start.mjs')).toBe('npm is not there; it comes with Node, from https://nodejs.org.');
});
