import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogVersion, templatesPlugin } from './templates-plugin.ts';

let root = '';
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'stackwright-plugin-'));
  write('templates/pins.json', '{ "resolved": "2026-11-22", "python": ">=3.11", "packages": [] }');
  write('templates/categories.json', '[]');
  write('templates/one/module.ts', 'export default {}');
  write('templates/one/facts.ts', 'export default {}');
  write('templates/one/files/.gitignore.hbs', 'a\n{{py project.name}}\n');
  write('templates/one/files/.github/ci.yml', 'on: ${{ x }}\n');
  write('templates/one/files/app/a.py', 'x = "{{ y }}"\n');
  write('templates/one/files/app/__pycache__/a.pyc', '\0');
  write('templates/one/files/app/quote.py', '"\\ \' ` ${x} \u2028 </script>"\n');
  write('templates/two/module.ts', 'export default {}');
  write('templates/not-a-module/readme.md', 'x');
  write('src/core/a.ts', 'x');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What the plugin gives the bundler for an id. */
function load(id: string): string {
  const plugin = templatesPlugin(root) as unknown as {
    resolveId(id: string): string;
    load(this: { addWatchFile(file: string): void }, id: string): string;
  };
  return plugin.load.call({ addWatchFile: () => undefined }, plugin.resolveId(id));
}

describe('the catalog', () => {
  test('is every folder with a declaration, and contents are those with facts', () => {
    const code = load('virtual:catalog');
    expect(code).toContain(JSON.stringify(join(root, 'templates/one/module.ts')));
    expect(code).toContain(JSON.stringify(join(root, 'templates/two/module.ts')));
    expect(code).not.toContain('not-a-module');
    expect(code).toMatch(/"one": \(\) => import/);
    expect(code).not.toMatch(/"two": \(\) => import/);
  });
});

describe('the contents of a module', () => {
  test('are its files as they stand, dotfiles and hidden folders too, and its templates compiled; caches are not', () => {
    const code = load('virtual:content/one');
    const files = new Function(
      `${code
        .slice(code.indexOf('export const content'))
        .replace('export const content =', 'return')
        .replace('contribution,', '')
        .replace(/kinds: .*/, '')}`,
    )() as {
      files: Record<string, { text?: string; template?: object }>;
    };
    expect(Object.keys(files.files)).toEqual(['.github/ci.yml', '.gitignore', 'app/a.py', 'app/quote.py']);
    expect(files.files['app/quote.py']).toEqual({ text: '"\\ \' ` ${x} \u2028 </script>"\n' });
    expect(files.files['app/a.py']).toEqual({ text: 'x = "{{ y }}"\n' });
    expect(files.files['.gitignore']?.template).toHaveProperty('compiler');
  });
  test('may hold no mark, no bare value, and no two files of one name', () => {
    write('templates/bad/module.ts', '');
    write('templates/bad/files/a.py', 'x = "\ue000"');
    expect(() => load('virtual:content/bad')).toThrow(/a\.py has a private-use character/);
    rmSync(join(root, 'templates/bad/files/a.py'));
    write('templates/bad/files/b.py.hbs', '\n\n{{project.name}}');
    expect(() => load('virtual:content/bad')).toThrow(/b\.py\.hbs:3: /);
    rmSync(join(root, 'templates/bad/files/b.py.hbs'));
    write('templates/bad/files/c.py.hbs', '{{py project.name}}');
    write('templates/bad/files/c.py', 'x');
    expect(() => load('virtual:content/bad')).toThrow(/c\.py.* twice/);
    rmSync(join(root, 'templates/bad'), { recursive: true });
  });
});

describe('the catalog version', () => {
  test('is the day of the pins and moves with every file that decides what is rendered', () => {
    const before = catalogVersion(root);
    expect(before).toMatch(/^20261122-[0-9a-f]{8}$/);
    expect(catalogVersion(root)).toBe(before);
    const moves = (path: string, text: string): boolean => {
      write(path, text);
      const moved = catalogVersion(root) !== before;
      rmSync(join(root, path));
      return moved;
    };
    expect(moves('templates/one/files/new.txt', 'x')).toBe(true);
    expect(moves('src/core/new.ts', 'x')).toBe(true);
    for (const path of [
      'src/core/a.test.ts',
      'src/core/testing.ts',
      'src/core/contents-testing.ts',
      'templates/one/module.test.ts',
      'templates/presets.json',
      'templates/one/files/__pycache__/x.pyc',
      'templates/one/files/.ruff_cache/x',
      'src/app/new.ts',
    ]) {
      expect([path, moves(path, 'x')]).toEqual([path, false]);
    }
    expect(catalogVersion(root)).toBe(before);
  });
});

test('the repository holds no file that a checkout could change: no carriage returns in templates', () => {
  const listed = execFileSync('git', ['ls-files', '--eol', 'templates', 'src/core'], {
    cwd: new URL('..', import.meta.url),
    encoding: 'utf8',
  });
  expect(listed.split('\n').filter((line) => /^i\/(crlf|mixed)/.test(line))).toEqual([]);
});
