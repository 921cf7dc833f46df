import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import JSZip from 'jszip';
import { describe, expect, test } from 'vitest';
import type { Outcome } from './outcome.ts';
import { cli, filesIn, standInEmptyFolder } from './testing.ts';

standInEmptyFolder();

const problems = (outcome: Outcome) =>
  (outcome.data as { problems: { code: string; message: string; repairs?: { command: string }[] }[] }).problems;
/** The arguments of a printed command; these hold no quotes. */
const argvOf = (command: string): string[] => command.split(' ').slice(1);

describe('a project', () => {
  test('that takes the place of another goes on from its migrations', async () => {
    const manifest = () => JSON.parse(readFileSync('my-app/stackwright.json', 'utf8'));
    await cli('init', 'my-app', '--services', 'auth');
    const basic = readFileSync('my-app/alembic/versions/auth_basic.py', 'utf8');
    writeFileSync(
      'my-app/stackwright.json',
      JSON.stringify({ ...manifest(), history: { migration: ['auth_basic'], of_before: ['a', 'b'] } }),
    );
    expect(await cli('init', 'my-app', '--services', 'auth[org]', '--force')).toMatchObject({ exit: 0 });
    expect(manifest().history).toEqual({ migration: ['auth_basic', 'auth_rbac', 'auth_org'], of_before: ['a', 'b'] });
    expect(readFileSync('my-app/alembic/versions/auth_basic.py', 'utf8')).toBe(basic);
    writeFileSync('my-app/stackwright.json', 'no manifest');
    expect(await cli('init', 'my-app', '--services', 'auth', '--force')).toMatchObject({ exit: 0 });
  });

  test('comes with what its services need, and the reasons', async () => {
    const outcome = await cli('init', 'my-app', '--services', 'auth');
    expect(outcome).toMatchObject({ exit: 0, err: [] });
    expect(outcome.out.join('\n')).toMatch(/Database +added +Required by Auth: .+stored there/);
    expect(outcome.data).toMatchObject({
      project: 'my-app',
      code: 'v1/my-app/auth',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      output: `${process.cwd()}/my-app`,
      modules: expect.arrayContaining([
        expect.objectContaining({ id: 'database', standing: 'added', options: { engine: 'sqlite' } }),
      ]),
    });
    expect(filesIn('.').filter((path) => !path.startsWith('my-app/'))).toEqual([]);
    expect(filesIn('my-app')).toEqual(expect.arrayContaining(['.env', 'pyproject.toml', 'stackwright.json', 'app/']));
  });

  test('has secrets of its own that nobody else can read', async () => {
    await cli('init', 'one', '--services', 'auth');
    await cli('init', 'two', '--services', 'auth');
    const [one, two] = ['one/.env', 'two/.env'].map((path) => readFileSync(path, 'utf8'));
    expect(one).not.toMatch(/[\ue000-\ue00f]/);
    expect(one).toMatch(/[A-Za-z0-9_-]{43}/);
    expect(one).not.toBe(two?.replaceAll('two', 'one'));
    expect(statSync('one/.env').mode & 0o777).toBe(0o600);
  });

  test('is the same by bracket, dots, settings and share code, .env aside', async () => {
    const ways = [
      ['my-app', '--services', 'auth[postgres]'],
      ['my-app', '--services', 'auth.postgres'],
      ['my-app', '--services', 'auth', '--set', 'auth.engine=postgres'],
      ['v1/my-app/auth.postgres'],
    ];
    const hashes = [];
    for (const [index, way] of ways.entries())
      hashes.push(((await cli('init', ...way, '--output', `out/${index}`)).data as { hash: string }).hash);
    expect(new Set(hashes).size).toBe(1);
    for (const index of ways.keys()) expect((await cli('verify', `out/${index}`)).exit).toBe(0);
  });

  test('as a zip is one file, with the same files as the folder', async () => {
    await cli('init', 'my-app', '--services', 'auth');
    expect(await cli('init', 'my-app', '--services', 'auth', '--zip', 'a/my-app.zip')).toMatchObject({ exit: 0 });
    expect(filesIn('a')).toEqual(['my-app.zip']);
    const archive = await JSZip.loadAsync(readFileSync('a/my-app.zip'));
    for (const path of filesIn('my-app').filter((name) => !name.endsWith('/') && name !== '.env')) {
      expect(await archive.file(`my-app/${path}`)?.async('string'), path).toBe(readFileSync(`my-app/${path}`, 'utf8'));
    }
  });

  test('says whether a code gave what it was made from', async () => {
    const exact = (await cli('share', 'my-app', '--services', 'auth', '--exact')).out[0] ?? '';
    expect((await cli('init', exact, '--output', 'a')).err.join()).toContain('identical');
    expect(
      (
        await cli(
          'init',
          exact.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
          '--output',
          'b',
        )
      ).err.join(),
    ).toContain('differ');
  });

  test('names settings that have no effect', async () => {
    const outcome = await cli('init', 'my-app', '--set', 'database.engine=postgres');
    expect(outcome.exit).toBe(0);
    expect(outcome.err.join()).toMatch(/Database is not in this project/);
  });
});

