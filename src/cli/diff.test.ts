import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { catalog, presets } from '../catalog.ts';
import { cli, standInEmptyFolder } from './testing.ts';

standInEmptyFolder();

describe('presets', () => {
  test('lists each with its code, in words and as fields', async () => {
    const { exit, out, data } = await cli('presets');
    expect(exit).toBe(0);
    for (const { id, title, summary, code } of presets)
      for (const text of [id, title, summary, code]) expect(out.join('\n')).toContain(text);
    expect(data).toEqual({ catalog: catalog.version, presets });
  });

  test.each(presets)('init --preset $id makes it, under the name one gives', async ({ id, code }) => {
    const own = code.replace('my-app', 'shop');
    expect((await cli('share', 'shop', '--preset', id)).out).toEqual([own]);
  });

  test('what is said beside a preset comes on top and wins', async () => {
    const { out } = await cli('share', 'shop', '--preset', 'small-server', '--components', 'ingress.traefik,worker');
    expect(out).toEqual(['v1/shop/auth.sqlite,docker,ingress.traefik,worker']);
  });

  test.each([
    [['--preset', 'sas'], 1, 'There is no preset called “sas”. Did you mean saas?'],
    [['--preset'], 2, '--preset needs a value behind it.'],
    [['--preset', 'saas', '--preset', 'bare'], 2, '--preset can be given once.'],
  ])('%j is refused', async (flags, exit, message) => {
    const refusal = await cli('init', 'shop', ...flags);
    expect([refusal.exit, refusal.err[0]]).toEqual([exit, message]);
  });

  test('a code says everything already', async () => {
    expect((await cli('init', 'v1/shop/', '--preset', 'saas')).err[0]).toContain('leave out --preset');
  });
});

describe('diff', () => {
  test('from nothing chosen to a project: what it brings', async () => {
    const { exit, out, data } = await cli('diff', 'v1/shop/docker');
    expect(exit).toBe(0);
    expect(out).toContainEqual(expect.stringMatching(/^added {4}Dockerfile +\+\d+ −0$/));
    expect(out.at(-1)).toMatch(/^\d+ files added, \d+ changed; \+\d+ −\d+ lines$/);
    expect(data).toMatchObject({
      from: { code: 'v1/shop/' },
      to: { code: 'v1/shop/docker' },
      same: false,
      removed: [],
      added: expect.arrayContaining(['Dockerfile']),
    });
  });

  test('a preset takes the name of the other, so that the name is no difference', async () => {
    const code = presets.find(({ id }) => id === 'saas')?.code.replace('my-app', 'shop') ?? '';
    for (const [one, other] of [
      ['saas', code],
      [code, 'saas'],
      [`https://example.org/page/#${code}`, 'saas'],
    ] as const)
      expect(await cli('diff', one, other)).toMatchObject({
        exit: 0,
        out: ['Nothing differs: both are the same, file by file.'],
        data: { same: true },
      });
  });

  test('git applies the patch to a project on the disk, secrets and all, and it is the other project then', async () => {
    await cli('init', 'shop', '--services', 'auth');
    const { out, err } = await cli('diff', 'shop', 'v1/shop/auth.rbac,docker,worker', '--patch');
    expect(err).toEqual(['The patch leaves out .env, which holds secrets of your own.']);
    const env = readFileSync('shop/.env', 'utf8');
    execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: 'shop', input: `${out.join('\n')}\n` });
    expect(readFileSync('shop/.env', 'utf8')).toBe(env);
    expect((await cli('verify', 'shop')).exit).toBe(0);
    expect((await cli('share', 'shop')).out).toEqual(['v1/shop/auth.rbac,docker,worker']);
  });

  test('without B it is the project one stands in, by its choice and not by what was edited', async () => {
    await cli('init', 'shop', '--services', 'auth');
    process.chdir('shop');
    writeFileSync('README.md', 'edited\n');
    expect((await cli('diff', 'v1/shop/auth')).data).toMatchObject({ same: true });
    expect((await cli('diff', 'v1/shop/auth.rbac')).data).toMatchObject({
      from: { code: 'v1/shop/auth.rbac' },
      to: { code: 'v1/shop/auth' },
      same: false,
    });
  });

  test('--exit-code tells a difference by the exit, as git does', async () => {
    expect((await cli('diff', 'bare', 'saas')).exit).toBe(0);
    expect((await cli('diff', 'bare', 'saas', '--exit-code')).exit).toBe(1);
    expect(await cli('diff', 'saas', 'saas', '--exit-code', '--patch')).toMatchObject({ exit: 0, out: [] });
  });

  test.each([
    [[], 2, /^Say what to compare/],
    [[''], 2, /^Say what to compare/],
    [['bare', ''], 2, /^Say what to compare/],
    [['bare', 'saas', 'bare'], 2, /compares two projects/],
    [['nonsense'], 1, /no preset\. Presets are bare, saas/],
    [['./nowhere'], 1, /nowhere\/stackwright\.json is not there/],
    [['v1/my-app/aegis'], 1, /no module called “aegis”/],
    [['bare', 'v1/my-app/auth.postgres,database.sqlite'], 1, /PostgreSQL/],
    [['bare', '--bogus'], 2, /no option “--bogus”/],
  ])('%j is refused', async (argv, exit, message) => {
    const outcome = await cli('diff', ...argv);
    expect(outcome.exit).toBe(exit);
    expect(outcome.err.join('\n')).toMatch(message);
  });
});
