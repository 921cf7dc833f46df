/** The graph's twin: every drawn module as a list, always in step. */
import './selected.css';
import { useLayoutEffect, useRef } from 'react';
import type { ModuleId } from '#core/module.ts';
import { standing, titleOf } from '#words/en.ts';
import { STANDING } from '#words/page.ts';
import { catalog } from '../../catalog.ts';
import { pointAt } from '../actions/files.ts';
import { remove } from '../actions/modules.ts';
import { inspect } from '../actions/view.ts';
import { perform } from '../store/action.ts';
import { drawnOf } from '../store/derive.ts';
import { removal } from '../store/leaving.ts';
import { useComposer, useLaterSelection, useSelection } from '../store/store.ts';
import { usePreview } from '../store/usePreview.ts';
import { Button } from '../ui/Button.tsx';

const ORDER = { service: 0, component: 1, platform: 2 } as const;

export function Selected() {
  const selection = useSelection();
  const picked = useComposer((state) => state.ui.picked);
  const list = useRef<HTMLUListElement>(null);
  const focused = useRef<number>(undefined);
  const entries = [...drawnOf(selection)].sort((a, b) => ORDER[a.module.kind] - ORDER[b.module.kind]);

  // A removal takes the focused button with it: the focus goes to whoever now stands there.
  useLayoutEffect(() => {
    if (focused.current === undefined || document.activeElement !== document.body) return;
    // With the frame's own layout, or there would be two.
    requestAnimationFrame(() => {
      const stops = list.current?.querySelectorAll<HTMLElement>('.selected-name');
      if (document.activeElement === document.body) stops?.[Math.min(focused.current ?? 0, stops.length - 1)]?.focus();
    });
  });

  return (
    <section className="pane selected" aria-labelledby="selected-title">
      <div className="pane-head">
        <h2 className="pane-title" id="selected-title">
          Selected modules
        </h2>
        <span className="count">{entries.length}</span>
      </div>
      <ul
        ref={list}
        className="selected-list scroll"
        aria-labelledby="selected-title"
        onFocus={(event) => {
          focused.current = [...event.currentTarget.children].findIndex((item) => item.contains(event.target));
        }}
        onBlur={(event) => {
          if (event.relatedTarget) focused.current = undefined;
        }}
      >
        {entries.map(({ module, reasons }) => {
          const how = standing(reasons);
          return (
            <li
              key={module.id}
              aria-label={`${module.title}, ${how}`}
              className={`selected-item kind-${module.kind}`}
              onPointerEnter={(event) => event.pointerType === 'mouse' && perform(pointAt, module.id)}
              onPointerLeave={() => perform(pointAt, undefined)}
              onFocus={() => perform(pointAt, module.id)}
              onBlur={() => perform(pointAt, undefined)}
            >
              <button
                type="button"
                className="selected-name"
                aria-pressed={picked.includes(module.id)}
                title={STANDING[how]}
                onClick={() => perform(inspect, module.id)}
              >
                <span className="selected-dot" />
                <span className="selected-title">{titleOf(catalog, module.id)}</span>
                <span className={`selected-how ${how}`}>{how}</span>
              </button>
              {how === 'always' ? (
                <span className="selected-gap" />
              ) : (
                <RemoveButton id={module.id} title={module.title} />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function RemoveButton({ id, title }: { id: ModuleId; title: string }) {
  const { words, then } = removal(useLaterSelection(), id);
  const shown = usePreview(() => then);
  return (
    <Button
      label={`Remove ${title}`}
      icon="trash"
      bare
      look="quiet"
      className="small"
      tip={words}
      onClick={() => perform(remove, id)}
      {...shown}
    />
  );
}