describe('explicit mode', () => {
  const explicit = (...argv: string[]) => cli('init', 'my-app', ...argv, '--no-interactive');

  test('adds nothing: it names what is missing and prints the line that works', async () => {
    const outcome = await explicit('--services', 'auth', '--components', 'backend', '--output', 'here');
    expect(outcome.exit).toBe(1);
    expect(outcome.err.join('\n')).toMatch(/Database is missing\. Auth requires Database: /);
    expect(filesIn('.')).toEqual([]);
    const [command] = problems(outcome).flatMap(({ repairs = [] }) => repairs.map((repair) => repair.command));
    expect(command).toBe(
      'stackwright init my-app --services auth --components backend,database --no-interactive --output here',
    );
    expect(await cli(...argvOf(command ?? ''))).toMatchObject({ exit: 0 });
    expect(existsSync('here/pyproject.toml')).toBe(true);
  });

  test('takes what is always there, said or not', async () => {
    expect(await explicit('--services', 'auth', '--components', 'backend,frontend,database')).toMatchObject({
      exit: 0,
    });
    expect(await explicit('--services', 'auth', '--components', 'database', '--output', 'other')).toMatchObject({
      exit: 0,
    });
    expect(await explicit('--components=', '--output', 'third')).toMatchObject({ exit: 0 });
  });

  test('without --components is not explicit', async () => {
    expect(await explicit('--services', 'auth')).toMatchObject({ exit: 0 });
  });
});

