/** An opened project's databases hold its migrations in the order of its manifest: no file made of it may say another. */
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type Manifest, readManifest } from '#core/manifest.ts';
import { decode } from '#core/share.ts';
import { MANIFEST_PATH } from '#core/tree.ts';
import { catalog, contentIds, loadContents } from '../catalog.ts';
import { redo, startOver, typeName, undo } from './actions/history.ts';
import { add, setOption } from './actions/modules.ts';
import { openLink, openText } from './actions/open.ts';
import { newProject, openProject } from './actions/projects.ts';
import { renderingOf, resolutionOf } from './store/derive.ts';
import type { Snapshot } from './store/state.ts';
import { recall, recentProjects, store } from './store/storage.ts';
import { getState, initialState, write } from './store/store.ts';
import { load } from './store/texts.ts';

const CODE = 'v1/grown/auth.postgres,worker';
const KIND = 'migration';
/** Grown the other way round than it would be made at once. */
let grown: Manifest;
let reversed: readonly string[];

const manifestOf = ({ selection, recorded }: Pick<Snapshot, 'selection' | 'recorded'>): Manifest => {
  const rendering = renderingOf(selection, recorded);
  const text = rendering?.ok ? rendering.tree.find(({ path }) => path === MANIFEST_PATH)?.content : undefined;
  const manifest = readManifest(text ?? '');
  if ('refusal' in manifest) throw new Error(manifest.refusal);
  return manifest;
};
const order = (): readonly string[] => manifestOf(getState()).history[KIND] ?? [];

beforeAll(async () => {
  vi.stubGlobal('document', { baseURI: 'https://here.example/' });
  vi.stubGlobal('fetch', async () => new Response('', { status: 404 }));
  const { selection } = decode(catalog, CODE);
  await Promise.all([load(resolutionOf(selection)), loadContents(contentIds)]);
  const { history } = manifestOf({ selection, recorded: {} });
  reversed = (history[KIND] ?? []).toReversed();
  expect(reversed.length).toBeGreaterThan(1);
  grown = manifestOf({ selection, recorded: { ...history, [KIND]: reversed } });
});
beforeEach(async () => {
  write(initialState, true);
  await openText.run(getState(), JSON.stringify(grown));
});

test('it is made as it was, byte for byte, and nothing is said to differ', async () => {
  expect(manifestOf(getState())).toEqual(grown);
  await vi.waitFor(() => expect(getState().ui.notices).toHaveLength(1));
  expect(getState().ui.notices[0]).toMatch(/^grown is identical/);
});

test('what is added goes behind it, whatever it is called by then; undo and redo go there and back', () => {
  add.run(getState(), 'scheduler');
  setOption.run(getState(), 'scheduler', 'database', true);
  typeName.run(getState(), 'renamed');
  expect(order().slice(0, reversed.length)).toEqual(reversed);
  expect(order().length).toBeGreaterThan(reversed.length);
  for (let steps = 0; steps < 4; steps += 1) undo.run(getState());
  expect(getState().recorded).toEqual({});
  redo.run(getState());
  expect(order()).toEqual(reversed);
});

test('opened once more it is open already; another project has nothing of it', async () => {
  await openText.run(getState(), JSON.stringify(grown));
  expect(getState().history.past).toHaveLength(1);
  for (const begin of [() => newProject.run(getState()), () => startOver.run(getState())]) {
    begin();
    expect(getState().recorded).toEqual({});
    undo.run(getState());
    expect(order()).toEqual(reversed);
  }
  openLink.run(getState(), CODE);
  expect(order()).toEqual(reversed.toReversed());
});

test('a reload, and the list of projects, bring it back with them', () => {
  const shelf = (items: Map<string, string> = new Map()) => ({
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => items.set(key, value),
    removeItem: (key: string) => items.delete(key),
    key: (at: number) => [...items.keys()][at] ?? null,
    get length() {
      return items.size;
    },
  });
  vi.stubGlobal('sessionStorage', shelf());
  vi.stubGlobal('localStorage', shelf());
  expect(store(getState())).toBe(true);
  expect(recall(() => {}).tab?.recorded).toEqual(grown.history);
  const [project] = recentProjects();
  newProject.run(getState());
  if (project) openProject.run(getState(), project);
  expect(order()).toEqual(reversed);
});
