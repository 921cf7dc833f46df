import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { sha256Hex } from '#core/hash.ts';
import type { ProjectFile } from '#core/tree.ts';
import { Refused } from '../outcome.ts';
import { filesIn, standInEmptyFolder } from '../testing.ts';
import { writeFolder } from './folder.ts';
import { writeZip } from './zipfile.ts';

const disk = vi.hoisted(() => ({ renamesLeft: Number.POSITIVE_INFINITY }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const renameSync: typeof fs.renameSync = (from, to) => {
    // Moving back is not what fails.
    const isBack = String(from).includes('/old/');
    if (!isBack && disk.renamesLeft <= 0) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    if (!isBack) disk.renamesLeft -= 1;
    fs.renameSync(from, to);
  };
  return { ...fs, renameSync };
});

standInEmptyFolder();

const file = (path: string, content = `${path}, new\n`, mode: ProjectFile['mode'] = '644'): ProjectFile => ({
  path,
  content,
  mode,
  spans: [],
});
const TREE = [file('.env', 'A=1\nB=2\n'), file('app/main.py'), file('run.sh', '#!/bin/sh\n', '755')];
const NOTHING = { kept: [], removed: [], left: [] };
const here = (path: string): string => join(process.cwd(), path);
const text = (path: string): string => readFileSync(path, 'utf8');
const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refused) return error.message;
    throw error;
  }
  return 'not refused';
};

describe('a new folder', () => {
  test('holds the files with their modes, and nothing lies beside it', () => {
    expect(writeFolder(here('a/b/shop'), TREE, false)).toEqual(NOTHING);
    expect(filesIn('.')).toEqual([
      'a/',
      'a/b/',
      'a/b/shop/',
      'a/b/shop/.env',
      'a/b/shop/app/',
      'a/b/shop/app/main.py',
      'a/b/shop/run.sh',
    ]);
    expect(statSync('a/b/shop/run.sh').mode & 0o100).toBe(0o100);
    expect(statSync('a/b/shop/app/main.py').mode & 0o111).toBe(0);
    expect(statSync('a/b/shop').mode & 0o777).toBe(0o777 & ~process.umask());
  });

  test('may be there if it is empty, also as the folder one stands in', () => {
    expect(writeFolder(process.cwd(), TREE, false)).toEqual(NOTHING);
    expect(filesIn('.')).toEqual(['.env', 'app/', 'app/main.py', 'run.sh']);
  });

  test('is not there at all if one file cannot be written, nor are the folders above it', () => {
    expect(refusal(() => writeFolder(here('a/b/shop'), [...TREE, file('app/main.py/x')], false))).toContain(
      'there already',
    );
    expect(filesIn('.')).toEqual([]);
    expect(refusal(() => writeFolder(here(`a/${'x'.repeat(300)}/shop`), TREE, false))).toContain('too long');
    expect(filesIn('.')).toEqual([]);
  });
});

describe('a folder that is not empty', () => {
  test('is refused without force', () => {
    mkdirSync('shop');
    writeFileSync('shop/mine', 'mine');
    expect(refusal(() => writeFolder(here('shop'), TREE, false))).toMatch(/is not empty.*--output.*--force/);
    expect(filesIn('shop')).toEqual(['mine']);
  });

  test('with force keeps what is not the project’s, and the .env, naming what that lacks', () => {
    mkdirSync('shop/app', { recursive: true });
    writeFileSync('shop/mine', 'mine');
    writeFileSync('shop/app/main.py', 'old');
    writeFileSync('shop/.env', 'export A=secret\n# B=\n');
    expect(writeFolder(here('shop'), TREE, true).kept).toEqual([{ path: '.env', lacking: ['B'] }]);
    expect(filesIn('shop')).toEqual(['.env', 'app/', 'app/main.py', 'mine', 'run.sh']);
    expect([text('shop/.env'), text('shop/app/main.py'), text('shop/mine')]).toEqual([
      'export A=secret\n# B=\n',
      'app/main.py, new\n',
      'mine',
    ]);
  });

  test('with force is as it was if a file has nowhere to go', () => {
    mkdirSync('shop/run.sh', { recursive: true });
    mkdirSync('shop/app');
    writeFileSync('shop/app/main.py', 'old');
    expect(refusal(() => writeFolder(here('shop'), TREE, true))).toContain('./shop/run.sh is a folder');
    expect(filesIn('shop')).toEqual(['app/', 'app/main.py', 'run.sh/']);
    expect(text('shop/app/main.py')).toBe('old');
  });

  test('with force is as it was, whichever step the disk fails at', () => {
    for (let step = 1; step <= 6; step += 1) {
      mkdirSync('shop');
      writeFileSync('shop/run.sh', 'old');
      writeFileSync('shop/zz', 'old');
      disk.renamesLeft = step;
      const said = refusal(() => writeFolder(here('shop'), [...TREE, file('zz')], true));
      disk.renamesLeft = Number.POSITIVE_INFINITY;
      // Six renames, two of them of what was there: the last step needs none more.
      expect(said).toBe(step === 6 ? 'not refused' : '“./shop” cannot be used: the disk is full.');
      if (step < 6)
        expect([filesIn('shop'), text('shop/run.sh'), text('shop/zz')]).toEqual([['run.sh', 'zz'], 'old', 'old']);
      rmSync('shop', { recursive: true });
    }
  });
});

