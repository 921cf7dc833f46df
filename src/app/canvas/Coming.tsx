/** What a click would bring, dashed on the graph before it; and, while an edge is drawn, what that could bring. */
import { ViewportPortal } from '@xyflow/react';
import type { ModuleId } from '#core/module.ts';
import { edges as words } from '#words/edges.ts';
import { catalog } from '../../catalog.ts';
import { absentPlaces, aim, connect } from '../actions/edges.ts';
import { NODE } from '../layout/lanes.ts';
import { perform } from '../store/action.ts';
import { drawnOf, edgesOf } from '../store/derive.ts';
import type { Placed, Point } from '../store/state.ts';
import { useComposer, useSelection } from '../store/store.ts';
import { Icon } from '../ui/Icon.tsx';
import { routes } from './route.ts';

export function Coming() {
  const selection = useSelection();
  const positions = useComposer((state) => state.positions);
  const preview = useComposer((state) => state.ui.preview);
  const connecting = useComposer((state) => state.ui.connecting);
  const dragged = useComposer((state) => state.ui.dragging?.module);
  if (!preview && !connecting) return null;
  const there = new Set(drawnOf(selection).map(({ module }) => module.id));
  const targets = connecting ? absentPlaces({ selection, positions }, connecting.from) : {};
  const coming = preview
    ? drawnOf(preview.selection).filter(
        ({ module }) => !there.has(module.id) && !Object.hasOwn(targets, module.id) && module.id !== dragged,
      )
    : [];
  return (
    <ViewportPortal>
      {preview && <ComingEdges now={{ selection, positions }} then={preview} dragged={dragged} />}
      {coming.map(({ module: { id, kind, title } }) => (
        <div key={id} className={`coming kind-${kind}`} style={placed(preview?.positions[id])} aria-hidden="true">
          <Icon name={kind} size={15} />
          {title}
        </div>
      ))}
      {Object.entries(targets).map(([id, at]) => (
        <Target key={id} id={id} at={at} from={connecting?.from ?? id} isOver={connecting?.over === id} />
      ))}
    </ViewportPortal>
  );
}

const placed = (at: Point = { x: 0, y: 0 }) => ({ translate: `${at.x}px ${at.y}px`, ...NODE });

/** A module that is not in the project, and that the edge would add. */
function Target({ id, from, at, isOver }: { id: ModuleId; from: ModuleId; at: Point; isOver: boolean }) {
  const module = catalog.modules.get(id);
  if (!module) return null;
  return (
    <button
      type="button"
      data-target=""
      data-id={id}
      className={`coming target nopan nokey kind-${module.kind} ${isOver ? 'over' : ''}`}
      style={placed(at)}
      aria-label={words.to(module.title)}
      aria-description={words.absent(module.title)}
      onFocus={() => perform(aim, id)}
      // Mouse events, as those of the nodes: the pointer's come before them.
      onMouseEnter={() => perform(aim, id)}
      onMouseLeave={() => perform(aim, undefined)}
      onClick={() => perform(connect, from, id)}
    >
      <Icon name={module.kind} size={15} />
      {module.title}
    </button>
  );
}

/** @param dragged hangs on the pointer, and no edge leads there */
function ComingEdges({ now, then, dragged }: { now: Placed; then: Placed; dragged: ModuleId | undefined }) {
  const there = new Set(edgesOf(now.selection).map(({ id }) => id));
  const lines = edgesOf(then.selection);
  const nodes = drawnOf(then.selection).map(({ module }) => module.id);
  const routed = routes(lines, then.positions, nodes);
  return (
    <svg className="coming-edges" aria-hidden="true" focusable="false">
      {lines
        .filter(({ id, from, to }) => !there.has(id) && from !== dragged && to !== dragged)
        .map(({ id }) => (
          <path key={id} d={routed.get(id)?.path} />
        ))}
    </svg>
  );
}
