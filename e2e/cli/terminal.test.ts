/** The questions as a person meets them, in a real terminal. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { filesIn, LAUNCHER, run, standInEmptyFolder, withoutNpm } from '../../src/cli/testing.ts';

// Whoever runs these may want no colours, and Node gives a machine of CI none; a person's terminal says for itself.
for (const name of ['NO_COLOR', 'FORCE_COLOR', 'CI']) delete process.env[name];

const DRIVER = fileURLToPath(new URL('terminal.py', import.meta.url));
const [ENTER, SPACE, DOWN, CTRL_C] = ['\r', ' ', '\x1b[B', '\x03'];
type Step = readonly [words: string, keys: string];

function atTerminal(
  argv: readonly string[],
  steps: readonly Step[],
  env: NodeJS.ProcessEnv = {},
  before: readonly string[] = [],
) {
  const task = {
    argv: [...before, process.execPath, LAUNCHER, ...argv],
    cwd: process.cwd(),
    env: { ...withoutNpm(), TERM: 'xterm', ...env },
    steps,
  };
  const { stdout, stderr } = spawnSync('python3', [DRIVER], { input: JSON.stringify(task), encoding: 'utf8' });
  expect(stderr).toBe('');
  const { exit, screen, waiting } = JSON.parse(stdout) as { exit: number; screen: string; waiting: string | null };
  expect(waiting, screen).toBeNull();
  return { exit, raw: screen, screen: stripVTControlCharacters(screen).replaceAll('\r\n', '\n') };
}

/** Default answers to what is asked behind the modules. */
const REST: readonly Step[] = [
  ['Which components', ENTER],
  ['Auth: Level', ENTER],
  ['Database engine', ENTER],
  ['GitHub and Google', ENTER],
  ['Limits in Redis', ENTER],
  ['Database: Engine', ENTER],
  ['Description', ENTER],
];
const code = (folder: string): string =>
  (JSON.parse(readFileSync(`${folder}/stackwright.json`, 'utf8')) as { code: string }).code;

standInEmptyFolder();

