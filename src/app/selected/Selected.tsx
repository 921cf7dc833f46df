/** The graph's twin: every drawn module as a list, a frame behind it. */
import './selected.css';
import { memo, useDeferredValue, useMemo } from 'react';
import type { Module, ModuleId } from '#core/module.ts';
import type { Selection } from '#core/selection.ts';
import { standing, titleOf } from '#words/en.ts';
import { STANDING } from '#words/page.ts';
import { catalog } from '../../catalog.ts';
import { pointAt } from '../actions/files.ts';
import { remove } from '../actions/modules.ts';
import { inspect } from '../actions/view.ts';
import { perform } from '../store/action.ts';
import { drawnOf } from '../store/derive.ts';
import { removal } from '../store/leaving.ts';
import { getState, useComposer, useLaterSelection, useSelection } from '../store/store.ts';
import { usePreview } from '../store/usePreview.ts';
import { Button } from '../ui/Button.tsx';
import { usePointing } from '../ui/usePointing.ts';

const ORDER = { service: 0, component: 1, platform: 2 } as const;

export function Selected() {
  // It makes room for a row at the palette's cost: the click that added one is answered on the graph first.
  const selection = useLaterSelection();
  const picked = useComposer((state) => state.ui.picked);
  const entries = [...drawnOf(selection)].sort((a, b) => ORDER[a.module.kind] - ORDER[b.module.kind]);

  return (
    <section className="pane selected" aria-labelledby="selected-title">
      <div className="pane-head">
        <h2 className="pane-title" id="selected-title">
          Selected modules
        </h2>
        <span className="count">{entries.length}</span>
      </div>
      <ul className="selected-list scroll" aria-labelledby="selected-title">
        {entries.map(({ module, reasons }) => (
          <Row key={module.id} module={module} how={standing(reasons)} isPicked={picked.includes(module.id)} />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly module: Module;
  readonly how: ReturnType<typeof standing>;
  readonly isPicked: boolean;
}

const Row = memo(function Row({ module, how, isPicked }: RowProps) {
  const { id, kind, title } = module;
  const point = (): void => perform(pointAt, id);
  const unpoint = (): void => perform(pointAt, undefined);
  return (
    <li
      data-module={id}
      aria-label={`${title}, ${how}`}
      className={`selected-item kind-${kind}`}
      {...usePointing(point, unpoint)}
      onFocus={(event) => event.target.matches(':focus-visible') && point()}
      onBlur={unpoint}
    >
      <button
        type="button"
        className="selected-name"
        aria-pressed={isPicked}
        title={STANDING[how]}
        onClick={() => perform(inspect, id)}
      >
        <span className="selected-dot" />
        <span className="selected-title">{titleOf(catalog, id)}</span>
        <span className={`selected-how ${how}`}>{how}</span>
      </button>
      {how === 'always' ? <span className="selected-gap" /> : <RemoveButton id={id} title={title} />}
    </li>
  );
});

function RemoveButton({ id, title }: { id: ModuleId; title: string }) {
  // Also of a row that is new: what its removal would come to nobody reads in its first frame.
  const selection = useDeferredValue<Selection | undefined>(useSelection(), undefined);
  const { words, then } = useMemo(() => (selection ? removal(selection, id) : { words: '' }), [selection, id]);
  const shown = usePreview(() => then);
  return (
    <Button
      label={`Remove ${title}`}
      icon="trash"
      bare
      look="quiet"
      className="small"
      tip={words}
      onClick={({ currentTarget }) => {
        perform(remove, id);
        handOn(currentTarget);
      }}
      {...shown}
    />
  );
}

/** What is about to go with its row hands the focus to the next that stays, while nothing has to be laid out for it. */
function handOn(button: HTMLElement): void {
  const there = new Set(drawnOf(getState().selection).map(({ module }) => module.id));
  const stays = (row: HTMLElement): boolean => there.has(row.dataset.module ?? '');
  const own = button.closest('li');
  if (!own || stays(own)) return;
  const rows = [...(own.parentElement?.querySelectorAll('li') ?? [])];
  const at = rows.indexOf(own);
  const next = rows.slice(at).find(stays) ?? rows.slice(0, at).findLast(stays);
  next?.querySelector('button')?.focus({ preventScroll: true });
}
