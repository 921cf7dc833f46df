import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCatalog } from './catalog.ts';
import { TEST_PINS } from './contents-testing.ts';
import { codeIn, parseInit } from './init.ts';
import { splitList } from './items.ts';
import { defineModule, type Module } from './module.ts';
import { anyText, CATEGORIES, HOSTILE_WORDS, pollution, runs } from './testing.ts';

const text = { title: '', summary: '' };
const catalog = createCatalog({
  version: '20261122-0a1b2c3d',
  categories: CATEGORIES,
  pins: TEST_PINS,
  modules: [
    defineModule({
      id: 'login',
      kind: 'service',
      category: 'services',
      status: 'available',
      aliases: ['signin'],
      ...text,
      options: {
        level: {
          ...text,
          kind: 'choice',
          values: [
            { id: 'plain', title: '' },
            { id: 'org', title: '', aliases: ['team'] },
          ],
          default: 'plain',
        },
        oauth: { ...text, kind: 'toggle', default: false },
        issuer: { ...text, kind: 'text', default: '', maxLength: 20 },
      },
    }),
    defineModule({
      id: 'store',
      kind: 'component',
      category: 'components',
      status: 'available',
      ...text,
      options: {
        engine: {
          ...text,
          kind: 'choice',
          values: [
            { id: 'lite', title: '' },
            { id: 'post', title: '' },
          ],
          default: 'lite',
        },
      },
    }),
    defineModule({ id: 'vault', kind: 'platform', category: 'central', status: 'available', ...text }),
  ] satisfies Module[],
});
const parse = (...argv: string[]) => parseInit(catalog, argv);

describe('a selection is read from', () => {
  const full = {
    project: 'shop',
    chosen: ['login', 'store'],
    options: { login: { level: 'org', oauth: true }, store: { engine: 'post' } },
  };
  test.each([
    ['brackets', ['shop', '--services', 'login[org,oauth]', '--components', 'store[post]']],
    ['brackets in another order', ['shop', '--components=store[post]', '--services=login[oauth,org]']],
    ['dots', ['shop', '--services', 'login.org.oauth', '--components', 'store.post']],
    [
      'settings',
      [
        'shop',
        '--services',
        'login',
        '--components',
        'store',
        '--set',
        'login.level=org',
        '--set',
        'login.oauth=true',
        '--set=store.engine=post',
      ],
    ],
    [
      'values by their option',
      ['--services', 'login[level=org,oauth=yes]', 'shop', '--components', 'store[engine=post]'],
    ],
    ['earlier names', ['shop', '--services', 'signin[team,oauth]', '--components', 'store.post']],
    [
      'repeated lists',
      ['shop', '--services', 'login[org]', '--services', 'login[oauth]', '--components', ' store[post] , '],
    ],
    ['a share code', ['v1/shop/login.org.oauth,store.post']],
    ['a link', ['https://example.org/page#v1/shop/login.org.oauth,store.post']],
    ['a code with its origin', ['v1/shop/login.org.oauth,store.post/20261122-0a1b2c3d-01234567']],
  ])('%s', (_, argv) => {
    expect(parse(...argv)).toMatchObject({ selection: full, refusals: [], said: true });
  });

  test('texts as they stand, in a setting also with every sign of the grammar', () => {
    expect(parse('shop', '--services', 'login[issuer=My Shop]').selection.options).toEqual({
      login: { issuer: 'My Shop' },
    });
    expect(parse('shop', '--set', 'login.issuer=a,b[c].d=e').selection.options).toEqual({
      login: { issuer: 'a,b[c].d=e' },
    });
    expect(parse('shop', '--set', 'login.issuer=').selection.options).toEqual({ login: { issuer: '' } });
  });

  test('switched-off toggles', () => {
    const off = { login: { oauth: false } };
    for (const item of ['login.no-oauth', 'login[no-oauth]', 'login[oauth=off]'])
      expect(parse('shop', '--services', item).selection.options).toEqual(off);
    expect(parse('shop', '--set', 'login.oauth=false').selection).toMatchObject({ chosen: [], options: off });
  });
});

test.each([
  [['shop'], { said: false, explicit: false, interactive: undefined, force: false }],
  [['shop', '--components', 'store', '--no-interactive'], { explicit: true, interactive: false }],
  [['shop', '--components=', '--no-interactive'], { explicit: true, said: true }],
  [['shop', '--components', 'store'], { explicit: false }],
  [['shop', '--services', 'login', '--no-interactive'], { explicit: false }],
  [['shop', '--interactive', '--output', 'a b', '--force'], { interactive: true, output: 'a b', force: true }],
  [['--zip', 'x.zip', '--', 'shop'], { zip: 'x.zip', word: 'shop' }],
])('%j says what to do', (argv, expected) => {
  expect(parse(...argv)).toMatchObject({ ...expected, refusals: [] });
});

