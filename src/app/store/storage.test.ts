/** What a browser gives back may be anything: of it the page takes what it can, and never fails over the rest. */
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { choose, emptySelection, rename } from '#core/selection.ts';
import { decode } from '#core/share.ts';
import { catalog } from '../../catalog.ts';
import { codeOf } from './derive.ts';
import { record } from './history.ts';
import type { State } from './state.ts';
import { recall, store, type Trouble } from './storage.ts';
import { initialState } from './store.ts';

afterEach(() => vi.unstubAllGlobals());

/** A storage over a record, which may refuse to write. */
function shelf(items: Record<string, string>, room = Number.POSITIVE_INFINITY) {
  return {
    getItem: (key: string) => (Object.hasOwn(items, key) ? items[key] : null),
    setItem(key: string, value: string) {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError');
      items[key] = value;
    },
    removeItem(key: string) {
      delete items[key];
    },
  };
}

const [module = ''] = [...catalog.modules.values()]
  .filter(({ status, always }) => status !== 'planned' && !always)
  .map(({ id }) => id);
const first = rename(emptySelection(), 'shop');
const second = choose(first, module);
const known = { chained: ['a1', 'b-2'] };
const at = { [module]: { x: 12, y: -40 } };
const worked: State = {
  ...initialState,
  selection: second,
  positions: at,
  recorded: known,
  history: record(initialState.history, {
    name: 'Added it',
    before: { selection: first, positions: {}, recorded: {} },
    after: { selection: second, positions: at, recorded: known },
    at: 7,
  }),
  ui: { ...initialState.ui, theme: 'dark', tab: 'diagram', leftWidth: 333, resultsHeight: 444, resultsOpen: false },
};

function both(session: Record<string, string>, local: Record<string, string>): void {
  vi.stubGlobal('sessionStorage', shelf(session));
  vi.stubGlobal('localStorage', shelf(local));
}

test('what was stored comes back: project, places, history, theme and arrangement', () => {
  const [session, local] = [{}, {}];
  both(session, local);
  expect(store(worked)).toBe(true);
  const troubles: Trouble[] = [];
  const back = recall((trouble) => troubles.push(trouble));
  expect(troubles).toEqual([]);
  expect(back.tab).toEqual({ code: codeOf(second), positions: at, recorded: known, history: worked.history });
  expect(back.last).toEqual({
    code: codeOf(second),
    positions: at,
    recorded: known,
    history: { past: [], future: [] },
  });
  expect(back.of('shop')).toEqual(back.last);
  expect(back.of('other')).toBeUndefined();
  expect(back).toMatchObject({
    theme: 'dark',
    view: { tab: 'diagram', leftWidth: 333, resultsHeight: 444, resultsOpen: false },
  });
});

test('a tab is arranged as it was, whatever another tab did since; a new one as the last', () => {
  const local = {};
  const [one, other] = [{}, {}];
  both(one, local);
  store(worked);
  both(other, local);
  store({ ...worked, ui: { ...worked.ui, resultsHeight: 200 } });
  both(one, local);
  expect(recall(() => {}).view.resultsHeight).toBe(444);
  both({}, local);
  expect(recall(() => {}).view.resultsHeight).toBe(200);
});

test('a storage without room says so, keeps what it had, and no older state of the tab', () => {
  const local = { 'stackwright/theme': 'light' };
  both({}, local);
  const older = JSON.stringify({ code: 'v1/older/', positions: {} });
  vi.stubGlobal('sessionStorage', shelf({ 'stackwright/tab': older }, 10));
  expect(recall(() => {}).tab?.code).toBe('v1/older/');
  expect(store(worked)).toBe(false);
  expect(recall(() => {}).theme).toBe('light');
  expect(recall(() => {}).tab).toBeUndefined();
});

