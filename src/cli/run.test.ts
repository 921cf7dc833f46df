import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { HOSTILE_WORDS, runs } from '#core/testing.ts';
import { catalog } from '../catalog.ts';
import { COMMAND_NAMES } from './run.ts';
import { cli, filesIn, standInEmptyFolder } from './testing.ts';

standInEmptyFolder();

describe('lists', () => {
  test.each(['services', 'components', 'platform'])(
    '%s names every category of its kind, empty ones too, and every module',
    async (command) => {
      const { exit, out, data } = await cli(command);
      const text = out.join('\n');
      expect(exit).toBe(0);
      for (const { categories } of [
        data as { categories: { title: string; modules: { id: string; status: string }[] }[] },
      ]) {
        for (const { title, modules } of categories) {
          const section = text.slice(text.indexOf(`  ${title}`)).split('\n\n')[0] ?? '';
          if (modules.length === 0) expect(section).toContain('nothing here yet');
          for (const { id } of modules) expect(section).toContain(` ${id} `);
        }
      }
    },
  );

  test('together they are the catalog, but for what is not drawn', async () => {
    const listed = [];
    for (const command of ['services', 'components']) {
      const { categories } = (await cli(command)).data as { categories: { id: string; modules: { id: string }[] }[] };
      listed.push(...categories.flatMap(({ modules }) => modules.map(({ id }) => id)));
      expect(catalog.categories.map(({ id }) => id)).toEqual(expect.arrayContaining(categories.map(({ id }) => id)));
    }
    expect(listed.sort()).toEqual(
      [...catalog.modules.values()].filter(({ drawn }) => drawn !== false).map(({ id }) => id),
    );
  });

  test('say status, needs with their reasons, and options', async () => {
    const text = (await cli('services')).out.join('\n');
    expect(text).toMatch(/auth +available +Auth\. /);
    expect(text).toMatch(/needs Database: .+ stored there/);
    expect(text).toMatch(/engine: any, sqlite, postgres/);
    expect(text).toMatch(/payments +planned /);
    expect((await cli('components')).out.join('\n')).toMatch(/backend +always /);
  });
});

describe('share', () => {
  test.each([
    [['my-app', '--services', 'auth[postgres]'], 'v1/my-app/auth.postgres'],
    [['my-app'], 'v1/my-app/'],
    [['v1/my-app/database.sqlite,auth'], 'v1/my-app/auth,database.sqlite'],
    [['my-app', '--set', 'database.engine=postgres'], 'v1/my-app/+database.postgres'],
    [['my-app', '--set', "base.description=It's $(here)"], 'v1/my-app/+base.description=It_27s_20_24_28here_29'],
  ])('%j', async (argv, code) => {
    expect(await cli('share', ...argv)).toMatchObject({ exit: 0, out: [code], data: { code } });
  });

  test('of a project’s folder, also by its bare name and from within', async () => {
    await cli('init', 'my-app', '--services', 'auth');
    for (const word of ['my-app', './my-app', 'my-app/'])
      expect((await cli('share', word)).out).toEqual(['v1/my-app/auth']);
    process.chdir('my-app');
    expect((await cli('share')).out).toEqual(['v1/my-app/auth']);
    const exact = (await cli('share', '--exact')).out[0] ?? '';
    expect(exact).toBe((await cli('share', 'my-app', '--services', 'auth', '--exact')).out[0]);
    expect(exact).toMatch(/^v1\/my-app\/auth\/\d{8}-[0-9a-f]{8}-[0-9a-f]{8}$/);
  });

  test.each([
    [[], 2, /Say what to share/],
    [['./nowhere'], 1, /nowhere\/stackwright\.json is not there/],
    [['my-app', '--services', 'aegis'], 1, /no service called “aegis”/],
    [['my-app', '--services', 'payments'], 1, /planned/],
    [['my-app', '--output', 'x'], 2, /no option “--output”/],
    [['v1/my-app/aegis'], 1, /no module called “aegis”/],
  ])('%j is refused', async (argv, exit, message) => {
    const outcome = await cli('share', ...argv);
    expect(outcome.exit).toBe(exit);
    expect(outcome.err.join('\n')).toMatch(message);
  });
});

const MANIFEST = JSON.stringify({
  stackwright: 1,
  code: 'v1/my-app/',
  catalog: '20261122-0a1b2c3d',
  hash: '0'.repeat(64),
  selection: {},
  files: {},
  history: {},
});

