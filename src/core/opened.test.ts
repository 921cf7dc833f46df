import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashFiles } from './hash.ts';
import { readManifest } from './manifest.ts';
import { findManifest, MAX_FILES, movedFiles, openManifest, standingOf } from './opened.ts';
import { plan } from './plan.ts';
import { render } from './render.ts';
import { resolve } from './resolve.ts';
import { canonical } from './selection.ts';
import { decode, encode, pastedCode } from './share.ts';
import { anyText, HOSTILE_WORDS, made, pollution, runs, selectedWorld, type World } from './testing.ts';
import { MANIFEST_PATH } from './tree.ts';

function project({ catalog, contents, selection }: World & { selection: Parameters<typeof resolve>[1] }) {
  const tree = render(catalog, plan(catalog, resolve(catalog, selection), contents), contents);
  return { tree, text: tree.find(({ path }) => path === MANIFEST_PATH)!.content };
}

describe('a project that exists', () => {
  test('comes back as its selection, and stands as it was made', () => {
    fc.assert(
      fc.property(selectedWorld(), (given) => {
        const { tree, text } = project(given);
        const opened = openManifest(given.catalog, text);
        if ('refusal' in opened) throw new Error(opened.refusal);
        expect(opened.selection).toEqual(given.selection);
        expect(opened.notices).toEqual([]);
        expect(opened.contradicts).toBe(false);
        const now = hashFiles(tree);
        const found = [...now, { path: 'notes.txt', sha256: 'x' }, { path: '.env', sha256: 'y' }];
        expect(standingOf(opened.manifest, found, now)).toEqual({ edited: [], own: 1, moved: [] });
      }),
      runs(40),
    );
  });

  test('says which files were edited or taken away, and which the catalog makes differently', () => {
    fc.assert(
      fc.property(selectedWorld(), ({ ...given }) => {
        const { tree, text } = project(given);
        const manifest = readManifest(text);
        if ('refusal' in manifest) throw new Error(manifest.refusal);
        const [first, ...rest] = hashFiles(tree);
        if (!first) return;
        const edited = [{ ...first, sha256: '0'.repeat(64) }, ...rest];
        expect(standingOf(manifest, edited, [first, ...rest]).edited).toEqual([{ path: first.path, how: 'changed' }]);
        expect(standingOf(manifest, rest, edited)).toEqual({
          edited: [{ path: first.path, how: 'removed' }],
          own: 0,
          moved: [{ path: first.path, how: 'changed' }],
        });
        expect(standingOf(manifest, undefined, rest).moved).toEqual([{ path: first.path, how: 'removed' }]);
      }),
      runs(20),
    );
  });

  test('what it names that is not there is told as a link tells it, and the rest is taken', () => {
    fc.assert(
      fc.property(selectedWorld(), (given) => {
        const manifest = JSON.parse(project(given).text) as { code: string };
        const more = manifest.code.endsWith('/') ? 'gone-since' : ',gone-since';
        const opened = openManifest(given.catalog, JSON.stringify({ ...manifest, code: `${manifest.code}${more}` }));
        expect('refusal' in opened ? [] : opened.notices).toEqual([{ code: 'unknown-module', text: 'gone-since' }]);
        expect('refusal' in opened ? undefined : opened.selection).toEqual(given.selection);
      }),
      runs(20),
    );
  });

  test('with another selection than its code says, says so', () => {
    fc.assert(
      fc.property(selectedWorld(), (given) => {
        const manifest = JSON.parse(project(given).text) as { selection: { project: string } };
        const changed = { ...manifest, selection: { ...manifest.selection, project: 'another-one' } };
        const opened = openManifest(given.catalog, JSON.stringify(changed));
        expect('refusal' in opened ? undefined : opened.contradicts).toBe(true);
      }),
      runs(5),
    );
  });
});

test.each([
  [['stackwright.json', 'a/stackwright.json'], { path: 'stackwright.json' }],
  [['shop/README.md', 'shop/stackwright.json', 'shop/web/stackwright.json'], { path: 'shop/stackwright.json' }],
  [['a/stackwright.json', 'b/stackwright.json'], { refusal: 'several' }],
  [['a/b/stackwright.json', 'stackwright.json.txt'], { refusal: 'no-manifest' }],
  [[], { refusal: 'no-manifest' }],
])('the manifest among %j is %j', (paths, found) => {
  expect(findManifest(paths)).toEqual(found);
});

test('a mode counts only where both are known', () => {
  const file = { path: 'run', sha256: 'a' };
  expect(movedFiles([{ ...file, mode: '755' }], [file])).toEqual([]);
  expect(movedFiles([{ ...file, mode: '755' }], [{ ...file, mode: '644' }])).toEqual([{ path: 'run', how: 'changed' }]);
});

