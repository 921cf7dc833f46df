/** The presets of the real catalog. That each is rendered and meets the static gates is in `render.test.ts`, which has them in its rows. */
import { describe, expect, test } from 'vitest';
import { resolve } from '#core/resolve.ts';
import { DEFAULT_PROJECT } from '#core/selection.ts';
import { decode, encode } from '#core/share.ts';
import * as projects from '../e2e/projects/combinations.ts';
import { catalog, presets, starter } from './catalog.ts';
import { presetSelections, project, someSelections } from './combinations-testing.ts';

describe('every preset', () => {
  test.each(presets)('$title: a canonical code without notice or problem', ({ code }) => {
    const { selection, notices, origin } = decode(catalog, code);
    expect(notices).toEqual([]);
    expect(origin).toBeUndefined();
    expect(encode(catalog, selection)).toBe(code);
    expect(selection.project).toBe(DEFAULT_PROJECT);
    expect(resolve(catalog, selection).problems).toEqual([]);
  });

  test.each(presets)('$title: is called by an id that a shell takes, and says what it is for', (preset) => {
    expect(preset.id).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(preset.title.length).toBeLessThan(32);
    expect(preset.summary).toMatch(/^[A-Z].{20,118}\.$/);
  });
});

test('no two presets are one, and there are enough of them to choose from', () => {
  expect(presets.length).toBeGreaterThanOrEqual(6);
  for (const field of ['id', 'title', 'code'] as const)
    expect(new Set(presets.map((preset) => preset[field])).size, field).toBe(presets.length);
  const hashes = presetSelections.map((selection) =>
    project(selection)
      .tree.map(({ content }) => content)
      .join(),
  );
  expect(new Set(hashes).size).toBe(presets.length);
});

test('the starter is the first of them, and all are among the rows that are rendered and gated', () => {
  expect(presets[0]).toBe(starter);
  const rows = someSelections().map((selection) => JSON.stringify(selection));
  for (const selection of presetSelections) expect(rows).toContain(JSON.stringify(selection));
});

test('two of them are projects that are installed and run for real', () => {
  const installed = Object.values(projects).flatMap(({ words }) =>
    words.filter((_, at) => words[at - 1] === '--preset'),
  );
  expect(new Set(installed).size).toBeGreaterThanOrEqual(2);
  for (const id of installed) expect(presets.map((preset) => preset.id)).toContain(id);
});
