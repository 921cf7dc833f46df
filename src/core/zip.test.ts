import fc from 'fast-check';
import JSZip from 'jszip';
import { expect, test } from 'vitest';
import { plan } from './plan.ts';
import { render } from './render.ts';
import { resolve } from './resolve.ts';
import { anyText, runs, selectedWorld } from './testing.ts';
import type { FileTree, ProjectFile } from './tree.ts';
import { zip } from './zip.ts';

const HOSTILE = ['../x', '/x', 'a/../b', 'a\\b', 'C:x', 'a//b', './x', 'con', 'x\0', ''];
const file = (path: string, content = 'x', mode: ProjectFile['mode'] = '644'): ProjectFile => ({
  path,
  content,
  mode,
  spans: [],
});

async function read(
  bytes: Uint8Array,
): Promise<{ path: string; content: string; mode: string | undefined; date: string }[]> {
  const archive = await JSZip.loadAsync(bytes);
  return Promise.all(
    Object.values(archive.files).map(async (entry) => ({
      path: entry.name,
      content: await entry.async('string'),
      mode: (entry.unixPermissions as number | null)?.toString(8),
      date: entry.date.toISOString(),
    })),
  );
}

test('equal trees are equal bytes, whatever order their files come in, and are read back as they were', async () => {
  await fc.assert(
    fc.asyncProperty(selectedWorld(), async ({ catalog, contents, selection }) => {
      const tree = render(catalog, plan(catalog, resolve(catalog, selection), contents), contents);
      const bytes = await zip(selection.project, tree);
      expect(await zip(selection.project, [...tree].reverse())).toEqual(bytes);
      const again = render(catalog, plan(catalog, resolve(catalog, selection), contents), contents);
      expect(await zip(selection.project, again)).toEqual(bytes);
      expect(await read(bytes)).toEqual(
        tree.map(({ path, content, mode }) => ({
          path: `${selection.project}/${path}`,
          content,
          mode: `100${mode}`,
          date: '2000-01-01T00:00:00.000Z',
        })),
      );
    }),
    runs(25),
  );
});

test('any text comes back from a zip, and any difference is another zip', async () => {
  await fc.assert(
    fc.asyncProperty(anyText(), anyText(), async (one, other) => {
      fc.pre(!/\p{Surrogate}/u.test(one + other));
      const [first, second] = await Promise.all([zip('a-b', [file('x.txt', one)]), zip('a-b', [file('x.txt', other)])]);
      expect((await read(first))[0]?.content).toBe(one);
      expect(Buffer.from(first).equals(Buffer.from(second))).toBe(one === other);
    }),
    runs(40),
  );
  const tree: FileTree = [file('run.sh', '#!/bin/sh\n')];
  expect(await zip('a-b', tree)).not.toEqual(await zip('a-b', [file('run.sh', '#!/bin/sh\n', '755')]));
});

test('does not depend on the clock or the time zone', async () => {
  const before = process.env.TZ;
  const bytes = await zip('a-b', [file('x')]);
  try {
    process.env.TZ = 'Asia/Tokyo';
    expect(new Date(0).getHours()).toBe(9);
    expect(await zip('a-b', [file('x')])).toEqual(bytes);
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
});

test.each(HOSTILE)('refuses the path %j and the project %j', async (path) => {
  await expect(zip('a-b', [file(path)])).rejects.toThrow(/a-b\//);
  await expect(zip(path, [file('x')])).rejects.toThrow();
});
