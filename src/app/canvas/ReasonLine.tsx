/** An edge is a reason: pointed at or focused, it says which. */
import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { titleOf } from '#words/en.ts';
import { reasons } from '#words/page.ts';
import { catalog } from '../../catalog.ts';
import { useComposer } from '../store/store.ts';
import type { ReasonEdge } from './nodes.ts';

export function ReasonLine({ id, data, markerEnd, interactionWidth }: EdgeProps<ReasonEdge>) {
  const isHot = useComposer((state) => state.ui.hotEdge === id);
  if (!data) return null;
  const { drawn, route } = data;
  return (
    <>
      <BaseEdge
        id={id}
        path={route.path}
        className={isHot ? 'hot' : ''}
        {...(markerEnd === undefined ? {} : { markerEnd })}
        {...(interactionWidth === undefined ? {} : { interactionWidth })}
      />
      {isHot && (
        <EdgeLabelRenderer>
          <div
            className="reason"
            style={{ translate: `calc(${route.middle.x}px - 50%) calc(${route.middle.y}px - 50%)` }}
            aria-hidden="true"
          >
            <strong>
              {titleOf(catalog, drawn.from)} requires {titleOf(catalog, drawn.to)}
            </strong>
            <span>{reasons(drawn)}</span>
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
}