test.each([
  [['--service', 'login'], { code: 'unknown-flag', flag: '--service', nearest: '--services' }],
  [['-x'], { code: 'unknown-flag', flag: '-x' }],
  [['-x'], { code: 'unknown-flag', nearest: undefined }],
  [['--services', ''], { code: 'missing-value', flag: '--services' }],
  [['--services', ','], { code: 'missing-value', flag: '--services' }],
  [['--output', ''], { code: 'missing-value', flag: '--output' }],
  [['--output='], { code: 'missing-value', flag: '--output' }],
  [['--zip', ''], { code: 'missing-value', flag: '--zip' }],
  [['--services', 'login[,]'], { code: 'bad-item', text: 'login[,]' }],
  [['--services', 'frobnicate'], { code: 'unknown-module', nearest: undefined }],
  [['--set', 'login.qqq=1'], { code: 'unknown-option', nearest: undefined }],
  [['--services'], { code: 'missing-value', flag: '--services' }],
  [['--services', '--force'], { code: 'missing-value', flag: '--services' }],
  [['--force=yes'], { code: 'unwanted-value', flag: '--force' }],
  [['--output', 'a', '--output', 'b'], { code: 'given-twice', flag: '--output' }],
  [['other'], { code: 'too-many-words', text: 'other' }],
  [['--interactive', '--no-interactive'], { code: 'contradiction' }],
  [['--zip', 'a', '--output', 'b'], { code: 'contradiction' }],
  [['--services', 'login[org'], { code: 'bad-item', text: 'login[org' }],
  [['--services', 'login]'], { code: 'bad-item' }],
  [['--services', '[org]'], { code: 'bad-item' }],
  [['--services', 'login[org]x'], { code: 'bad-item' }],
  [['--set', 'login'], { code: 'bad-setting', text: 'login' }],
  [['--set', 'login=x'], { code: 'bad-setting' }],
  [['--services', 'logni'], { code: 'unknown-module', typed: 'logni', nearest: 'login', kind: 'service' }],
  [['--components', 'stroe'], { code: 'unknown-module', nearest: 'store' }],
  [['--services', 'store'], { code: 'wrong-kind', module: 'store', flag: '--services', right: '--components' }],
  [['--services', 'login[ouath]'], { code: 'unknown-value', module: 'login', nearest: 'oauth' }],
  [['--services', 'login[lvel=org]'], { code: 'unknown-option', module: 'login', nearest: 'level' }],
  [['--set', 'vault.x=1'], { code: 'unknown-option', module: 'vault', nearest: undefined }],
  [
    ['--set', 'login.level=best'],
    { code: 'refused-value', typed: 'best', why: { code: 'not-a-value', allowed: ['plain', 'org'] } },
  ],
  [['--set', 'login.oauth=perhaps'], { code: 'refused-value', why: { allowed: ['true', 'false'] } }],
  [['--set', `login.issuer=${'x'.repeat(21)}`], { code: 'refused-value', why: { code: 'too-long' } }],
  [
    ['--services', 'login[org,plain]'],
    { code: 'said-twice', module: 'login', option: 'level', one: 'org', other: 'plain' },
  ],
  [['--set', 'login.level=org', '--set', 'login.level=plain'], { code: 'said-twice' }],
])('shop %j is refused', (argv, expected) => {
  const { refusals } = parse('shop', ...argv);
  expect(refusals.find(({ code }) => code === expected.code)).toMatchObject(expected);
});

test.each([
  ['My-App', 'grammar'],
  ['a', 'grammar'],
  ['a--b', 'grammar'],
  ['../x', 'grammar'],
  ['con', 'device'],
  ['__proto__', 'grammar'],
])('%s is no name', (name, why) => {
  expect(parse(name).refusals).toEqual([{ code: 'bad-name', name, why }]);
});

test('one slip is one refusal', () => {
  expect(parse('--service', 'login', 'shop').refusals.map(({ code }) => code)).toEqual(['unknown-flag']);
  expect(parse('a', 'b', 'c').refusals.map(({ code }) => code)).toEqual(['too-many-words']);
});

test('a code and modules beside it contradict', () => {
  expect(parse('v1/shop/login', '--services', 'login').refusals).toEqual([
    { code: 'code-and-flags', flag: '--services' },
  ]);
});

test('codes are told from names', () => {
  expect(codeIn('v1/shop/')).toBe('v1/shop/');
  expect(codeIn('v2/shop/')).toBe('v2/shop/');
  expect(codeIn('v1%2Fshop%2Flogin')).toBe('v1%2Fshop%2Flogin');
  expect(codeIn('http://localhost:4173/#v1/shop/login')).toBe('v1/shop/login');
  expect(codeIn('shop')).toBeUndefined();
  expect(codeIn('v1')).toBeUndefined();
});

test('lists are split at commas outside brackets', () => {
  expect(splitList('a[b,c],d.e, f ,,[g,h')).toEqual(['a[b,c]', 'd.e', 'f', '[g,h']);
});

test('no arguments make it throw', () => {
  const flag = fc.constantFrom(
    '--services',
    '--components',
    '--platform',
    '--set',
    '--output',
    '--zip',
    '--force',
    '--json',
    '--',
    '-',
    '--__proto__',
  );
  const word = fc.oneof(
    flag,
    fc.constantFrom(...HOSTILE_WORDS),
    fc.constantFrom('login[', 'login.org', 'store[post]', 'a.b=c', 'v1/'),
    anyText(),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), (argv) => {
      const { selection } = parseInit(catalog, argv);
      expect(selection.chosen.every((id) => catalog.modules.has(id))).toBe(true);
    }),
    runs(2000),
  );
  expect(pollution()).toEqual([]);
});