describe('files of an earlier project', () => {
  const line = (content: string): string => `644 ${sha256Hex(content)}`;
  const earlier = (files: Readonly<Record<string, string>>): void => {
    const made = { stackwright: 1, code: 'v1/shop/', catalog: '20261122-0a1b2c3d', hash: 'a'.repeat(64) };
    mkdirSync('shop/was/deep', { recursive: true });
    writeFileSync('shop/was/deep/gone', 'made');
    writeFileSync('shop/was/mine', 'changed');
    writeFileSync('shop/stackwright.json', JSON.stringify({ ...made, selection: {}, history: {}, files }));
  };
  const LISTED = { 'was/deep/gone': line('made'), 'was/mine': line('made'), 'was/never': line('made') };
  const NEW = [...TREE, file('stackwright.json')];

  test('go where they are as they were made, with the folders they leave empty', () => {
    earlier(LISTED);
    expect(writeFolder(here('shop'), NEW, true)).toEqual({
      kept: [],
      removed: ['was/deep/gone'],
      left: ['was/mine'],
    });
    expect(filesIn('shop').filter((path) => path.startsWith('was'))).toEqual(['was/', 'was/mine']);
  });

  test('never go through a link, out of the folder, or where they are secrets', () => {
    mkdirSync('outside');
    writeFileSync('outside/gone', 'made');
    earlier({ '../outside/gone': line('made'), 'link/gone': line('made'), '.env': line('made') });
    symlinkSync('../outside', 'shop/link');
    writeFileSync('shop/.env', 'made');
    expect(writeFolder(here('shop'), NEW.slice(1), true)).toEqual(NOTHING);
    expect([text('outside/gone'), text('shop/.env')]).toEqual(['made', 'made']);
  });

  test('are back in their places when the disk fails', () => {
    earlier(LISTED);
    const before = filesIn('shop');
    // Four new files, one of them in the place of another: the sixth rename takes the old one away.
    disk.renamesLeft = 5;
    expect(refusal(() => writeFolder(here('shop'), NEW, true))).toContain('the disk is full');
    disk.renamesLeft = Number.POSITIVE_INFINITY;
    expect(filesIn('shop')).toEqual(before);
    expect(text('shop/was/deep/gone')).toBe('made');
  });
});

describe('links', () => {
  test('lead nowhere: a linked folder is refused, a linked file is replaced itself', () => {
    mkdirSync('outside');
    writeFileSync('outside/file', 'theirs');
    mkdirSync('shop');
    symlinkSync('../outside', 'shop/app');
    expect(refusal(() => writeFolder(here('shop'), TREE, true))).toContain('./shop/app is a symbolic link');
    mkdirSync('other');
    symlinkSync('../outside/file', 'other/run.sh');
    linkSync('outside/file', 'other/extra');
    writeFolder(here('other'), [...TREE, file('extra')], true);
    expect(lstatSync('other/run.sh').isSymbolicLink()).toBe(false);
    expect(text('other/extra')).toBe('extra, new\n');
    expect(text('outside/file')).toBe('theirs');
    expect(filesIn('outside')).toEqual(['file']);
  });

  test('an .env that is a link stays one', () => {
    mkdirSync('shop');
    symlinkSync('../elsewhere', 'shop/.env');
    expect(writeFolder(here('shop'), TREE, true).kept).toEqual([{ path: '.env', lacking: ['A', 'B'] }]);
    expect(readlinkSync('shop/.env')).toBe('../elsewhere');
    expect(existsSync('elsewhere')).toBe(false);
  });

  test('the folder itself may be one, and stays one; one that leads nowhere is refused', () => {
    mkdirSync('real');
    symlinkSync('real', 'shop');
    writeFolder(here('shop'), TREE, false);
    expect(filesIn('real')).toContain('run.sh');
    symlinkSync('nowhere', 'dangling');
    expect(refusal(() => writeFolder(here('dangling'), TREE, true))).toContain('not a folder');
    symlinkSync('circle', 'circle');
    expect(refusal(() => writeFolder(here('circle'), TREE, true))).toContain('circle');
  });
});

test('a zip is there whole or not at all, and replaced only when asked', () => {
  const bytes = new Uint8Array([1, 2, 3]);
  writeZip(here('a/x.zip'), bytes, false);
  expect(refusal(() => writeZip(here('a/x.zip'), bytes, false))).toMatch(/is there already.*--force/);
  writeZip(here('a/x.zip'), new Uint8Array([4]), true);
  expect([...readFileSync('a/x.zip')]).toEqual([4]);
  expect(refusal(() => writeZip(here('a'), bytes, true))).toContain('is a folder');
  expect(refusal(() => writeZip(here(`b/${'x'.repeat(300)}`), bytes, true))).toContain('too long');
  expect(filesIn('.')).toEqual(['a/', 'a/x.zip']);
});
