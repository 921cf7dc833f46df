/** An edge is a reason: pointed at or focused, it says which; a connection can be taken away where it says so. */
import { BaseEdge, EdgeLabelRenderer, type EdgeProps, useStoreApi } from '@xyflow/react';
import { edgeTitle, edges as words } from '#words/edges.ts';
import { titleOf } from '#words/en.ts';
import { reasons } from '#words/page.ts';
import { catalog } from '../../catalog.ts';
import { disconnect } from '../actions/edges.ts';
import { perform, useRefusal } from '../store/action.ts';
import type { DrawnEdge } from '../store/derive.ts';
import { useComposer } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';
import type { ReasonEdge } from './nodes.ts';
import type { Route } from './route.ts';

/** From the line's middle to the left edge of what says its reason. */
const ASIDE = { left: '- 100% - 16px', over: '- 50%', right: '+ 16px' } as const;
/** As wide as the style sheet lets a reason be, on the screen, with its distance. */
const roomFor = (zoom: number): number => Math.max(300, 276 * zoom);

/** Beside the line, on the side it leans to; over it only where neither side has room in the view. */
function sideFor({ start, middle }: Route, view: { transform: readonly number[]; width: number }): keyof typeof ASIDE {
  const [left = 0, , zoom = 1] = view.transform;
  const x = left + middle.x * zoom;
  const fits = { left: x >= roomFor(zoom), right: view.width - x >= roomFor(zoom) };
  const [first, second] = middle.x < start.x - 1 ? (['left', 'right'] as const) : (['right', 'left'] as const);
  return fits[first] ? first : fits[second] ? second : 'over';
}

export function ReasonLine({ id, data, markerEnd, interactionWidth }: EdgeProps<ReasonEdge>) {
  const isHot = useComposer((state) => state.ui.hotEdge === id);
  const api = useStoreApi();
  if (!data) return null;
  const { drawn, route, isLink, picked } = data;
  return (
    <>
      <BaseEdge
        id={id}
        path={route.path}
        className={isHot || picked ? 'hot' : ''}
        {...(markerEnd === undefined ? {} : { markerEnd })}
        {...(interactionWidth === undefined ? {} : { interactionWidth })}
      />
      {isLink && <circle className="edge-plug" cx={route.start.x} cy={route.start.y} r={4.5} />}
      {(isHot || picked) && (
        <EdgeLabelRenderer>
          <div
            className={`reason ${picked ? 'kept nopan' : ''}`}
            style={{
              translate: `calc(${route.middle.x}px ${ASIDE[sideFor(route, api.getState())]}) calc(${route.middle.y}px - 50%)`,
            }}
          >
            <span aria-hidden="true">
              <strong>{edgeTitle(catalog, drawn, isLink)}</strong>
              {reasons(drawn)}
            </span>
            {picked && <Cut drawn={drawn} />}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
}

function Cut({ drawn: { id, from, to } }: { drawn: DrawnEdge }) {
  const refused = useRefusal(disconnect, id);
  if (refused !== undefined) return null;
  return (
    <Button
      label={words.disconnect(titleOf(catalog, from), titleOf(catalog, to))}
      icon="trash"
      bare
      look="danger"
      className="small"
      onClick={() => perform(disconnect, id)}
    />
  );
}
