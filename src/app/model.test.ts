/**
 * The page without a browser: long random sequences through the same actions as its buttons, shortcuts and palette,
 * and after each step everything that must hold whatever was done.
 */
import fc from 'fast-check';
import { beforeAll, expect, test, vi } from 'vitest';
import { commandWords } from '#core/command.ts';
import { parseInit } from '#core/init.ts';
import { readManifest } from '#core/manifest.ts';
import type { ModuleId, Option, OptionValue } from '#core/module.ts';
import { decode } from '#core/share.ts';
import { MANIFEST_PATH } from '#core/tree.ts';
import { catalog, contentIds, loadContents, presets, starter } from '../catalog.ts';
import { connect, disconnect, startConnecting } from './actions/edges.ts';
import { goTo, redo, startOver, typeName, undo } from './actions/history.ts';
import { arrange, move, tidy } from './actions/layout.ts';
import { add, remove, removeAll, removeChoice, removeWithDependents, repair, setOption } from './actions/modules.ts';
import { openLink, openText } from './actions/open.ts';
import { openPreset } from './actions/presets.ts';
import { openDialog, openMenu, pick as pickNodes } from './actions/view.ts';
import { edgesFor, type Marks, nodesFor } from './canvas/nodes.ts';
import { settle } from './layout/place.ts';
import type { Action } from './store/action.ts';
import { codeOf, drawingsOf, drawnOf, edgesOf, problemsOf, renderingOf, resolutionOf } from './store/derive.ts';
import type { State } from './store/state.ts';
import { getState, initialState, write } from './store/store.ts';
import { load } from './store/texts.ts';

const modules = [...catalog.modules.values()];
const ids = modules.map(({ id }) => id);
const options = modules.flatMap(({ id, options: declared = {} }) =>
  Object.entries(declared).map(([option, what]) => ({ id, option, what })),
);
const NAMES = ['shop', 'my-app', 'a', 'Shop', 'x1', '', 'fastapi', 'shop-2', 'con', 'häuser'];
const TEXTS = [
  '',
  'a',
  '7',
  '60',
  'o’brien',
  '"',
  'ü',
  'a_b.c',
  '10.0.0.1',
  'https://x.example',
  'x'.repeat(5000),
  '\n',
];

const PASTED = ['', 'nonsense', '{', '{}', '[]', 'https://x.example/#v1/shop/nosuch', 'v9/x/', '{"stackwright":2}'];
/** Of a project that another catalog made. */
const manifest = (id: string): string =>
  JSON.stringify({
    stackwright: 1,
    code: `v1/older/${id},gone`,
    catalog: '20200101-00000000',
    hash: '0'.repeat(64),
    selection: { project: 'older', chosen: [id, 'gone'], options: { [id]: { gone: true } } },
    history: {},
    files: {},
  });

/** One thing done: which, and numbers that say with what; anything is chosen from what there is at that moment. */
type Pick = <T>(from: readonly T[]) => T | undefined;
type Deed = (pick: Pick) => void | Promise<void>;

/** As `perform` does it, but waited for. */
async function act<A extends readonly unknown[]>(action: Action<A>, ...args: A): Promise<void> {
  if (action.refuse?.(getState(), ...args) === undefined) await action.run(getState(), ...args);
}
const drawn = (): ModuleId[] => drawnOf(getState().selection).map(({ module }) => module.id);

function valuesOf(what: Option): readonly (OptionValue | undefined)[] {
  if (what.kind === 'choice') return [...what.values.map(({ id }) => id), undefined, 'nosuch'];
  return what.kind === 'text' ? [...TEXTS, undefined] : [true, false, undefined, 'nosuch'];
}

