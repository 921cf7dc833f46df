import { expect, test } from 'vitest';
import { createCatalog } from './catalog.ts';
import { TEST_PINS } from './contents-testing.ts';
import { cutting, isLinkAlone, joining, linksFrom, linksTo } from './links.ts';
import type { Module } from './module.ts';
import { resolve } from './resolve.ts';
import { configure, emptySelection, type Selection } from './selection.ts';
import { CATEGORIES } from './testing.ts';

const link = (target: string) =>
  ({ kind: 'link', title: 'Link', summary: '', target, because: 'it is kept there', default: false }) as const;
const module = (id: string, more: Partial<Module> = {}): Module => ({
  id,
  kind: 'component',
  category: 'components',
  title: id.toUpperCase(),
  summary: '',
  status: 'available',
  ...more,
});
const catalog = createCatalog({
  version: '20261122-0a1b2c3d',
  categories: CATEGORIES,
  pins: TEST_PINS,
  modules: [
    module('clock', {
      options: { keep: link('store'), hide: link('vault') },
      requires: [{ need: 'core', because: 'it runs there' }],
    }),
    module('core', { always: true }),
    module('store', {
      options: {
        where: {
          kind: 'choice',
          title: 'Where',
          summary: '',
          values: [
            { id: 'here', title: 'Here' },
            { id: 'away', title: 'Away' },
          ],
          default: 'here',
        },
      },
      requires: [{ need: 'disk', because: 'it writes there', when: { option: 'where', is: ['here'] } }],
    }),
    module('disk'),
    module('later', { status: 'planned', provides: [{ capability: 'vault' }] }),
    module('box', { provides: [{ capability: 'vault', default: true }] }),
    module('safe', { provides: [{ capability: 'vault' }] }),
    module('boss', { requires: [{ need: 'clock', because: 'it wants it kept', options: { keep: true } }] }),
  ],
});
const chosen = (...ids: string[]): Selection => ({ ...emptySelection('shop'), chosen: ids.sort() });
const join = (selection: Selection, from: string, to: string) =>
  joining(catalog, resolve(catalog, selection), from, to);
const cut = (selection: Selection, from: string, to: string) => cutting(catalog, resolve(catalog, selection), from, to);

test('an edge from who has the link to what it leads to sets the option, whether the target is there or not', () => {
  for (const selection of [chosen('clock'), chosen('clock', 'store')])
    expect(join(selection, 'clock', 'store')).toEqual({
      kind: 'link',
      link: { from: 'clock', option: 'keep', to: 'store' },
      selection: configure(selection, 'clock', 'keep', true),
    });
});

test('an edge that cannot be drawn says what is in the way', () => {
  const linked = configure(chosen('clock'), 'clock', 'keep', true);
  expect(join(linked, 'clock', 'store').kind).toBe('linked');
  expect(join(linked, 'store', 'clock').kind).toBe('turned');
  expect(join(linked, 'clock', 'clock').kind).toBe('itself');
  expect(join(linked, 'clock', 'core')).toEqual({ kind: 'required', because: 'it runs there' });
  expect(join(linked, 'clock', 'disk').kind).toBe('none');
  expect(join(linked, 'disk', 'core').kind).toBe('none');
});

test('a link to a capability leads to each provider; one beside the default is chosen with it', () => {
  expect(linksFrom(catalog, 'clock').map(({ to }) => to)).toEqual(['store', 'box', 'safe']);
  expect(linksTo(catalog, 'safe')).toEqual([{ from: 'clock', option: 'hide', to: 'safe' }]);
  const to = (id: string) => {
    const given = join(chosen('clock'), 'clock', id);
    return given.kind === 'link' ? given.selection.chosen : given.kind;
  };
  expect(to('box')).toEqual(['clock']);
  expect(to('safe')).toEqual(['clock', 'safe']);
});

test('taking a link away is the way back from drawing it', () => {
  const before = chosen('clock');
  const given = join(before, 'clock', 'store');
  if (given.kind !== 'link') throw new Error(given.kind);
  expect(cut(given.selection, 'clock', 'store')).toEqual({ kind: 'link', links: [given.link], selection: before });
  expect(isLinkAlone(catalog, resolve(catalog, given.selection), 'clock', 'store')).toBe(true);
});

test('what is no link, or is asked for, stays, and it is said who holds it', () => {
  const linked = configure(chosen('clock'), 'clock', 'keep', true);
  expect(cut(linked, 'clock', 'core')).toEqual({ kind: 'required', because: 'it runs there' });
  expect(cut(linked, 'store', 'disk')).toEqual({ kind: 'follows', option: 'where' });
  expect(isLinkAlone(catalog, resolve(catalog, linked), 'clock', 'core')).toBe(false);
  for (const selection of [chosen('boss'), configure(chosen('boss'), 'clock', 'keep', true)])
    expect(cut(selection, 'clock', 'store')).toEqual({ kind: 'demanded', by: 'boss', because: 'it wants it kept' });
});
