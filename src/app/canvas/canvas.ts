/** The graph, as the rest of the page may ask it: where a point of the screen lies on it, and to show something. */
import type { ReactFlowInstance } from '@xyflow/react';
import type { ModuleId } from '#core/module.ts';
import { NODE } from '../layout/lanes.ts';
import type { Point } from '../store/state.ts';

let flow: Pick<ReactFlowInstance, 'screenToFlowPosition'> | undefined;

/** The node that an element of the graph belongs to. */
export const nodeOf = (element: Element | null): ModuleId | undefined =>
  element?.closest<HTMLElement>('.react-flow__node, [data-target]')?.dataset.id;

export const canvas = {
  /** The person moved the view: from then on it is theirs, until they ask for everything again. */
  isHeld: false,
  attach(instance: typeof flow, fitAll: () => void = () => {}): void {
    flow = instance;
    canvas.fit = fitAll;
  },
  /** Brings everything into view. */
  fit: (): void => {},
  isOver(x: number, y: number): boolean {
    return document.elementFromPoint(x, y)?.closest('[data-canvas]') != null;
  },
  /** Where a node hanging in its middle at this point of the screen would stand. */
  toFlow(x: number, y: number): Point | undefined {
    const point = flow?.screenToFlowPosition({ x, y });
    return point && { x: point.x - NODE.width / 2, y: point.y - NODE.height / 2 };
  },
  /** The node there, or the place of one that an edge would bring. */
  nodeAt(x: number, y: number): ModuleId | undefined {
    return nodeOf(document.elementFromPoint(x, y));
  },
  focusNode(id: ModuleId): void {
    document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.focus();
  },
};
