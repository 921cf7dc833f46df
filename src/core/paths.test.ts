import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDeviceName, pathKey, refusePath } from './paths.ts';
import { anyText, runs } from './testing.ts';

describe('a path that cannot be in a project', () => {
  test.each([
    '',
    '.',
    '..',
    '../x',
    '../../etc/passwd',
    'a/..',
    'a/../b',
    'a/../../b',
    './a',
    'a/.',
    'a/./b',
    'a//b',
    'a/',
    '/a',
    '//a',
    '///',
    '/etc/passwd',
    'C:',
    'C:a',
    'c:/a',
    'C:\\a',
    'Z:x',
    '\\a',
    '\\\\server\\share',
    '..\\a',
    'a\\..\\b',
    'a\\b',
    'a\0',
    '\0',
    'a\nb',
    'a\rb',
    'a\tb',
    'a\u001bb',
    'a\u007fb',
    'con',
    'CON',
    'Con.txt',
    'a/nul',
    'a/NUL.tar.gz',
    'aux/b',
    'prn',
    'com1',
    'COM9.log',
    'com¹',
    'lpt3',
    'LPT².x',
    'conin$',
    'CONOUT$',
    'com0',
    'a.',
    'a ',
    'a./b',
    'a /b',
    ' /b ',
    'a<b',
    'a>b',
    'a:b',
    'a:b:$DATA',
    'a"b',
    'a|b',
    'a?b',
    'a*b',
    'x'.repeat(201),
    `${'a/'.repeat(120)}b`,
  ])('%j', (path) => {
    expect(refusePath(path)).toBeTypeOf('string');
  });
});

describe('a path that can', () => {
  test.each([
    'a',
    '.env',
    '.env.example',
    '.gitignore',
    'a/b/c.py',
    '.github/workflows/ci.yml',
    'app/__init__.py',
    'a-b_c.d',
    'console.py',
    'auxiliary/x',
    'nullable.py',
    'com10',
    'comma',
    'a b/c d',
    'ä/é.txt',
    '..a',
    'a..b',
    '...a',
    '[id].tsx',
    '(x)',
    '@x',
    '$x',
    '~x',
    '#x',
  ])('%j', (path) => {
    expect(refusePath(path)).toBeUndefined();
  });
});

test('whatever is let through stays in its folder, on every system', () => {
  const piece = fc.oneof(fc.constantFrom('..', '.', '', 'a', 'con', 'b.txt', 'C:', '\\', '~', ' ', 'x.'), anyText(3));
  fc.assert(
    fc.property(
      fc.array(piece, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')),
      (path) => {
        if (refusePath(path) !== undefined) return;
        expect(new URL(path.split('/').map(encodeURIComponent).join('/'), 'file:///root/project/').pathname).toMatch(
          /^\/root\/project\/./,
        );
        for (const segment of path.split('/')) {
          expect(segment).not.toMatch(/^\.{0,2}$/);
          expect(isDeviceName(segment)).toBe(false);
          expect(segment).not.toMatch(/[\\:*?"<>|\0-\x1f]|[. ]$/);
        }
      },
    ),
    runs(2000),
  );
});

test('two names of one file on some disk have one key', () => {
  expect(pathKey('A/É.txt')).toBe(pathKey('a/e\u0301.TXT'));
  expect(pathKey('a/b')).not.toBe(pathKey('a-b'));
  expect(pathKey('\u212bx')).toBe(pathKey('åx'));
});
