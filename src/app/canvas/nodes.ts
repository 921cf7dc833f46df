/** The store's values as React Flow wants them. */
import { type Edge, MarkerType, type Node, Position } from '@xyflow/react';
import { isLinkAlone, joining } from '#core/links.ts';
import type { ModuleId } from '#core/module.ts';
import type { ResolvedModule } from '#core/resolve.ts';
import type { Selection } from '#core/selection.ts';
import { edgeLabel, edges as edgeWords, joinRefusal } from '#words/edges.ts';
import { standing, titleOf } from '#words/en.ts';
import { catalog } from '../../catalog.ts';
import { follows } from '../actions/edges.ts';
import { area, NODE } from '../layout/lanes.ts';
import { type DrawnEdge, drawnOf, edgesOf, resolutionOf } from '../store/derive.ts';
import type { Positions } from '../store/state.ts';
import { type Route, routes } from './route.ts';

export type ModuleNode = Node<{ readonly entry: ResolvedModule; readonly inTrouble: boolean }, 'module'>;
export type ReasonEdge = Edge<
  { readonly drawn: DrawnEdge; readonly route: Route; readonly isLink: boolean; readonly picked: boolean },
  'reason'
>;
/** What else shows on nodes and edges, beside what they are. */
export interface Marks {
  readonly picked: readonly ModuleId[];
  readonly pickedEdge: string | undefined;
  readonly troubled: ReadonlySet<ModuleId>;
  /** Whose edges stand out. */
  readonly near: ReadonlySet<ModuleId>;
  /** What a click would make of the project. */
  readonly next: Selection | undefined;
  /** The node from which an edge is being drawn. */
  readonly from: ModuleId | undefined;
}

/** Fixed, so that nothing has to be measured, or stand in the document, before it can be drawn. */
const HANDLES = [
  { type: 'target', position: Position.Top, x: NODE.width / 2, y: 0, width: 1, height: 1 },
  { type: 'source', position: Position.Bottom, x: NODE.width / 2, y: NODE.height, width: 1, height: 1 },
] as const;

/** While an edge is drawn from one node, how the others take it. */
function taking(selection: Selection, from: ModuleId | undefined, id: ModuleId): { className: string; words?: string } {
  if (from === undefined || from === id) return { className: '' };
  const given = joining(catalog, resolutionOf(selection), from, id);
  if (given.kind === 'link')
    return {
      className: 'takes',
      words: [edgeWords.to(titleOf(catalog, id)), follows(selection, given.selection)].join('. '),
    };
  return { className: 'refuses', words: joinRefusal(catalog, from, id, given) ?? '' };
}

export function nodesFor(
  selection: Selection,
  positions: Positions,
  { picked, troubled, next, from }: Omit<Marks, 'near' | 'pickedEdge'>,
): ModuleNode[] {
  const stays = next && new Set(drawnOf(next).map(({ module }) => module.id));
  return drawnOf(selection).map((entry) => {
    const { id, kind, title } = entry.module;
    const { className, words } = taking(selection, from, id);
    return {
      id,
      type: 'module',
      position: positions[id] ?? { x: 0, y: 0 },
      width: NODE.width,
      height: NODE.height,
      measured: { ...NODE },
      handles: [...HANDLES],
      extent: area(kind),
      selected: picked.includes(id),
      className: `${className} ${stays && !stays.has(id) ? 'leaving' : ''}`,
      ariaLabel: `${title}, ${standing(entry.reasons)}`,
      domAttributes: { 'aria-roledescription': 'module', ...(words ? { 'aria-description': words } : {}) },
      data: { entry, inTrouble: troubled.has(id) },
    };
  });
}

const NOWHERE: Route = { path: '', start: { x: 0, y: 0 }, middle: { x: 0, y: 0 } };

export function edgesFor(
  selection: Selection,
  positions: Positions,
  { near, next, pickedEdge }: Pick<Marks, 'near' | 'next' | 'pickedEdge'>,
): ReasonEdge[] {
  const drawnEdges = edgesOf(selection);
  const stays = next && new Set(edgesOf(next).map(({ id }) => id));
  const resolution = resolutionOf(selection);
  const routed = routes(
    drawnEdges,
    positions,
    drawnOf(selection).map(({ module }) => module.id),
  );
  return drawnEdges.map((drawn) => {
    const isLink = isLinkAlone(catalog, resolution, drawn.from, drawn.to);
    const marks = [
      near.has(drawn.from) || near.has(drawn.to) ? 'near' : '',
      isLink ? 'link' : '',
      stays && !stays.has(drawn.id) ? 'leaving' : '',
    ];
    return {
      id: drawn.id,
      type: 'reason',
      source: drawn.from,
      target: drawn.to,
      selected: pickedEdge === drawn.id,
      ariaLabel: edgeLabel(catalog, drawn, isLink),
      domAttributes: { 'aria-roledescription': isLink ? edgeWords.role.link : edgeWords.role.requirement },
      interactionWidth: 22,
      className: marks.join(' '),
      markerEnd: {
        type: MarkerType.ArrowClosed,
        width: 16,
        height: 16,
        color: isLink ? 'var(--edge-link)' : 'var(--edge-tip)',
      },
      data: { drawn, route: routed.get(drawn.id) ?? NOWHERE, isLink, picked: pickedEdge === drawn.id },
    };
  });
}
