import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Module, ModuleKind } from '#core/module.ts';
import type { Point, Positions } from '../store/state.ts';
import { area, clamp, KINDS, laneRects, NODE, overlaps } from './lanes.ts';
import { dropPlace, settle } from './place.ts';

const module = (id: string, kind: ModuleKind): Module => ({
  id,
  kind,
  category: 'c',
  title: id,
  summary: '',
  status: 'available',
});
const nodes = fc
  .array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 14 })
  .map((kinds) => kinds.map((kind, index) => ({ module: module(`m${index}`, kind) })));
const graph = nodes.chain((list) =>
  fc.record({
    list: fc.constant(list),
    edges: fc.array(
      fc.record({
        from: fc.constantFrom(...list.map((node) => node.module.id)),
        to: fc.constantFrom(...list.map((node) => node.module.id)),
      }),
      { maxLength: 20 },
    ),
    known: fc.integer({ min: 0, max: list.length }),
    points: fc.array(fc.record({ x: fc.integer({ min: -900, max: 900 }), y: fc.integer({ min: -900, max: 900 }) }), {
      minLength: 14,
      maxLength: 14,
    }),
  }),
);
const isInArea = (kind: ModuleKind, { x, y }: Point): boolean => {
  const [[left, top], [right, bottom]] = area(kind);
  return x >= left && y >= top && x + NODE.width <= right && y + NODE.height <= bottom;
};

test('no node that has a place moves, every other gets one in its lane, and none covers another', () => {
  fc.assert(
    fc.property(graph, ({ list, edges, known, points }) => {
      const before: Positions = Object.fromEntries(
        list
          .slice(0, known)
          .map(({ module: { id, kind } }, index) => [id, clamp(kind, points[index] ?? { x: 0, y: 0 })]),
      );
      const after = settle(before, list, edges);
      for (const [id, point] of Object.entries(before)) expect(after[id]).toEqual(point);
      for (const {
        module: { id, kind },
      } of list) {
        const point = after[id];
        expect(point && isInArea(kind, point)).toBe(true);
        if (!point || Object.hasOwn(before, id)) continue;
        const others = list.filter((other) => other.module.id !== id).flatMap((other) => after[other.module.id] ?? []);
        expect(others.some((other) => overlaps(other, point, 0))).toBe(false);
      }
    }),
  );
});

test('a node dropped on another steps aside, within its lane', () => {
  fc.assert(
    fc.property(
      graph,
      fc.integer({ min: -900, max: 900 }),
      fc.integer({ min: -900, max: 900 }),
      ({ list, edges }, x, y) => {
        const positions = settle({}, list, edges);
        const dropped = module('dropped', 'component');
        const place = dropPlace(dropped, { x, y }, positions, list);
        expect(isInArea('component', place)).toBe(true);
        expect(Object.values(positions).some((other) => overlaps(other, place, 0))).toBe(false);
      },
    ),
  );
});

test('lanes hold their nodes and never overlap', () => {
  fc.assert(
    fc.property(graph, fc.boolean(), ({ list, edges }, isSlim) => {
      const positions = settle({}, list, edges);
      const rects = laneRects(
        list.map((node) => node.module),
        positions,
        isSlim,
      );
      for (const {
        module: { id, kind },
      } of list) {
        const { x = 0, y = 0 } = positions[id] ?? {};
        const rect = rects[kind];
        expect(
          x >= rect.x &&
            y >= rect.y &&
            x + NODE.width <= rect.x + rect.width &&
            y + NODE.height <= rect.y + rect.height,
        ).toBe(true);
      }
      expect(rects.service.y + rects.service.height).toBeLessThan(rects.component.y);
      expect(rects.service.x + rects.service.width).toBeLessThan(rects.platform.x);
    }),
  );
});
