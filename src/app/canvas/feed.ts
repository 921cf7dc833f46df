/**
 * Gives nodes and edges to React Flow's own store, in the write that changes ours: as properties they would be known
 * there a rendering later.
 */
import { useStoreApi } from '@xyflow/react';
import { useLayoutEffect, useState } from 'react';
import { problemsOf } from '../store/derive.ts';
import type { Positions } from '../store/state.ts';
import { getState, subscribe } from '../store/store.ts';
import { keep } from './kept.ts';
import { edgesFor, type ModuleNode, nodesFor, type ReasonEdge } from './nodes.ts';

/** No node is dragged. */
export const nowhere: Positions = {};

/** What shows on the graph without being in the store. */
interface Passing {
  /** Where nodes are while they are dragged. */
  readonly moving: Positions;
  /** The node under the mouse. */
  readonly hovered: string | undefined;
}

export interface Feed {
  readonly passing: () => Passing;
  readonly pass: (change: Partial<Passing>) => void;
  /** Does nothing where nothing of it changed. */
  readonly give: () => void;
}

interface Taker {
  readonly setNodes: (nodes: ModuleNode[]) => void;
  readonly setEdges: (edges: ReasonEdge[]) => void;
}

export function feedTo(taker: () => Taker): Feed {
  let passing: Passing = { moving: nowhere, hovered: undefined };
  let nodes: ModuleNode[] = [];
  let edges: ReasonEdge[] = [];
  let known: readonly unknown[] = [];
  const give = (): void => {
    const { selection, positions, recorded, ui } = getState();
    const { picked, pickedEdge, texts } = ui;
    const [next, from] = [ui.preview?.selection, ui.connecting?.from];
    const asked = [selection, positions, recorded, texts.loads, picked, pickedEdge, next, from, passing];
    if (known.length > 0 && asked.every((value, at) => value === known[at])) return;
    known = asked;
    const { moving, hovered } = passing;
    const placed = moving === nowhere ? positions : { ...positions, ...moving };
    const troubled = new Set(problemsOf(selection, recorded).flatMap(({ modules }) => modules));
    const near = new Set(hovered === undefined ? picked : [hovered]);
    const nodesNow = keep(nodes, nodesFor(selection, placed, { picked, troubled, next, from }));
    const edgesNow = keep(edges, edgesFor(selection, placed, { near, next, pickedEdge }));
    if (nodesNow !== nodes) taker().setNodes(nodesNow);
    if (edgesNow !== edges) taker().setEdges(edgesNow);
    [nodes, edges] = [nodesNow, edgesNow];
  };
  return {
    passing: () => passing,
    pass: (change) => {
      passing = { ...passing, ...change };
      give();
    },
    give,
  };
}

export function useFeed(): Feed {
  const api = useStoreApi<ModuleNode, ReasonEdge>();
  const [feed] = useState(() => {
    // Nodes come with their sizes and handles: measuring them, as React Flow does with each, asks all of it once more.
    api.setState({ updateNodeInternals: () => {} });
    return feedTo(api.getState);
  });
  useLayoutEffect(() => {
    feed.give();
    return subscribe(feed.give);
  }, [feed]);
  return feed;
}