test.each([
  ['v1/shop/beta', 'v1/shop/beta'],
  ['https://example.org/#v1/shop/beta', 'v1/shop/beta'],
  ['https://example.org/page#v1%2Fshop%2Fbeta', 'v1/shop/beta'],
  ['Look at <https://example.org/#v1/shop/>, it is good.', 'v1/shop/'],
  ['[![made](badge.svg)](https://example.org/#v1/shop/beta.m-a,alpha)', 'v1/shop/beta.m-a,alpha'],
  ['stackwright init v1/shop/beta.', 'v1/shop/beta'],
  ['v9/later/beta', 'v9/later/beta'],
  ['nothing', undefined],
  ['/srv1/shop', undefined],
])('the code in %j is %j', (text, code) => {
  expect(pastedCode(text)).toBe(code);
});

describe('whatever is opened', () => {
  const leaf = fc.oneof(
    fc.constantFrom<unknown>(...HOSTILE_WORDS, null, true, [], {}, 1e308, -0, 9e15, 'v1/my-app/', '0'.repeat(64)),
    anyText(),
    fc.double(),
  );
  const key = fc.oneof(
    fc.constantFrom(...HOSTILE_WORDS, 'project', 'chosen', 'options', 'stackwright', 'code', 'files'),
    anyText(8),
  );
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie('any'), { maxLength: 4 }),
      fc.array(fc.tuple(key, tie('any')), { maxLength: 5 }).map((entries) => Object.fromEntries(entries) as unknown),
    ),
  })).any;
  const sound = {
    stackwright: 1,
    code: 'v1/my-app/alpha',
    catalog: '20261122-0a1b2c3d',
    hash: '0'.repeat(64),
    selection: { project: 'my-app', chosen: ['alpha'], options: {} },
    history: {},
    files: { 'app/main.py': `644 ${'a'.repeat(64)}` },
  };
  const manifest = fc.oneof(
    fc.tuple(fc.constantFrom(...Object.keys(sound)), value).map(([name, put]) => ({ ...sound, [name]: put })),
    fc.tuple(key, value).map(([path, put]) => ({ ...sound, files: { [path]: put } })),
    anyText(60).map((code) => ({ ...sound, code: `v1/${code}` })),
    value,
  );
  const text = fc.oneof(
    manifest.map((object) => JSON.stringify(object) ?? ''),
    fc.tuple(manifest, fc.nat(400)).map(([object, length]) => (JSON.stringify(object) ?? '').slice(0, length)),
    anyText(200),
  );

  test('is a project of the catalog or a refusal: nothing is thrown, nothing polluted', () => {
    fc.assert(
      fc.property(made(), fc.array(text, { minLength: 40, maxLength: 40 }), ({ catalog }, texts) => {
        for (const given of texts) {
          const opened = openManifest(catalog, given);
          if ('refusal' in opened) continue;
          expect(opened.selection).toEqual(canonical(opened.selection));
          expect(decode(catalog, encode(catalog, opened.selection)).notices).toEqual([]);
          const standing = standingOf(opened.manifest, [{ path: '__proto__', sha256: '' }], []);
          expect(standing.moved.every(({ how }) => how === 'removed')).toBe(true);
        }
      }),
      runs(150),
    );
    expect(pollution()).toEqual([]);
  });

  test('is a code or none, which is read in turn', () => {
    fc.assert(
      fc.property(
        made(),
        fc.array(
          fc.oneof(
            anyText(60),
            anyText(40).map((end) => `x #v1/${end}`),
          ),
          { minLength: 40, maxLength: 40 },
        ),
        ({ catalog }, texts) => {
          for (const given of texts) {
            const code = pastedCode(given);
            if (code !== undefined)
              expect(decode(catalog, code).notices.some(({ code: fault }) => fault === 'not-a-code')).toBe(false);
          }
        },
      ),
      runs(150),
    );
    expect(pollution()).toEqual([]);
  });

  test('with more files than a project can have is refused', () => {
    const files = Object.fromEntries(
      Array.from({ length: MAX_FILES + 1 }, (_, index) => [`f${index}`, sound.files['app/main.py']]),
    );
    const { catalog } = fc.sample(made(), { numRuns: 1, seed: 1 })[0]!;
    expect(openManifest(catalog, JSON.stringify({ ...sound, files }))).toEqual({ refusal: 'too-many' });
    expect(openManifest(catalog, ' \n')).toEqual({ refusal: 'empty' });
    expect(openManifest(catalog, JSON.stringify({ ...sound, files: { '../x': sound.files['app/main.py'] } }))).toEqual({
      refusal: 'not-a-manifest',
    });
  });
});
