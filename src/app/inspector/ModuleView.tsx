/** One module in the inspector. */

import { memo, useId } from 'react';
import { requirementsOf } from '#core/catalog.ts';
import { linksFrom } from '#core/links.ts';
import type { Module } from '#core/module.ts';
import type { Selection } from '#core/selection.ts';
import { edges as words } from '#words/edges.ts';
import { reason, standing } from '#words/en.ts';
import { KIND, STANDING, whyNotAddable } from '#words/page.ts';
import { catalog } from '../../catalog.ts';
import { remove } from '../actions/modules.ts';
import { openDialog, pick } from '../actions/view.ts';
import { perform } from '../store/action.ts';
import { drawnOf, resolutionOf } from '../store/derive.ts';
import { removal, requirersOf } from '../store/leaving.ts';
import { useLaterRendering, useLaterSelection, useSelection } from '../store/store.ts';
import { usePreview } from '../store/usePreview.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Gives } from './Gives.tsx';
import { ModuleLink } from './ModuleLink.tsx';
import { Options } from './Options.tsx';

const entryIn = (selection: Selection, { id }: Module) => drawnOf(selection).find(({ module }) => module.id === id);

export function ModuleView({ module }: { module: Module }) {
  const now = useSelection();
  const before = useLaterSelection();
  const made = useLaterRendering();
  // What comes or goes shows on the graph first; all there is to say of it comes, or goes, a frame later.
  const selection = !entryIn(now, module) === !entryIn(before, module) ? now : before;
  const resolution = resolutionOf(selection);
  const entry = entryIn(selection, module);
  const how = entry && standing(entry.reasons);
  const needs = entry
    ? resolution.edges.filter((edge) => edge.from === module.id && catalog.modules.get(edge.to)?.drawn !== false)
    : requirementsOf(module)
        .filter(({ when }) => when === undefined)
        .map(({ need, because }) => ({ to: need, because }));
  return (
    <article className={`inspected kind-${module.kind}`}>
      <header className="inspected-head">
        <span className="card-icon">
          <Icon name={module.kind} />
        </span>
        <div className="inspected-titles">
          <h2>{module.title}</h2>
          <p>{KIND[module.kind].one}</p>
        </div>
        {how ? (
          <span className={`badge ${how}`}>{how}</span>
        ) : (
          <span className={`badge ${module.status}`}>{module.status}</span>
        )}
        <Button
          label="Close"
          icon="close"
          bare
          look="quiet"
          className="small"
          tip="Back to the project"
          onClick={() => perform(pick, [])}
        />
      </header>
      <p className="inspected-summary">{module.summary}</p>
      {!entry && <p className="inspected-note">{whyNotAddable(module) ?? 'It is not in the project.'}</p>}

      {entry && <Options entry={entry} before={before} made={made} />}
      {entry && linksFrom(catalog, module.id).length > 0 && (
        <Button
          label={words.connectTo}
          icon="link"
          className="small connect-to"
          onClick={() => perform(openDialog, { kind: 'connect', module: module.id })}
        />
      )}

      {entry && (
        <section className="inspected-part">
          <h3>Why it is here</h3>
          <ul className="reasons">
            {entry.reasons.map((given) => (
              <li key={reason(catalog, given)}>
                {given.kind === 'required' ? (
                  <>
                    Required by <ModuleLink id={given.by} />: {given.because}
                  </>
                ) : given.kind === 'chosen' ? (
                  STANDING.chosen
                ) : (
                  STANDING.always
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {needs.length > 0 && (
        <section className="inspected-part">
          <h3>{entry ? 'What it needs' : 'What it will need'}</h3>
          <ul className="reasons">
            {needs.map(({ to, because }) => (
              <li key={`${to} ${because}`}>
                <ModuleLink id={to} />: {because}
              </li>
            ))}
          </ul>
        </section>
      )}
      {entry && <Gives id={module.id} made={made} />}
      {entry && how !== 'always' && <Removal id={module.id} before={before} />}
    </article>
  );
}

/** What removing it would do, before the click. */
const Removal = memo(function Removal({ id, before }: { id: string; before: Selection }) {
  const said = useId();
  const { words: consequence, then } = removal(before, id);
  const shown = usePreview(() => then);
  return (
    <section className="inspected-part removal">
      <h3>Removing it</h3>
      <p id={said}>{consequence}</p>
      <Button
        label={requirersOf(before, id).length > 0 ? 'Remove…' : 'Remove'}
        icon="trash"
        look="danger"
        className="small"
        describedBy={said}
        onClick={() => perform(remove, id)}
        {...shown}
      />
    </section>
  );
});