describe('init on a terminal', () => {
  test('asks for everything, says what will be added and why, and writes what was picked', () => {
    const { exit, screen } = atTerminal(
      ['init'],
      [
        ['called', `shop${ENTER}`],
        ['Which services', `${SPACE}${ENTER}`],
        ['Required by Auth', ENTER],
        ['Auth: Level', ENTER],
        ['Database engine', ENTER],
        ['GitHub and Google', ENTER],
        ['Limits in Redis', ENTER],
        ['Database: Engine', `${DOWN}${ENTER}`],
        ['Description', `Sells "things"${ENTER}`],
        ['Write the project to ./shop', ENTER],
      ],
    );
    expect(exit).toBe(0);
    // What comes along stands ticked, and the record of the answer does not deny it.
    expect(screen).not.toMatch(/Which components besides\?\n[^\n]*none/);
    const summary = screen.slice(screen.indexOf('What you get'), screen.indexOf('Write the project'));
    expect(summary).toMatch(/Database +added +Required by Auth: users/);
    expect(summary).toMatch(/Auth +chosen/);
    expect(code('shop')).toBe('v1/shop/auth,+base.description=Sells_20_22things_22,+database.postgres');
    expect(filesIn('.').filter((path) => !path.startsWith('shop/'))).toEqual([]);
  });

  test('leaves a default unsaid', () => {
    const { exit } = atTerminal(
      ['init'],
      [['called', ENTER], ['Which services', `${SPACE}${ENTER}`], ...REST, ['Write', ENTER]],
    );
    expect([exit, code('my-app')]).toEqual([0, 'v1/my-app/auth']);
  });

  test('does not ask what was said', () => {
    expect(atTerminal(['init', 'my-app', '--services', 'auth'], []).screen).not.toContain('Which');
    const { screen } = atTerminal(['init', 'v1/shop/auth', '--interactive'], [['Write', ENTER]]);
    expect(screen).not.toContain('Which');
    expect(code('shop')).toBe('v1/shop/auth');
  });

  test('takes a bad name back with the reason, and one whose folder is full', () => {
    mkdirSync('full');
    writeFileSync('full/mine', '');
    const erase = '\x7f'.repeat(10);
    const { exit } = atTerminal(
      ['init'],
      [
        ['called', `Bad!${ENTER}`],
        ['lower-case letters', `${erase}full${ENTER}`],
        ['not empty', `${erase}shop${ENTER}`],
        ['Which services', ENTER],
        ['Which components', ENTER],
        ['Description', ENTER],
        ['Write', ENTER],
      ],
    );
    expect([exit, code('shop'), filesIn('full')]).toEqual([0, 'v1/shop/', ['mine']]);
  });

  test('offers repairs where what was said contradicts itself', () => {
    const { exit, screen } = atTerminal(
      ['init', 'my-app', '--services', 'auth[postgres]', '--components', 'database[sqlite]', '--interactive'],
      [
        ['Which services', ENTER],
        ['Which components', ENTER],
        ['Auth: Level', ENTER],
        ['GitHub and Google', ENTER],
        ['Limits in Redis', ENTER],
        ['Description', ENTER],
        ['How should that be settled', `${DOWN}${ENTER}`],
        ['Write', ENTER],
      ],
    );
    expect(screen).toContain('Database’s Engine is set to SQLite, but Auth needs PostgreSQL');
    expect([exit, code('my-app')]).toEqual([0, 'v1/my-app/auth.postgres,database.postgres']);
  });

  test.each([
    ['the name', [['called', CTRL_C]]],
    [
      'the services',
      [
        ['called', ENTER],
        ['Which services', CTRL_C],
      ],
    ],
    ['the last question', [['called', ENTER], ['Which services', `${SPACE}${ENTER}`], ...REST, ['Write', CTRL_C]]],
    [
      'the last question, by No',
      [
        ['called', ENTER],
        ['Which services', ENTER],
        ['Which components', ENTER],
        ['Description', ENTER],
        ['Write', `n${ENTER}`],
      ],
    ],
  ] satisfies [string, Step[]][])('ended at %s leaves nothing', (_, steps) => {
    const { exit, screen } = atTerminal(['init'], steps);
    expect(exit).toBe(1);
    expect(screen).toContain('Cancelled. Nothing was written.');
    expect(filesIn('.')).toEqual([]);
  });

  test('has no colour where none is wanted', () => {
    // Dim and struck-through are no colours.
    const colour = /\p{Cc}\[(?:[34]|9|10)\d(?:;\d+)*m/u;
    const ask = (env: NodeJS.ProcessEnv) => atTerminal(['init'], [['called', CTRL_C]], env).raw;
    expect(ask({ NO_COLOR: '1' })).not.toMatch(colour);
    expect(ask({})).toMatch(colour);
  });
});

test('with a report on standard output, questions go to standard error', () => {
  // The shell holds standard output back; what is on the screen is the rest.
  const line = `out=$("$0" "$@") && printf %s "$out" > report.json`;
  const { exit, screen } = atTerminal(['init', 'v1/shop/auth', '--interactive', '--json'], [['Write', ENTER]], {}, [
    'sh',
    '-c',
    line,
  ]);
  expect([exit, screen.includes('"stackwright"')]).toEqual([0, false]);
  expect(JSON.parse(readFileSync('report.json', 'utf8'))).toMatchObject({ stackwright: 1, code: 'v1/shop/auth' });
});

test('without a terminal nothing is asked, and asking is exit 2', () => {
  expect(run(['init'])).toMatchObject({ exit: 2, out: '' });
  expect(run(['init', 'my-app', '--interactive'])).toMatchObject({ exit: 2, out: '' });
  expect(filesIn('.')).toEqual([]);
});
