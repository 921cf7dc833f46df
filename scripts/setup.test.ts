import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** In a process of its own, since what is tested ends the process. */
function setup(code: string) {
  const script = `import * as setup from ${JSON.stringify(join(ROOT, 'scripts', 'setup.mjs'))}; ${code}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    // What it says is compared: without colours, whatever this terminal wants.
    env: { ...process.env, FORCE_COLOR: undefined },
  });
  return { status, said: `${stdout}${stderr}` };
}

test.each([
  ['18.20.0', 1],
  ['20.18.9', 1],
  ['20.19.0', 0],
  ['22.0.0', 0],
  ['24.1.0', 0],
])('Node %s', (version, status) => {
  const ran = setup(`setup.checkNode('${version}')`);
  expect(ran.status).toBe(status);
  expect(ran.said).toBe(
    status === 0 ? '' : `Node ${version} is too old: Stackwright needs 20.19 or newer, which https://nodejs.org has.\n`,
  );
});

test('Python that is missing is named in a sentence with the way to get it', () => {
  expect(setup("setup.checkPython('no-such-python')")).toEqual({
    status: 1,
    said: 'Python is not there: Stackwright’s tests need 3.11 or newer, which https://python.org has.\n',
  });
});

test('packages are installed when they are those of the lock file, and not when one differs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stackwright-setup-'));
  const isInstalled = () => setup(`console.log(setup.isInstalled(${JSON.stringify(folder)}))`).said.trim();
  const there = join(folder, 'node_modules', '.package-lock.json');
  try {
    expect(isInstalled()).toBe('false');
    cpSync(join(ROOT, 'package-lock.json'), join(folder, 'package-lock.json'));
    expect(isInstalled()).toBe('false');
    mkdirSync(join(folder, 'node_modules'));
    cpSync(join(ROOT, 'package-lock.json'), there);
    expect(isInstalled()).toBe('true');
    const lock = JSON.parse(readFileSync(there, 'utf8')) as { packages: Record<string, { version: string }> };
    const vite = lock.packages['node_modules/vite'];
    if (vite) vite.version = '0.0.0';
    writeFileSync(there, JSON.stringify(lock));
    expect(isInstalled()).toBe('false');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('scripts that run before anything is installed import nothing but Node and each other', () => {
  for (const name of ['setup', 'fresh', 'stackwright', 'start', 'build', 'check', 'serve']) {
    const text = readFileSync(join(ROOT, 'scripts', `${name}.mjs`), 'utf8');
    for (const [, from] of text.matchAll(/^import .*?from '([^']+)'/gms)) expect(from, name).toMatch(/^(node:|\.\/)/);
  }
});