const DEEDS: Readonly<Record<string, Deed>> = {
  add: (pick) => act(add, pick(ids) ?? ''),
  drop: (pick) =>
    act(add, pick(ids) ?? '', { x: (pick([-900, 0, 130, 2000]) ?? 0) + 0.4, y: pick([-500, 0, 90]) ?? 0 }),
  remove: (pick) => act(remove, pick(drawn()) ?? ''),
  removeAll: (pick) => act(removeAll, drawn().slice(pick([0, 1, 2]), pick([3, 4, 9]))),
  removeWithDependents: (pick) => act(removeWithDependents, pick(drawn()) ?? ''),
  removeChoice: (pick) => act(removeChoice, pick(drawn()) ?? ''),
  setOption: (pick) => {
    const chosen = pick(options);
    return chosen && act(setOption, chosen.id, chosen.option, pick(valuesOf(chosen.what)));
  },
  repair: (pick) => {
    const offered = pick(problemsOf(getState().selection).flatMap(({ repairs }) => repairs));
    return offered && act(repair, offered);
  },
  connect: (pick) => act(connect, pick(drawn()) ?? '', pick(ids) ?? ''),
  disconnect: (pick) => act(disconnect, pick(edgesOf(getState().selection))?.id ?? ''),
  goTo: (pick) => act(goTo, pick([0, 1, 3, getState().history.past.length + 1]) ?? 0),
  undo: () => act(undo),
  redo: () => act(redo),
  rename: (pick) => act(typeName, pick(NAMES) ?? ''),
  move: (pick) => act(move, { [pick(ids) ?? '']: { x: pick([-5000, -30, 217]) ?? 0, y: pick([-70, 44, 9999]) ?? 0 } }),
  tidy: () => act(tidy),
  // The page does it at its beginning alone.
  arrange: () => (getState().history === begun.history ? act(arrange) : undefined),
  open: (pick) => act(openLink, `v1/${pick(NAMES)}/${[pick(ids), `+${pick(ids)}`, pick(ids)].join()}`),
  paste: (pick) => act(openText, pick([...PASTED, manifest(pick(ids) ?? '')]) ?? ''),
  preset: (pick) => act(openPreset, pick(presets) ?? starter),
  startOver: () => act(startOver),
  pick: (pick) => act(pickNodes, drawn().slice(0, pick([1, 2, 3]))),
  menu: (pick) => act(openMenu, { module: pick(drawn()) ?? '', at: { x: 0, y: 0 } }),
  ask: (pick) =>
    act(openDialog, { kind: pick(['remove', 'connect'] as const) ?? 'remove', module: pick(drawn()) ?? '' }),
  begin: (pick) => act(startConnecting, pick(drawn()) ?? ''),
};
/** These may place nodes that were there before somewhere else. */
const MOVING = new Set(['goTo', 'undo', 'redo', 'move', 'tidy', 'arrange']);

/** As the page begins: each node has a place. */
const begun: State = {
  ...initialState,
  positions: settle({}, drawnOf(initialState.selection), edgesOf(initialState.selection)),
};
/** All but what is shown; as text, which is compared many times faster. */
const text = ({ selection, positions, history }: State): string => JSON.stringify([selection, positions, history]);

/** Nothing is pointed at. */
const plain: Marks = {
  picked: [],
  pickedEdge: undefined,
  troubled: new Set(),
  near: new Set(),
  next: undefined,
  from: undefined,
};

