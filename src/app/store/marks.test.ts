import { beforeAll, expect, test } from 'vitest';
import { decode } from '#core/share.ts';
import { catalog } from '../../catalog.ts';
import { baseIn, baseSelection } from './base.ts';
import { renderingOf as made, resolutionOf } from './derive.ts';
import { changeMarks, changesBetween } from './marks.ts';
import type { Base } from './state.ts';
import { initialState } from './store.ts';
import { load } from './texts.ts';

const of = (code: string) => decode(catalog, code).selection;
const bare = of('v1/shop/');
const docker = of('v1/shop/docker');
beforeAll(async () => {
  await load(resolutionOf(docker));
  await load(resolutionOf(bare));
});

test('marks are by path: what came and what is other; what went is nowhere to be marked', () => {
  const marks = changeMarks(made(bare), made(docker));
  expect(marks.get('Dockerfile')).toBe('added');
  expect(marks.get('README.md')).toBe('changed');
  expect(marks.has('Makefile')).toBe(false);
  expect(changeMarks(made(bare), made(docker))).toBe(marks);
  expect([...changeMarks(made(docker), made(bare))].map(([path]) => path)).not.toContain('Dockerfile');
  expect(changesBetween(made(docker), made(bare))).toContainEqual(
    expect.objectContaining({ path: 'Dockerfile', kind: 'removed' }),
  );
});

test('there are none without a base, against itself, or before the texts are there', () => {
  expect(changeMarks(undefined, made(docker)).size).toBe(0);
  expect(changeMarks(made(docker), made(docker)).size).toBe(0);
  expect(changeMarks(made(docker), made(of('v1/shop/auth'))).size).toBe(0);
});

const state = (against: Base | undefined, downloaded?: string) => ({
  selection: of('v1/shop/auth'),
  ui: { ...initialState.ui, ...(against ? { against } : {}), ...(downloaded === undefined ? {} : { downloaded }) },
});

test('the base is the one said, else the last download, else none', () => {
  const exact = `v1/shop/docker/${catalog.version}-01234567`;
  expect(baseSelection(state(undefined))).toBeUndefined();
  expect(baseSelection(state(undefined, exact))).toEqual(docker);
  expect(baseSelection(state({ kind: 'nothing' }, exact))).toEqual(bare);
  // A download that this browser has forgotten, or that another project had.
  expect(baseIn(state({ kind: 'download' }))).toBeUndefined();
  expect(baseSelection(state({ kind: 'link', code: 'v1/other/docker' }))).toEqual(of('v1/other/docker'));
});

test('a preset and the project with nothing chosen are named as the project is, and each is one value', () => {
  const preset = state({ kind: 'preset', id: 'saas' });
  expect(baseSelection(preset)?.project).toBe('shop');
  expect(baseSelection(preset)).toBe(baseSelection(preset));
  expect(baseSelection(state({ kind: 'preset', id: 'gone' }))).toEqual(bare);
});