describe('refused, with nothing written', () => {
  test.each([
    [['My_App'], 1, /“My_App” cannot be the project’s name.*my-app/],
    [['fastapi'], 1, /fastapi is the name of a package.*fastapi-app/],
    [['con'], 1, /device name on Windows/],
    [['../x'], 1, /cannot be the project’s name/],
    [['my-app', '--services', 'aegis'], 1, /^There is no service called “aegis”\. There is auth\.$/],
    [['my-app', '--services', 'auth[mysql]'], 1, /^Auth has no value “mysql”\. It takes /],
    [['my-app', '--services', 'base'], 1, /^“base” is in every project and cannot be asked for; leave it out\.$/],
    [
      ['my-app', '--services', 'auth', 'database'],
      2,
      /^“database” is one argument.* Did you mean --components database\?$/,
    ],
    [['my-app', '-x'], 2, /^There is no option “-x”\. There is --preset, --services, /],
    [['my-app', '--output', ''], 2, /^--output needs a value behind it\.$/],
    [['v1/my-app/auht'], 1, /^There is no module called “auht”\. Did you mean auth\?\nNothing was written\./],
    [['v1/fastapi/auth'], 1, /^“fastapi” cannot be a project name\..* This one would work: fastapi-app\n/],
    [['my-app', '--components', 'databse'], 1, /There is no component called “databse”\. Did you mean database\?/],
    [['my-app', '--components', 'auth'], 1, /Auth is a service; ask for it with --services auth/],
    [['my-app', '--services', 'auth[postgre]'], 1, /Auth has no value “postgre”\. Did you mean postgres\?/],
    [
      ['my-app', '--set', 'database.engine=mysql'],
      1,
      /“mysql” cannot be Database’s Engine\. Possible values: sqlite or postgres/,
    ],
    [
      ['my-app', '--components', 'ingress', '--set', 'ingress.domain=https://a.test'],
      1,
      /“https:\/\/a\.test” cannot be Ingress’s Domain\. This takes a host name in lower case, such as app\.example\.com\./,
    ],
    [['my-app', '--services', 'payments'], 1, /Payments is planned and cannot be added yet\./],
    [['v1/my-app/auth.bogus,aegis'], 1, /There is no module called “aegis”/],
    [['v9/my-app/auth'], 1, /version “v9”/],
    [['my-app', '--service', 'auth'], 2, /Did you mean --services\?/],
    [['my-app', '--services'], 2, /--services needs a value/],
    [['my-app', 'auth'], 2, /“auth” is one argument too many/],
    [['my-app', '--services', 'auth['], 2, /“auth\[” cannot be read/],
    [['--services', 'auth'], 2, /needs a name, for example: stackwright init my-app --services auth/],
    [['my-app', '--interactive'], 2, /there is none here/],
    [['my-app', '--interactive', '--no-interactive'], 2, /do not go together/],
  ])('%j', async (argv, exit, message) => {
    const outcome = await cli('init', ...argv);
    expect(outcome.exit).toBe(exit);
    expect(outcome.err.join('\n')).toMatch(message);
    expect(filesIn('.')).toEqual([]);
  });

  test('a contradiction, with repairs that work', async () => {
    const outcome = await cli(
      'init',
      'my-app',
      '--services',
      'auth[postgres]',
      '--components',
      'database[sqlite]',
      '--zip',
      'x.zip',
    );
    expect(outcome.exit).toBe(1);
    const commands = problems(outcome).flatMap(({ repairs = [] }) => repairs.map(({ command }) => command));
    expect(commands.length).toBeGreaterThan(1);
    expect(filesIn('.')).toEqual([]);
    for (const command of commands)
      expect(await cli(...argvOf(command), '--force'), command).toMatchObject({ exit: 0 });
  });

  test('a zip in the place of what is no file, even with --force', async () => {
    // Not /dev/full itself: where this fails it would be gone.
    execFileSync('mkfifo', ['pipe']);
    symlinkSync('/dev/full', 'link');
    for (const place of ['pipe', 'link']) {
      const outcome = await cli('init', 'my-app', '--zip', place, '--force');
      expect(outcome.err).toEqual([`./${place} is not a file; --zip needs the name of a file.`]);
      expect(outcome.exit).toBe(1);
    }
  });

  test('a code with a name that cannot be, and the code with the name that could works', async () => {
    const outcome = await cli('init', 'v1/fastapi/auth');
    expect(outcome.out).toEqual(['v1/fastapi-app/auth']);
  });

  test('a code with unknown parts, and the code without them works', async () => {
    const outcome = await cli('init', 'v1/my-app/auth.bogus,aegis');
    expect(outcome.out).toEqual(['v1/my-app/auth']);
    expect(outcome.data).toMatchObject({ code: 'v1/my-app/auth' });
    expect(await cli('init', outcome.out[0] ?? '')).toMatchObject({ exit: 0 });
  });

  test('a folder that is not empty, a file in the place, a part of the path that is a file', async () => {
    mkdirSync('full');
    writeFileSync('full/mine', 'x');
    writeFileSync('file', 'x');
    const before = filesIn('.');
    for (const output of ['full', 'file', 'file/deeper', `long/${'x'.repeat(300)}`]) {
      const outcome = await cli('init', 'my-app', '--output', output);
      expect(outcome, output).toMatchObject({ exit: 1 });
      expect(outcome.err).toHaveLength(1);
    }
    for (const zip of ['full', 'file', 'file/x.zip'])
      expect(await cli('init', 'my-app', '--zip', zip), zip).toMatchObject({ exit: 1 });
    expect(filesIn('.')).toEqual(before);
  });
});

describe('what comes next', () => {
  const steps = async (...argv: string[]): Promise<string[]> => {
    const { out } = await cli('init', ...argv);
    return out.slice(out.indexOf('Next:') + 1, -1).map((line) => line.trim());
  };

  test('is the way of the README to the running app, its servers first', async () => {
    const lines = await steps('shop', '--services', 'auth.postgres');
    const at = [
      'cd ./shop',
      'sudo apt-get install postgresql',
      'sudo -u postgres createdb',
      'uv sync',
      'make serve',
    ].map((start) => lines.findIndex((line) => line.startsWith(start)));
    expect(at).toEqual([...at].sort((a, b) => a - b));
    expect(at).not.toContain(-1);
    expect(lines.at(-1)).toBe('make serve');
  });

  test('begins with the zip where that was asked for', async () => {
    expect(await steps('shop', '--zip', 'a b.zip')).toEqual(["unzip './a b.zip'", 'cd shop', 'uv sync', 'make serve']);
  });
});

test('with --force what is left of an earlier project goes, and what a person changed stays and is named', async () => {
  await cli('init', 'shop', '--services', 'auth');
  writeFileSync('shop/mine', 'mine');
  writeFileSync('shop/docs/auth.md', 'my notes');
  const { err, data } = await cli('init', 'shop', '--force');
  expect(existsSync('shop/app/services/auth')).toBe(false);
  expect(filesIn('shop')).toEqual(expect.arrayContaining(['mine', 'docs/auth.md']));
  expect(data).toMatchObject({ left: ['docs/auth.md'], removed: expect.arrayContaining(['alembic.ini']) });
  expect(err).toContainEqual(expect.stringMatching(/^docs\/auth\.md .* changed since, so it was kept\.$/));
  await cli('init', 'fresh');
  const withoutMine = filesIn('shop').filter((path) => !['mine', 'docs/', 'docs/auth.md'].includes(path));
  expect(withoutMine).toEqual(filesIn('fresh'));
  expect(await cli('verify', 'shop')).toMatchObject({ exit: 0 });
});
