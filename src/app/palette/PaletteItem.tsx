/** One module in the palette: a button to add it, and something to drag. */
import { memo, useState } from 'react';
import type { Module, ModuleId } from '#core/module.ts';
import { resolve } from '#core/resolve.ts';
import { choose, type Selection } from '#core/selection.ts';
import { standing as standingOf } from '#words/en.ts';
import { keepsIt, wouldAdd } from '#words/page.ts';
import { catalog } from '../../catalog.ts';
import { add } from '../actions/modules.ts';
import { inspect } from '../actions/view.ts';
import { perform } from '../store/action.ts';
import { drawnOf } from '../store/derive.ts';
import { getState, useComposer } from '../store/store.ts';
import { usePreview } from '../store/usePreview.ts';
import { Icon } from '../ui/Icon.tsx';
import { Tip } from '../ui/Tip.tsx';
import { useDragToGraph } from './useDragToGraph.ts';

type Standing = ReturnType<typeof standingOf>;

function standingIn(selection: Selection, id: ModuleId): Standing | undefined {
  const entry = drawnOf(selection).find(({ module }) => module.id === id);
  return entry && standingOf(entry.reasons);
}

export const PaletteItem = memo(function PaletteItem({ module }: { module: Module }) {
  const standing = useComposer((state) => standingIn(state.selection, module.id));
  const [isNear, setNear] = useState(false);
  const refused = useComposer((state) => add.refuse?.(state, module.id));
  const { ref, wasDrag } = useDragToGraph(module, refused === undefined);
  const selection = useComposer((state) => (isNear ? state.selection : undefined));
  const preview = selection ? (refused ?? before(selection, module, standing)) : '';
  const shown = usePreview(() => (refused === undefined ? choose(getState().selection, module.id) : undefined));
  const isPlanned = module.status === 'planned';
  return (
    <li>
      <Tip text={preview} side="right">
        <button
          ref={ref}
          type="button"
          className={`module ${module.status} ${standing ? 'is-in' : ''} kind-${module.kind}`}
          aria-label={`Add ${module.title}`}
          aria-description={[module.summary, preview].filter(Boolean).join(' ')}
          aria-disabled={refused === undefined ? undefined : true}
          onPointerMove={(event) => {
            setNear(true);
            shown.onPointerMove(event);
          }}
          onPointerLeave={() => {
            setNear(false);
            shown.onPointerLeave();
          }}
          onFocus={(event) => {
            setNear(true);
            shown.onFocus(event);
          }}
          onBlur={() => {
            setNear(false);
            shown.onBlur();
          }}
          onClick={(event) => {
            // The keyboard's click ends no drag.
            if (event.detail > 0 && wasDrag()) return;
            if (refused !== undefined && (standing || isPlanned)) perform(inspect, module.id);
            perform(add, module.id);
          }}
        >
          <span className="module-grip" data-grip="">
            <Icon name={isPlanned ? module.kind : 'grip'} size={14} />
          </span>
          <span className="module-text">
            <span className="module-title">
              {module.title}
              {isPlanned && <span className="badge planned">planned</span>}
              {module.status === 'preview' && <span className="badge">preview</span>}
            </span>
            <span className="module-summary">{module.summary}</span>
          </span>
          <span className={`module-state ${standing ?? ''}`}>
            {standing ? (
              <Icon name={standing === 'always' ? 'lock' : 'check'} size={14} />
            ) : (
              !isPlanned && <Icon name="plus" />
            )}
          </span>
        </button>
      </Tip>
    </li>
  );
});

/** What the click would bring, before it. */
function before(selection: Selection, module: Module, standing: Standing | undefined): string {
  if (standing === 'added') return keepsIt(module.title);
  const there = new Set(drawnOf(selection).map((entry) => entry.module.id));
  const coming = resolve(catalog, choose(selection, module.id)).modules.filter(
    (entry) => entry.module.drawn !== false && entry.module.id !== module.id && !there.has(entry.module.id),
  );
  return wouldAdd(
    catalog,
    coming.map((entry) => entry.module.id),
  );
}