async function expectSound(): Promise<void> {
  const state = getState();
  const { selection, positions } = state;
  const shown = drawn();

  // There and back again, in both directions.
  for (const [there, back, steps] of [
    [undo, redo, state.history.past],
    [redo, undo, state.history.future],
  ] as const) {
    await act(there);
    if (steps.length > 0) expect(text(getState())).not.toBe(text(state));
    await act(steps.length > 0 ? back : there);
    expect(text(getState())).toBe(text(state));
  }

  // Nobody is asked, marked or drawn from who is not there.
  const { picked, pointed, menu, connecting, dialog } = state.ui;
  const asked = dialog && 'module' in dialog ? dialog.module : undefined;
  const named = [...picked, pointed, menu?.module, connecting?.from, asked];
  expect(named.filter((id) => id !== undefined && !shown.includes(id))).toEqual([]);

  expect(decode(catalog, codeOf(selection))).toEqual({ selection, notices: [] });
  const parsed = parseInit(catalog, commandWords(catalog, selection));
  expect(parsed.refusals).toEqual([]);
  expect(parsed.selection).toEqual(selection);

  // Canvas, diagrams and list show the same; nobody stands on anybody.
  expect(nodesFor(selection, positions, plain).map(({ id }) => id)).toEqual(shown);
  expect(shown.filter((id) => !Object.hasOwn(positions, id))).toEqual([]);
  const arrows = edgesOf(selection).map(({ from, to }) => `${from}>${to}`);
  for (const drawing of drawingsOf(selection).slice(0, 2)) {
    const lines = drawing.text().split('\n');
    const nodes = lines.flatMap((line) => /^ +m_(\w+)\[/.exec(line)?.[1] ?? []);
    expect(nodes.sort()).toEqual(shown.map(written).sort());
    const drawnArrows = lines.flatMap((line) => {
      const [, from, to] = /^ +m_(\w+) -->(?:\|.*\|)? m_(\w+)$/.exec(line) ?? [];
      return from === undefined ? [] : [`${from}>${to}`];
    });
    expect(drawnArrows).toEqual(arrows.map(written));
  }
}
/** To find a way for each line costs more than all the rest, so this is looked at where a sequence ends. */
function expectLines(): void {
  const { selection, positions } = getState();
  expect(edgesFor(selection, positions, plain).map(({ id }) => id)).toEqual(edgesOf(selection).map(({ id }) => id));
}
/** Mermaid's names have no hyphens. */
const written = (id: string): string => id.replaceAll('-', '_');

function expectFiles(): void {
  const { selection } = getState();
  const rendering = renderingOf(selection);
  if (!rendering?.ok) throw new Error(rendering?.reason ?? 'the texts are not loaded');
  const manifest = readManifest(rendering.tree.find(({ path }) => path === MANIFEST_PATH)?.content ?? '');
  expect(manifest).toMatchObject({ selection, code: codeOf(selection), hash: rendering.hash });
}

/** What an older project is compared with is looked for beside the page, where nothing is. */
beforeAll(() => {
  vi.stubGlobal('document', { baseURI: 'https://here.example/' });
  vi.stubGlobal('fetch', async () => new Response('', { status: 404 }));
});

/** @param check what must hold after each step */
async function play(sequence: readonly (readonly [string, ...number[]])[], check: () => Promise<void>): Promise<void> {
  write(begun, true);
  for (const [name, ...numbers] of sequence) {
    const [before, was] = [getState().positions, drawn()];
    const pick: Pick = (from) => from[(numbers.shift() ?? 0) % Math.max(1, from.length)];
    await DEEDS[name]?.(pick);
    const after = getState().positions;
    if (!MOVING.has(name))
      for (const id of was) expect(after[id] === before[id], `${name} moves nobody, not ${id}`).toBe(true);
    await check();
  }
  expectLines();
}

const sequences = fc.array(fc.tuple(fc.constantFrom(...Object.keys(DEEDS)), fc.nat(), fc.nat(), fc.nat()), {
  minLength: 1,
  maxLength: 10,
});

test('thousands of sequences of actions: each step can be undone, and everything shown is one project', async () => {
  await fc.assert(
    fc.asyncProperty(sequences, (sequence) => play(sequence, expectSound)),
    { numRuns: 2000 },
  );
});

test('with the texts there, the files are of that project as well', async () => {
  await Promise.all([load(resolutionOf(begun.selection)), loadContents(contentIds)]);
  let rendered = 0;
  await fc.assert(
    fc.asyncProperty(sequences, (sequence) =>
      play(sequence, async () => {
        if (problemsOf(getState().selection).length > 0) return;
        expectFiles();
        rendered += 1;
      }),
    ),
    { numRuns: 20 },
  );
  expect(rendered).toBeGreaterThan(20);
});
