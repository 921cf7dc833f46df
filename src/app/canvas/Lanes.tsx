/** The three lanes behind the nodes; while something is dragged, the one it belongs to lights up. */
import { EdgeLabelRenderer, useStore, ViewportPortal } from '@xyflow/react';
import { KIND } from '#words/page.ts';
import { catalog } from '../../catalog.ts';
import { KINDS, laneRects } from '../layout/lanes.ts';
import { drawnOf } from '../store/derive.ts';
import { useComposer, useSelection } from '../store/store.ts';
import { Icon } from '../ui/Icon.tsx';
import { isNarrow } from './fit.ts';
import { useRoomForPreview, useViewFollowing } from './useView.ts';

export function Lanes() {
  useViewFollowing();
  useRoomForPreview();
  const nodes = drawnOf(useSelection()).map(({ module }) => module);
  const rects = laneRects(
    nodes,
    useComposer((state) => state.positions),
    useStore(isNarrow),
  );
  const dragging = useComposer((state) => state.ui.dragging);
  const draggedKind = dragging && catalog.modules.get(dragging.module)?.kind;
  const lanes = KINDS.map((kind) => {
    const { x, y, width, height } = rects[kind];
    const isEmpty = !nodes.some((node) => node.kind === kind);
    const aim = kind === draggedKind ? (dragging?.over ? 'aim over' : 'aim') : '';
    const state = `kind-${kind} ${isEmpty ? 'empty' : ''} ${aim} ${kind === 'platform' && isEmpty ? 'spine' : ''}`;
    return { kind, isEmpty, state, place: { translate: `${x}px ${y}px`, width }, height };
  });
  return (
    <>
      <ViewportPortal>
        {lanes.map(({ kind, isEmpty, state, place, height }) => (
          <div key={kind} className={`lane ${state}`} style={{ ...place, height }} aria-hidden="true">
            {isEmpty && kind !== 'platform' && <span className="lane-empty">{KIND[kind].empty}</span>}
          </div>
        ))}
      </ViewportPortal>
      {/* Above the edges and below the cards: an edge passes behind a title. */}
      <EdgeLabelRenderer>
        {lanes.map(({ kind, state, place }) => (
          <div key={kind} className={`lane-head ${state}`} style={place} aria-hidden="true">
            <span className="lane-title">
              <Icon name={kind} size={13} />
              {KIND[kind].many}
            </span>
          </div>
        ))}
      </EdgeLabelRenderer>
    </>
  );
}
