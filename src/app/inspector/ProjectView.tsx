/** The project as a whole: the options of what is never drawn, and what identifies it. */
import { useMemo } from 'react';
import { opened } from '#words/open.ts';
import { unsettled } from '#words/page.ts';
import { catalog } from '../../catalog.ts';
import { startOver } from '../actions/history.ts';
import { FirstVisit } from '../presets/FirstVisit.tsx';
import { perform } from '../store/action.ts';
import { drawnOf, resolutionOf } from '../store/derive.ts';
import { useComposer, useLaterRendering, useLaterSelection, useProblems, useSelection } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';
import { useIsNarrow } from '../ui/useIsNarrow.ts';
import { Options } from './Options.tsx';

export function ProjectView() {
  const selection = useSelection();
  const before = useLaterSelection();
  const rendering = useLaterRendering();
  const problems = useProblems();
  const isRecorded = useComposer(({ recorded }) => Object.values(recorded).some((keys) => keys.length > 0));
  const isNarrow = useIsNarrow();
  const undrawn = resolutionOf(selection).modules.filter(({ module }) => module.drawn === false);
  const lines = useMemo(
    () => (rendering?.ok ? rendering.tree.reduce((sum, { content }) => sum + content.split('\n').length - 1, 0) : 0),
    [rendering],
  );
  const isEmpty = selection.chosen.length === 0 && Object.keys(selection.options).length === 0;
  return (
    <article className="inspected">
      <header className="inspected-head">
        <div className="inspected-titles">
          <h2>{selection.project}</h2>
          <p>Project</p>
        </div>
      </header>
      <p className="inspected-summary">
        {isEmpty
          ? 'The starter: what every project has. Click a module to add it, or drag it onto the graph.'
          : 'Select a node to see why it is here and what can be changed.'}
      </p>
      {!isNarrow && <FirstVisit />}
      {undrawn.map((entry) => (
        <Options key={entry.module.id} entry={entry} before={before} made={rendering} />
      ))}
      <section className="inspected-part">
        <h3>What it comes to</h3>
        <dl className="figures">
          <dt>Modules</dt>
          <dd>{drawnOf(selection).length}</dd>
          {problems.length === 0 && (
            <>
              <dt>Files</dt>
              <dd>{rendering?.ok ? rendering.tree.length : '…'}</dd>
              <dt>Lines</dt>
              <dd>{rendering?.ok ? lines.toLocaleString('en') : '…'}</dd>
              <dt>Project hash</dt>
              <dd>
                <code className="hash">{rendering?.ok ? rendering.hash : '…'}</code>
              </dd>
            </>
          )}
          <dt>Catalog</dt>
          <dd>
            <code className="hash">{catalog.version}</code>
          </dd>
        </dl>
        <p className="option-summary">
          {problems.length > 0
            ? unsettled.figures(problems.length)
            : isRecorded
              ? opened.recorded
              : 'Everybody who opens this link with this catalog gets these files, byte for byte; only the secrets in .env are made fresh.'}
        </p>
      </section>
      {!isEmpty && (
        <section className="inspected-part">
          <Button
            label="Start over"
            icon="reset"
            look="plain"
            className="small"
            tip="Back to the starter; undo brings this project back"
            onClick={() => perform(startOver)}
          />
        </section>
      )}
    </article>
  );
}
