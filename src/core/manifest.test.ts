import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { projectHash } from './hash.ts';
import { filesIn, MANIFEST_FORMAT, makeManifest, readManifest } from './manifest.ts';
import { plan } from './plan.ts';
import { render } from './render.ts';
import { resolve } from './resolve.ts';
import { canonical } from './selection.ts';
import { decode, MAX_MODULES } from './share.ts';
import { anyText, HOSTILE_WORDS, pollution, runs, selectedWorld } from './testing.ts';
import { MANIFEST_PATH } from './tree.ts';

const sound = {
  stackwright: MANIFEST_FORMAT,
  code: 'v1/my-app/auth',
  catalog: '20261122-0a1b2c3d',
  hash: '0'.repeat(64),
  selection: { project: 'my-app', chosen: ['auth'], options: { auth: { level: 'basic', on: true } } },
  history: { migration: ['a1', 'b2'] },
  files: { 'app/main.py': `644 ${'a'.repeat(64)}` },
};

describe('the manifest', () => {
  test('comes back as the selection, the code, the hash and the files it was made of', () => {
    fc.assert(
      fc.property(selectedWorld(), ({ catalog, contents, selection }) => {
        const resolution = resolve(catalog, selection);
        const planned = plan(catalog, resolution, contents);
        const tree = render(catalog, planned, contents);
        const read = readManifest(tree.find(({ path }) => path === MANIFEST_PATH)?.content ?? '');
        if ('refusal' in read) throw new Error(read.refusal);
        expect(read.selection).toEqual(selection);
        expect(decode(catalog, read.code)).toEqual({ selection, notices: [] });
        expect(read.catalog).toBe(catalog.version);
        expect(projectHash(filesIn(read))).toBe(read.hash);
        const hashed = tree
          .map(({ path }) => path)
          .filter((path) => path !== MANIFEST_PATH && !/(^|\/)\.env$/.test(path));
        expect(Object.keys(read.files)).toEqual(hashed);
        expect(read).toEqual(makeManifest(catalog, planned, tree, {}));
      }),
      runs(40),
    );
  });

  test('is read from the sound text', () => {
    expect(readManifest(JSON.stringify(sound))).toEqual(sound);
  });

  test.each([
    ['nothing', '', 'not-json'],
    ['half a text', JSON.stringify(sound).slice(0, -3), 'not-json'],
    ['null', 'null', 'not-a-manifest'],
    ['a list', '[]', 'not-a-manifest'],
    ['a number', '1', 'not-a-manifest'],
    ['another object', '{}', 'not-a-manifest'],
    ['a later format', JSON.stringify({ ...sound, stackwright: 2 }), 'newer-format'],
    ['a format in words', JSON.stringify({ ...sound, stackwright: '1' }), 'not-a-manifest'],
    ['no selection', JSON.stringify({ ...sound, selection: [] }), 'not-a-manifest'],
    ['no code', JSON.stringify({ ...sound, code: 1 }), 'not-a-manifest'],
    ['a code with an escape', JSON.stringify({ ...sound, code: 'v1/\u001b[31m' }), 'not-a-manifest'],
    ['a hash that is none', JSON.stringify({ ...sound, hash: 'x' }), 'not-a-manifest'],
    ['a deep one', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'not-a-manifest'],
  ])('%s is refused with a code', (_, text, refusal) => {
    expect(readManifest(text)).toEqual({ refusal });
  });

  test('of anything never throws, never pollutes, and gives a canonical selection whose problems can be counted', () => {
    const leaf = fc.oneof(
      fc.constantFrom<unknown>(...HOSTILE_WORDS, null, 1, true, 'v1/x', MANIFEST_FORMAT),
      anyText(),
    );
    const record = (item: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
      fc
        .array(
          fc.tuple(
            fc.oneof(
              fc.constantFrom(...HOSTILE_WORDS, ...Object.keys(sound), 'project', 'chosen', 'options'),
              fc.string(),
            ),
            item,
          ),
          { maxLength: 5 },
        )
        .map((entries) => Object.fromEntries(entries) as unknown);
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('any'), { maxLength: 4 }), record(tie('any'))),
    })).any;
    const changed = fc
      .tuple(fc.constantFrom(...Object.keys(sound)), value)
      .map(([key, put]) => ({ ...sound, [key]: put }));
    const inner = value.map((put) => ({ ...sound, selection: put }));
    const parts = fc
      .tuple(fc.constantFrom('project', 'chosen', 'options'), value)
      .map(([key, put]) => ({ ...sound, selection: { ...sound.selection, [key]: put } }));
    fc.assert(
      fc.property(fc.oneof(value, changed, inner, parts), (object) => {
        const read = readManifest(JSON.stringify(object) ?? 'undefined');
        if ('refusal' in read) return;
        expect(read.selection).toEqual(canonical(read.selection));
        expect(read.selection.project).toMatch(/^[a-z][a-z0-9-]{1,49}$/);
        expect(read.selection.chosen.length).toBeLessThanOrEqual(MAX_MODULES);
        for (const keys of Object.values(read.history)) for (const key of keys) expect(key).toMatch(/^[\w.-]+$/);
        for (const { mode, sha256 } of filesIn(read)) expect(`${mode} ${sha256}`).toMatch(/^[0-7]{3} [0-9a-f]{64}$/);
        expect(Object.getPrototypeOf(read.selection.options)).toBe(Object.prototype);
      }),
      runs(1000),
    );
    expect(
      readManifest('{"stackwright":1,"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}}}'),
    ).toEqual({ refusal: 'not-a-manifest' });
    expect(pollution()).toEqual([]);
  });

  test('of thousands of modules is read as far as a code may name them', () => {
    const ids = Array.from({ length: 5000 }, (_, index) => `m${index}`);
    const read = readManifest(
      JSON.stringify({
        ...sound,
        selection: { project: 'my-app', chosen: ids, options: Object.fromEntries(ids.map((id) => [id, { x: true }])) },
      }),
    );
    expect('refusal' in read ? 0 : read.selection.chosen.length).toBe(MAX_MODULES);
    expect('refusal' in read ? 0 : Object.keys(read.selection.options).length).toBe(MAX_MODULES);
  });
});
