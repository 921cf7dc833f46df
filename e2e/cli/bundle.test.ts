/** The built command line as programs and people run it: exit codes, streams, where it stands, what it loads. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { filesIn, LAUNCHER, ROOT, run, standInEmptyFolder, withoutNpm } from '../../src/cli/testing.ts';

const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

beforeAll(() => {
  // Builds it, if need be, before anything is looked at.
  expect(run(['--version'])).toEqual({ exit: 0, out: `${version}\n`, err: '' });
});
standInEmptyFolder();

describe('streams and exit codes', () => {
  test.each([
    [['init', 'my-app', '--services', 'auth'], 0, /^my-app: \d+ files in \.\/my-app\n/, /^$/],
    [['share', 'my-app', '--services', 'auth'], 0, /^v1\/my-app\/auth\n$/, /^$/],
    [['init', 'my-app', '--services', 'aegis'], 1, /^$/, /^There is no service called “aegis”\. .+\n$/],
    [['init', 'v1/my-app/aegis'], 1, /^v1\/my-app\/\n$/, /aegis/],
    [['init', '--bogus'], 2, /^$/, /--bogus/],
    [[], 2, /^$/, /--help/],
    [['init', ''], 1, /^$/, /my-app/],
  ])('%j', (argv, exit, out, err) => {
    const ran = run(argv);
    expect(ran.exit).toBe(exit);
    expect(ran.out).toMatch(out);
    expect(ran.err).toMatch(err);
  });

  test.each([
    [['init', 'my-app', '--services', 'auth'], 0],
    [['init', 'my-app', '--services', 'aegis'], 1],
    [['init', 'v1/my-app/aegis'], 1],
    [['init', '--bogus'], 2],
    [['services'], 0],
    [['verify', 'nowhere'], 1],
    [['nonsense'], 2],
    [['--version'], 0],
    [['init', '--help'], 0],
  ])('%j --json prints one object and nothing else', (argv, exit) => {
    const ran = run([...argv, '--json']);
    const report = JSON.parse(ran.out) as object;
    expect(report).toMatchObject({ stackwright: 1, command: argv[0], ok: exit === 0, exit });
    if (exit > 0)
      expect(report).toMatchObject({ problems: [{ code: expect.any(String), message: expect.any(String) }] });
    expect(ran.exit).toBe(exit);
  });

  test('a reader that stops reading is no fault', async () => {
    const child = spawn(process.execPath, [LAUNCHER, 'services', '--json'], { env: withoutNpm() });
    child.stdout.destroy();
    let err = '';
    child.stderr.on('data', (chunk) => {
      err += String(chunk);
    });
    const [exit] = await once(child, 'close');
    expect([exit, err]).toEqual([0, '']);
  });
});

test.runIf(existsSync('/dev/full'))('a report that cannot be printed takes nothing back, and is no fault', () => {
  const full = openSync('/dev/full', 'w');
  const onFull = (...argv: string[]) =>
    spawnSync(process.execPath, [LAUNCHER, ...argv], {
      encoding: 'utf8',
      env: withoutNpm(),
      stdio: ['ignore', full, 'pipe'],
    });
  expect(onFull('init', 'my-app')).toMatchObject({
    status: 1,
    stderr: 'The project was written, but the report of it could not be printed: the disk is full.\n',
  });
  expect(run(['verify', 'my-app']).exit).toBe(0);
  expect(onFull('services')).toMatchObject({
    status: 1,
    stderr: 'The answer could not be printed: the disk is full.\n',
  });
  closeSync(full);
});

test('from a checkout the printed commands work as they stand', () => {
  expect(run(['init', '--services', 'auth']).err).toContain(
    'npm run --silent stackwright -- init my-app --services auth',
  );
});

test('a checkout that cannot be written is named in one sentence', () => {
  const copy = join(process.cwd(), 'checkout');
  mkdirSync(copy);
  for (const path of [
    'scripts',
    'src',
    'build',
    'templates',
    'package.json',
    'package-lock.json',
    'vite.cli.config.ts',
  ])
    cpSync(join(ROOT, path), join(copy, path), { recursive: true });
  symlinkSync(realpathSync(join(ROOT, 'node_modules')), join(copy, 'node_modules'));
  chmodSync('.', 0o755);
  chmodSync(copy, 0o555);
  const { status, stderr } = spawnSync(process.execPath, [join(copy, 'scripts', 'stackwright.mjs'), '--version'], {
    encoding: 'utf8',
    env: withoutNpm(),
    // Root may write anywhere.
    ...(process.getuid?.() === 0 ? { uid: 65534 } : {}),
  });
  chmodSync(copy, 0o755);
  expect([status, stderr]).toEqual([
    1,
    `The command line has to be built first, and ${copy} cannot be written: EACCES.\n`,
  ]);
});

test('what people get wrong never shows a stack trace', () => {
  const tries = [
    ['init', '../../etc', '--services', 'auth'],
    ['init', 'my-app', '--services', '__proto__'],
    ['init', 'my-app', '--set', '__proto__.polluted=1'],
    ['init', 'my-app', '--set', 'constructor.prototype=1'],
    ['init', 'my-app', '--services', 'auth[[[['],
    ['init', 'my-app', '--output', '/dev/null'],
    ['init', 'my-app', '--output', '/proc/nowhere'],
    ['init', 'my-app', '--zip', '/proc/x.zip'],
    ['init', `v1/my-app/${'a,'.repeat(5000)}`],
    ['init', 'v1/my-app/auth.=_zz'],
    ['init', 'my-app', '--output', 'a\nb', '--services', '\u001b[31mred'],
    ['init', 'x'.repeat(10_000)],
    ['verify', '/dev/zero'],
    ['share', '/'],
    ['help', '__proto__'],
    ['toString'],
  ];
  for (const argv of tries) {
    const { exit, out, err } = run(argv);
    expect([1, 2], argv.join(' ')).toContain(exit);
    expect(err, argv.join(' ')).not.toMatch(/^\s+at |node:|Error:|(?!\n)\p{Cc}|fault/mu);
    expect(err.trim(), argv.join(' ')).not.toBe('');
    if (argv[1]?.startsWith('v1/'))
      expect(out).toBe('v1/my-app/\n'.replace('/\n', argv[1].includes('auth') ? '/auth\n' : '/\n'));
  }
  expect(filesIn('.')).toEqual([]);
});

test('paths are taken from where the person stands, also through npm', () => {
  mkdirSync('deep');
  process.chdir('deep');
  const npm = (...argv: string[]) =>
    spawnSync('npm', ['--prefix', ROOT, 'run', '--silent', 'stackwright', '--', ...argv], {
      encoding: 'utf8',
      env: withoutNpm(),
    });
  expect(npm('init', 'my-app', '--services', 'auth')).toMatchObject({ status: 0 });
  expect(npm('init', 'my-app', '--output', '../there')).toMatchObject({ status: 0 });
  expect(npm('init', 'my-app', '--services', 'aegis')).toMatchObject({ status: 1, stdout: '' });
  expect(npm('verify', 'my-app')).toMatchObject({ status: 0 });
  expect(filesIn('..').filter((path) => path.split('/').length < 3 || path.endsWith('stackwright.json'))).toEqual(
    expect.arrayContaining(['deep/', 'deep/my-app/stackwright.json', 'there/stackwright.json']),
  );
});

test('a call that is stopped leaves a whole project or none', async () => {
  const start = process.hrtime.bigint();
  expect(run(['init', 'whole', '--services', 'auth'])).toMatchObject({ exit: 0 });
  const lasts = Number(process.hrtime.bigint() - start) / 1e6;
  for (let tenth = 4; tenth <= 13; tenth += 1) {
    const name = `app-${tenth}`;
    const child = spawn(process.execPath, [LAUNCHER, 'init', name, '--services', 'auth'], {
      env: withoutNpm(),
      stdio: 'ignore',
    });
    setTimeout(() => child.kill('SIGINT'), (lasts * tenth) / 10);
    await once(child, 'close');
    if (existsSync(name)) expect(run(['verify', name])).toMatchObject({ exit: 0 });
  }
  expect(readdirSync('.').filter((path) => !/^(whole|app-\d+)$/.test(path))).toEqual([]);
});
