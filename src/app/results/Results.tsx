/** What the selection comes to: a diagram, files, a command. The panes load when first shown. */
import './results.css';
import { lazy, Suspense, useRef } from 'react';
import { filesCount, unsettled } from '#words/page.ts';
import { setTab, toggleResults } from '../actions/view.ts';
import { Splitter } from '../panels/Splitter.tsx';
import { usePanels } from '../panels/usePanels.ts';
import { perform } from '../store/action.ts';
import type { Tab } from '../store/state.ts';
import { useComposer, useProblems, useRendering } from '../store/store.ts';
import { Boundary } from '../ui/Boundary.tsx';
import { Button } from '../ui/Button.tsx';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { CommandPane } from './CommandPane.tsx';

const DiagramPane = lazy(() => import('./DiagramPane.tsx').then((module) => ({ default: module.DiagramPane })));
const FilesPane = lazy(() => import('./FilesPane.tsx').then((module) => ({ default: module.FilesPane })));
const ChangesPane = lazy(() => import('./changes/ChangesPane.tsx').then((module) => ({ default: module.ChangesPane })));

const TABS: readonly { tab: Tab; label: string; icon: IconName }[] = [
  { tab: 'diagram', label: 'Diagram', icon: 'diagram' },
  { tab: 'files', label: 'Files', icon: 'file' },
  { tab: 'changes', label: 'Changes', icon: 'changes' },
  { tab: 'command', label: 'Command', icon: 'terminal' },
];

export function Results() {
  const tab = useComposer((state) => state.ui.tab);
  const isOpen = useComposer((state) => state.ui.resultsOpen);
  const height = usePanels().resultsHeight.value;
  const tabs = useRef<HTMLDivElement>(null);

  const step = (event: React.KeyboardEvent): void => {
    const at = TABS.findIndex((candidate) => candidate.tab === tab);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: TABS.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = (to + TABS.length) % TABS.length;
    perform(setTab, TABS[next]?.tab ?? tab);
    tabs.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };

  return (
    <section
      id="results"
      className={`pane results ${isOpen ? '' : 'folded'}`}
      aria-label="Results"
      tabIndex={-1}
      style={isOpen ? { height } : {}}
    >
      {isOpen && <Splitter panel="resultsHeight" />}
      <h2 className="sr">Results</h2>
      <div className="results-head">
        <div ref={tabs} className="results-tabs" role="tablist" aria-label="Results" onKeyDown={step}>
          {TABS.map(({ tab: id, label, icon }) => (
            <button
              key={id}
              type="button"
              role="tab"
              id={`tab-${id}`}
              aria-selected={id === tab}
              aria-controls="tab-panel"
              tabIndex={id === tab ? 0 : -1}
              onClick={() => perform(setTab, id)}
            >
              <Icon name={icon} size={15} />
              <span>{label}</span>
            </button>
          ))}
        </div>
        <Sum />
        <Button
          label={isOpen ? 'Fold the results' : 'Unfold the results'}
          icon="chevron"
          bare
          look="quiet"
          className={`small wide-only fold ${isOpen ? '' : 'up'}`}
          onClick={() => perform(toggleResults)}
        />
      </div>
      <div id="tab-panel" className="results-panel" role="tabpanel" aria-labelledby={`tab-${tab}`} hidden={!isOpen}>
        <Boundary key={tab}>
          <Suspense fallback={<p className="waiting">Loading…</p>}>
            {tab === 'diagram' && <DiagramPane />}
            {tab === 'files' && <FilesPane />}
            {tab === 'changes' && <ChangesPane />}
            {tab === 'command' && <CommandPane />}
          </Suspense>
        </Boundary>
      </div>
    </section>
  );
}

function Sum() {
  const rendering = useRendering();
  const problems = useProblems();
  return (
    <p className="results-sum">
      {problems.length > 0 && <span>{unsettled.mark(problems.length)}</span>}
      {rendering?.ok && problems.length === 0 && (
        <>
          <span>{filesCount(rendering.tree.length)}</span>
          <span title={`Project hash ${rendering.hash}`}>
            <span className="sr">Project hash </span>
            <code>{rendering.hash.slice(0, 8)}</code>
          </span>
        </>
      )}
    </p>
  );
}