test('share, which writes nothing, does not say that nothing was written', async () => {
  const { err, exit } = await cli('share', 'v1/my-app/auht');
  expect([exit, err]).toEqual([
    1,
    ['There is no module called “auht”. Did you mean auth?', 'Without those parts the code is:'],
  ]);
});

test('the commands that are printed begin with what the launcher says', async () => {
  vi.stubEnv('STACKWRIGHT_PROGRAM', 'npm run --silent stackwright --');
  const said = [await cli('init', '--services', 'auth'), await cli('intt'), await cli('services'), await cli('help')];
  vi.unstubAllEnvs();
  for (const { out, err } of said) expect([...err, ...out].join('\n')).toContain('npm run --silent stackwright --');
});

describe('verify', () => {
  test('says that a mode was changed, and why it counts fewer files than there are', async () => {
    await cli('init', 'my-app');
    expect((await cli('verify', 'my-app')).out[0]).toMatch(/\.env and stackwright\.json, .* not among them\.$/);
    chmodSync('my-app/README.md', 0o755);
    expect((await cli('verify', 'my-app')).err).toEqual(['README.md has another mode: 755 in place of 644.']);
  });

  test('names the manifest where it is a folder, or lists what no project has', async () => {
    mkdirSync('odd/stackwright.json', { recursive: true });
    expect((await cli('verify', 'odd')).err.join()).toMatch(/^\.\/odd\/stackwright\.json is a folder/);
    await cli('init', 'my-app');
    const text = readFileSync('my-app/stackwright.json', 'utf8');
    writeFileSync('my-app/stackwright.json', text.replace('"README.md"', '"../../../etc/passwd"'));
    expect((await cli('verify', 'my-app')).err.join()).toMatch(/^\.\/my-app\/stackwright\.json is damaged/);
  });

  const verify = async () => {
    const { exit, err, data } = await cli('verify', 'my-app');
    return { exit, err, data: data as { hash: string; recorded: string; changed: string[]; missing: string[] } };
  };

  test('tells a project as it was made from one that was changed', async () => {
    await cli('init', 'my-app', '--services', 'auth');
    writeFileSync('my-app/.env', 'MINE=1\n');
    writeFileSync('my-app/added.txt', 'mine\n');
    const intact = await verify();
    expect(intact).toMatchObject({ exit: 0, data: { changed: [], missing: [] } });
    expect(intact.data.hash).toBe(intact.data.recorded);
    writeFileSync('my-app/Makefile', 'other\n');
    chmodSync('my-app/README.md', 0o755);
    rmSync('my-app/pyproject.toml');
    const changed = await verify();
    expect(changed).toMatchObject({
      exit: 1,
      data: { changed: ['Makefile', 'README.md'], missing: ['pyproject.toml'] },
    });
    expect(changed.err).toEqual([
      'Makefile was changed.',
      'README.md has another mode: 755 in place of 644.',
      'pyproject.toml is missing.',
    ]);
    expect(changed.data.hash).not.toBe(intact.data.hash);
  });

  test('follows no link and no path out of the folder', async () => {
    await cli('init', 'my-app');
    const manifest = readFileSync('my-app/stackwright.json', 'utf8');
    writeFileSync('copy', readFileSync('my-app/Makefile'));
    rmSync('my-app/Makefile');
    symlinkSync('../copy', 'my-app/Makefile');
    expect(await verify()).toMatchObject({ exit: 1, data: { missing: ['Makefile'] } });
    for (const path of ['../../etc/passwd', '/etc/passwd', 'a\\b', '__proto__/../x']) {
      writeFileSync('my-app/stackwright.json', manifest.replace('"Makefile"', JSON.stringify(path)));
      expect((await verify()).err.join(), path).toMatch(/is damaged/);
    }
  });

  test('sees a manifest whose hash was changed', async () => {
    await cli('init', 'my-app');
    const manifest = readFileSync('my-app/stackwright.json', 'utf8');
    writeFileSync('my-app/stackwright.json', manifest.replace(/"hash": "[0-9a-f]{8}/, '"hash": "00000000'));
    expect((await verify()).err.join()).toContain('stackwright.json was changed');
  });

  test.each([
    '',
    '{',
    '[]',
    '{"stackwright": 99}',
    '{"stackwright": 1}',
    'null',
    MANIFEST.replace('v1/', '\u001b[31m'),
    MANIFEST.replace('20261122', 'x'),
  ])('refuses the manifest %j', async (text) => {
    mkdirSync('my-app');
    writeFileSync('my-app/stackwright.json', text);
    const { exit, err } = await cli('verify', 'my-app');
    expect([exit, err.length]).toEqual([1, 1]);
  });

  test('wants a folder', async () => {
    expect(await cli('verify')).toMatchObject({ exit: 2 });
    expect((await cli('verify', 'nowhere')).err.join()).toMatch(/nowhere\/stackwright\.json is not there/);
  });
});

describe('help', () => {
  test('is there for the whole and for each command, and names every option', async () => {
    const overview = (await cli('--help')).out.join('\n');
    for (const name of COMMAND_NAMES) expect(overview).toContain(`stackwright ${name}`);
    for (const name of COMMAND_NAMES.filter((command) => command !== 'help')) {
      const behind = await cli(name, '--help');
      expect(behind.exit).toBe(0);
      expect(behind.out).toEqual((await cli('help', name)).out);
      expect(behind.out[0]).toContain(`stackwright ${name}`);
    }
  });

  test('shows examples that work', async () => {
    const examples = (await cli('init', '--help')).out.join('\n').split('Examples:\n')[1]?.trim().split(/\n\s*/) ?? [];
    expect(examples.length).toBeGreaterThan(2);
    for (const [index, example] of examples.entries()) {
      expect(
        await cli(...example.split(' ').slice(1), ...(example.includes('--zip') ? [] : ['--output', `out/${index}`])),
        example,
      ).toMatchObject({ exit: 0 });
    }
  });
});

test.each([
  [[], /Say what to do/],
  [['intt'], /Did you mean stackwright init\?/],
  [['Services'], /Did you mean stackwright services\?/],
  [['help', 'initt'], /Did you mean stackwright help init\?/],
  [['--bogus'], /^There is no command “--bogus”\. There is init, services, /],
  [['--json'], /^There is no command “--json”\. There is init, /],
  [['frobnicate'], /^There is no command “frobnicate”\. There is init, /],
  [['version'], /Did you mean stackwright --version\?/],
  [['services', 'foo'], /^“foo” is one argument too many: this command takes options alone\.$/],
  [['verify', 'a', 'b'], /^“b” is one argument too many: this command takes one folder\.$/],
  [['verify', ''], /^Say which project/],
  [['share', ''], /^Say what to share/],
  [['services', 'auth'], /one argument too many/],
  [['services', '--set', 'a'], /no option “--set”/],
  [['__proto__'], /There is no command/],
])('stackwright %j is exit 2', async (argv, message) => {
  const outcome = await cli(...argv);
  expect(outcome.exit).toBe(2);
  expect(outcome.err.join('\n')).toMatch(message);
});

test('thousands of argument lists end with an exit code and clean sentences, and write nothing outside', async () => {
  const known = [
    'auth',
    'auth[postgres]',
    'database.engine=postgres',
    'database',
    'v1/my-app/auth',
    'my-app',
    'x',
    './x',
    '.',
  ];
  const flags = [
    '--services',
    '--components',
    '--platform',
    '--set',
    '--output',
    '--force',
    '--json',
    '--no-interactive',
    '--interactive',
    '--exact',
    '--',
  ];
  const word = fc.oneof(
    fc.constantFrom(...flags),
    fc.constantFrom(...known),
    fc.constantFrom(...HOSTILE_WORDS),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );
  // What would be made is checked elsewhere; here a made project costs time alone.
  const command = fc.constantFrom(...COMMAND_NAMES, 'share', 'verify', 'share', 'unknown');
  await fc.assert(
    fc.asyncProperty(command, fc.array(word, { maxLength: 7 }), async (name, argv) => {
      const outcome = await cli(
        name,
        ...argv.map((text) => (text.startsWith('/') ? `.${text}` : text)),
        ...(name === 'init' ? ['--zip', 'x', '--output', 'y'] : []),
      );
      expect([0, 1, 2]).toContain(outcome.exit);
      expect(outcome.exit === 0 || outcome.err.length > 0).toBe(true);
      for (const line of outcome.err) expect(line).not.toMatch(/\n\s+at |(?!\n)\p{Cc}/u);
      expect(filesIn('.')).toEqual([]);
    }),
    runs(3000),
  );
});
