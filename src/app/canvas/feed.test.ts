import { beforeEach, expect, test } from 'vitest';
import { undo } from '../actions/history.ts';
import { add, announce } from '../actions/modules.ts';
import { perform } from '../store/action.ts';
import { drawnOf, edgesOf } from '../store/derive.ts';
import { getState, initialState, subscribe, write } from '../store/store.ts';
import { type Feed, feedTo } from './feed.ts';
import type { ModuleNode, ReasonEdge } from './nodes.ts';

let given: { nodes: ModuleNode[][]; edges: ReasonEdge[][] };
let feed: Feed;
beforeEach(() => {
  write(initialState, true);
  given = { nodes: [], edges: [] };
  feed = feedTo(() => ({
    setNodes: (nodes) => given.nodes.push(nodes),
    setEdges: (edges) => given.edges.push(edges),
  }));
  feed.give();
  return subscribe(feed.give);
});

test('a step is given within its write, once, and what did not change as the values it was', () => {
  perform(add, 'auth');
  const before = given.nodes.at(-1) ?? [];
  const calls = given.nodes.length;
  perform(add, 'docker');
  const { selection } = getState();
  expect(given.nodes).toHaveLength(calls + 1);
  const now = given.nodes.at(-1) ?? [];
  expect(now.map(({ id }) => id)).toEqual(drawnOf(selection).map(({ module }) => module.id));
  expect(given.edges.at(-1)?.map(({ id }) => id)).toEqual(edgesOf(selection).map(({ id }) => id));
  const [kept] = before.filter((node) => now.includes(node));
  expect(kept).toBeDefined();
  perform(undo);
  expect(given.nodes.at(-1)?.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
});

test('what says nothing of the graph gives nothing', () => {
  const calls = given.nodes.length + given.edges.length;
  perform(announce, 'Hello.');
  feed.give();
  expect(given.nodes.length + given.edges.length).toBe(calls);
});

test('what is dragged stands where the pointer has it, and the store knows nothing of it', () => {
  const id = given.nodes.at(-1)?.[0]?.id ?? '';
  const { positions } = getState();
  feed.pass({ moving: { [id]: { x: 7, y: 9 } } });
  expect(given.nodes.at(-1)?.find((node) => node.id === id)?.position).toEqual({ x: 7, y: 9 });
  expect(getState().positions).toBe(positions);
});
