/** The view that shows everything: all lanes with their titles, beside the tools. */
import type { ReactFlowState, Viewport } from '@xyflow/react';
import { laneRects } from '../layout/lanes.ts';
import { drawnOf } from '../store/derive.ts';
import type { Placed } from '../store/state.ts';
import { getState } from '../store/store.ts';

/** The farthest one can zoom out; a telephone shows a large project whole with it. */
export const NEAREST = 0.15;
type Pane = Pick<ReactFlowState, 'width' | 'height' | 'domNode'>;

/** Whether the pane has no room for what is empty. */
export const isNarrow = ({ width }: Pick<Pane, 'width'>): boolean => width > 0 && width < 620;

interface Taken {
  readonly side: number;
  readonly foot: number;
}

/** What the tools take of a pane: its left edge, or lying ones its foot. A wide pane has room around the lanes. */
function taken({ domNode, width, height }: Pane): readonly Taken[] {
  const tools = domNode?.closest('.canvas')?.querySelector<HTMLElement>('.canvas-tools');
  const isUpright = tools !== null && tools !== undefined && tools.offsetHeight > tools.offsetWidth;
  if (!tools || !(isUpright || isNarrow({ width }))) return [{ side: 0, foot: 0 }];
  const beside = { side: tools.offsetLeft + tools.offsetWidth, foot: 0 };
  return isUpright ? [beside] : [beside, { side: 0, foot: height - tools.offsetTop }];
}

/** @param shown what shall be in view, if not the project as it is */
export function fitted(pane: Pane, shown: Placed = getState()): Viewport | undefined {
  const { width, height } = pane;
  if (width === 0 || height === 0) return undefined;
  const { selection, positions } = shown;
  const isSlim = isNarrow(pane);
  const nodes = drawnOf(selection).map(({ module }) => module);
  const rects = Object.values(laneRects(nodes, positions, isSlim));
  const left = Math.min(...rects.map((rect) => rect.x));
  const top = Math.min(...rects.map((rect) => rect.y));
  const wide = Math.max(...rects.map((rect) => rect.x + rect.width)) - left;
  const high = Math.max(...rects.map((rect) => rect.y + rect.height)) - top;
  const room = isSlim ? 8 : 28;
  const fits = ({ side, foot }: Taken): number =>
    Math.min((width - side - 2 * room) / wide, (height - foot - 2 * room) / high);
  const { side, foot } = taken(pane).reduce((best, other) => (fits(other) > fits(best) ? other : best));
  const zoom = Math.min(Math.max(fits({ side, foot }), NEAREST), 1);
  return {
    x: side + (width - side) / 2 - (left + wide / 2) * zoom,
    y: (height - foot) / 2 - (top + high / 2) * zoom,
    zoom,
  };
}
