/** A comparison that has been made: the sum of it, the files, and the lines of one of them. */
import { useId, useMemo, useState } from 'react';
import { type FileChange, type Found, textOf } from '#core/compare.ts';
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
import type { Base, DiffView } from '../../store/state.ts';
import { useComposer } from '../../store/store.ts';
import type { Rendering } from '../../store/texts.ts';
import { Icon } from '../../ui/Icon.tsx';
import { useIsNarrow } from '../../ui/useIsNarrow.ts';
import { ChangedFiles, firstOf } from './ChangedFiles.tsx';
import { countIn, total } from './differences.ts';
import { FileDiff } from './FileDiff.tsx';
import { factChanges } from './facts.ts';

type Rendered = Extract<Rendering, { ok: true }>;

/** Two projects and what differs between them. */
export interface Comparison {
  readonly before: Rendering | Found;
  readonly after: Rendered;
  readonly changes: readonly FileChange[];
  /** Whether texts are at hand on both sides. */
  readonly hasLines: boolean;
}

export function Differences({ against, ...compared }: Comparison & { readonly against: Base }) {
  const { before, changes, hasLines } = compared;
  const [path, setPath] = useState('');
  const isNarrow = useIsNarrow();
  const liked = useComposer((state) => state.ui.diffView);
  const current = changes.find((change) => change.path === path) ?? firstOf(changes);
  const isDrifted = useComposer(
    ({ ui }) =>
      against.kind === 'download' &&
      'hash' in before &&
      !before.hash.startsWith(decode(catalog, ui.downloaded ?? '').origin?.hash8 ?? ''),
  );
  return (
    <>
      <Sum {...compared} />
      {isDrifted && <p className="changes-note">{baseWords.drifted}</p>}
      {current ? (
        <div className="changes-split">
          <ChangedFiles changes={changes} current={current.path} show={setPath} hasLines={hasLines} />
          <div className="file">
            <div className="pane-tools">
              <h3 className="file-path">{current.path}</h3>
              <span className={`mark ${current.kind}`}>{MARK[current.kind]}</span>
              {hasLines && <span className="changed-count">{signed(countIn(current))}</span>}
              <ModeChange change={current} />
              {'edited' in before && before.edited.includes(current.path) && (
                <span className="badge">{baseWords.byHand}</span>
              )}
            </div>
            {hasLines ? (
              <Lines key={current.path} change={current} view={isNarrow ? 'unified' : liked} />
            ) : (
              <p className="waiting">{baseWords.noLines}</p>
            )}
          </div>
        </div>
      ) : null}
    </>
  );
}

function Sum({ before, after, changes, hasLines }: Comparison) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const facts = useMemo(() => ('plan' in before ? factChanges(before, after) : []), [before, after]);
  return (
    <>
      <div className="changes-sum">
        <p role="status">{summary(changes, hasLines ? total(changes) : undefined)}</p>
        {'files' in before && <p>{baseWords.aside}</p>}
        {facts.length > 0 && (
          <button type="button" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
            <Icon name="chevron" size={13} />
            {words.facts}
          </button>
        )}
      </div>
      <section
        id={id}
        className="changes-facts scroll"
        aria-label={words.facts}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        tabIndex={0}
        hidden={!isOpen || facts.length === 0}
      >
        <dl>
          {facts.map(({ what, came, went }) => (
            <div key={what}>
              <dt>{what}</dt>
              <dd>
                {[came.length > 0 && words.came(came), went.length > 0 && words.went(went)].filter(Boolean).join('; ')}
              </dd>
            </div>
          ))}
        </dl>
      </section>
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