test('a forbidden storage is one trouble, however often it is asked', () => {
  const forbidden = {
    get: () => {
      throw new DOMException('denied', 'SecurityError');
    },
  };
  for (const name of ['sessionStorage', 'localStorage']) vi.stubGlobal(name, new Proxy({}, forbidden));
  const troubles = new Set<Trouble>();
  expect(recall((trouble) => troubles.add(trouble))).toMatchObject({ theme: 'system', view: {} });
  expect([...troubles]).toEqual(['forbidden']);
  expect(store(worked)).toBe(false);
});

/** Values of the stored shape, each part of which may be something else. */
const odd = fc.oneof(fc.anything(), fc.string(), fc.double(), fc.constantFrom(null, '__proto__', [], {}, 1e308, -0));
const or = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<unknown> => fc.oneof({ weight: 4, arbitrary: value }, odd);
const code = fc.oneof(
  fc.constantFrom(
    codeOf(first),
    codeOf(second),
    'v1/shop/nosuch',
    'v2/x/',
    'v1/__proto__/constructor',
    `v1/shop/${'a,'.repeat(3000)}`,
  ),
  fc.string(),
);
const ids = fc.constantFrom(module, 'nosuch', '__proto__', 'constructor', 'toString');
const positions = or(fc.dictionary(ids, or(fc.record({ x: or(fc.integer()), y: or(fc.integer()) }))));
const recorded = or(fc.constantFrom({ chained: ['a1', 7] }, { chained: 'a1' }, { chained: ['a1'] }));
const snapshot = or(fc.record({ code: or(code), positions, recorded }));
const step = or(
  fc.record({ name: or(fc.string()), before: snapshot, after: snapshot, at: or(fc.integer()), merge: odd }),
);
const steps = or(fc.array(step, { maxLength: 4 }));
const asText = (value: unknown): string => {
  try {
    return JSON.stringify(value) ?? 'undefined';
  } catch {
    return String(Object.prototype.toString.call(value));
  }
};
const text = fc.oneof(
  {
    weight: 5,
    arbitrary: or(fc.record({ code: or(code), positions, recorded, past: steps, future: steps })).map(asText),
  },
  {
    weight: 2,
    arbitrary: or(fc.record({ tab: odd, leftWidth: odd, resultsHeight: odd, resultsOpen: odd })).map(asText),
  },
  { weight: 1, arbitrary: fc.string() },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', '{', '[['.repeat(20_000), '"__proto__"', '{"__proto__":{"code":"v1/a/"}}'),
  },
);

test('three thousand hostile storages: nothing is thrown, and what is taken up is sound', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 6, maxLength: 6 }), ([tab, sessionView, copy, last, view, theme]) => {
      both(
        { 'stackwright/tab': tab ?? '', 'stackwright/view': sessionView ?? '' },
        {
          'stackwright/project/shop': copy ?? '',
          [`stackwright/project/${last}`]: copy ?? '',
          'stackwright/last': last ?? '',
          'stackwright/view': view ?? '',
          'stackwright/theme': theme ?? '',
        },
      );
      const back = recall(() => {});
      for (const stored of [back.tab, back.last, back.of('shop'), back.of('__proto__')]) {
        if (!stored) continue;
        expect(() => decode(catalog, stored.code)).not.toThrow();
        const { history } = stored;
        const snapshots = [...history.past, ...history.future].flatMap(({ before, after }) => [before, after]);
        for (const places of [stored.positions, ...snapshots.map((taken) => taken.positions)])
          for (const [id, { x, y }] of Object.entries(places))
            expect(catalog.modules.has(id) && Number.isFinite(x) && Number.isFinite(y)).toBe(true);
        for (const { selection } of snapshots) expect(decode(catalog, codeOf(selection)).selection).toEqual(selection);
      }
      expect(['system', 'light', 'dark']).toContain(back.theme);
      expect(back.view.resultsHeight ?? 300).toBeGreaterThanOrEqual(140);
      expect(back.view.leftWidth ?? 268).toBeLessThanOrEqual(480);
      expect({}).not.toHaveProperty('code');
    }),
    { numRuns: 3000 },
  );
});
