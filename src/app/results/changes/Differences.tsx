/** A comparison that has been made: the sum of it, the files, and the lines of one of them. */
import { useId, useMemo, useState } from 'react';
import { type FileChange, textOf } from '#core/compare.ts';
import { patchOf } from '#core/diff.ts';
import { decode } from '#core/share.ts';
import {
  base as baseWords,
  isEmpty,
  MARK,
  noLongerExecutable,
  nowExecutable,
  onlyMode,
  signed,
  summary,
  view as words,
} from '#words/changes.ts';
import { catalog } from '../../../catalog.ts';
import { setDiffView } from '../../actions/changes.ts';
import { copy, save } from '../../actions/project.ts';
import { perform } from '../../store/action.ts';
import type { DiffView } from '../../store/state.ts';
import { useComposer } from '../../store/store.ts';
import type { Rendering } from '../../store/texts.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useIsNarrow } from '../../ui/useIsNarrow.ts';
import { ChangedFiles } from './ChangedFiles.tsx';
import { byFolder, countIn, total } from './differences.ts';
import { FileDiff } from './FileDiff.tsx';
import { factChanges } from './facts.ts';

type Rendered = Extract<Rendering, { ok: true }>;

interface Props {
  readonly before: Rendered;
  readonly after: Rendered;
  readonly changes: readonly FileChange[];
  readonly isDownload: boolean;
  readonly field: React.ReactNode;
}

export function Differences({ before, after, changes, isDownload, field }: Props) {
  const [path, setPath] = useState('');
  const isNarrow = useIsNarrow();
  const liked = useComposer((state) => state.ui.diffView);
  const view = isNarrow ? 'unified' : liked;
  const first = byFolder(changes)[0]?.[1][0];
  const current = changes.find((change) => change.path === path) ?? first;
  const isDrifted = useComposer(
    ({ ui }) => isDownload && !before.hash.startsWith(decode(catalog, ui.downloaded ?? '').origin?.hash8 ?? ''),
  );
  return (
    <div className="changes">
      <div className="pane-tools">
        {field}
        <span className="topbar-space" />
        {changes.length > 0 && (
          <>
            {!isNarrow && <ViewSwitch view={liked} />}
            <Patch before={before} after={after} />
          </>
        )}
      </div>
      <Sum before={before} after={after} changes={changes} />
      {isDrifted && <p className="changes-note">{baseWords.drifted}</p>}
      {current ? (
        <div className="changes-split">
          <ChangedFiles changes={changes} current={current.path} show={setPath} />
          <div className="file">
            <div className="pane-tools">
              <h3 className="file-path">{current.path}</h3>
              <span className={`mark ${current.kind}`}>{MARK[current.kind]}</span>
              <span className="changed-count">{signed(countIn(current))}</span>
              <ModeChange change={current} />
            </div>
            <Lines key={current.path} change={current} view={view} />
          </div>
        </div>
      ) : (
        <span />
      )}
    </div>
  );
}

function ViewSwitch({ view }: { view: DiffView }) {
  return (
    <fieldset className="switch-group" aria-label={words.label}>
      {(['unified', 'split'] as const).map((one) => (
        <Button
          key={one}
          label={words[one]}
          className="small"
          pressed={one === view}
          onClick={() => perform(setDiffView, one)}
        />
      ))}
    </fieldset>
  );
}

function Patch({ before, after }: { before: Rendered; after: Rendered }) {
  const project = useComposer((state) => state.selection.project);
  const make = (): string => patchOf(before.tree, after.tree);
  return (
    <>
      <Button
        label={words.copyPatch}
        icon="copy"
        className="small shrinks"
        onClick={() => perform(copy, make(), words.patch)}
      />
      <Button
        label={words.savePatch}
        icon="download"
        className="small shrinks"
        onClick={() => save(new Blob([make()], { type: 'text/x-patch' }), `${project}.patch`)}
      />
    </>
  );
}

function Sum({ before, after, changes }: Pick<Props, 'before' | 'after' | 'changes'>) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const facts = useMemo(() => factChanges(before, after), [before, after]);
  return (
    <>
      <div className="changes-sum">
        <p role="status">{summary(changes, total(changes))}</p>
        {facts.length > 0 && (
          <button type="button" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
            <Icon name="chevron" size={13} />
            {words.facts}
          </button>
        )}
      </div>
      <dl id={id} className="changes-facts scroll" hidden={!isOpen || facts.length === 0}>
        {facts.map(({ what, came, went }) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>
              {[came.length > 0 && words.came(came), went.length > 0 && words.went(went)].filter(Boolean).join('; ')}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

const isExecutable = ({ after }: FileChange): boolean => after?.mode === '755';
const hasOtherMode = ({ before, after }: FileChange): boolean =>
  before !== undefined && after !== undefined && before.mode !== after.mode;

function ModeChange({ change }: { change: FileChange }) {
  if (!hasOtherMode(change)) return null;
  return <span className="badge">{isExecutable(change) ? nowExecutable : noLongerExecutable}</span>;
}

function Lines({ change, view }: { change: FileChange; view: DiffView }) {
  if (textOf(change.before) !== textOf(change.after)) return <FileDiff change={change} view={view} />;
  return <p className="waiting">{hasOtherMode(change) ? onlyMode(isExecutable(change)) : isEmpty}</p>;
}
