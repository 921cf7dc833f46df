/** The lines of one file that differ, in one column or two, with the colours of the Files tab. */
import { Fragment, memo, useMemo, useState } from 'react';
import { type FileChange, textOf } from '#core/compare.ts';
import type { DiffLine } from '#core/diff.ts';
import { MARK, view as words } from '#words/changes.ts';
import type { DiffView } from '../../store/state.ts';
import { coloured, type Token } from '../colour.ts';
import { linesIn } from './differences.ts';
import { folded, pairs } from './rows.ts';

type Colours = (line: DiffLine) => readonly Token[];

export const FileDiff = memo(function FileDiff({ change, view }: { change: FileChange; view: DiffView }) {
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const lines = linesIn(change);
  const colours = useMemo((): Colours => {
    const [before, after] = [change.before, change.after].map((file) => coloured(change.path, textOf(file)));
    return ({ before: was, after: is, text }) =>
      (is === undefined ? before?.[(was ?? 0) - 1] : after?.[is - 1]) ?? [{ kind: 'plain', text }];
  }, [change]);
  const Lines = view === 'split' ? Split : Unified;
  return (
    <section
      className={`diff scroll ${view}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
      tabIndex={0}
      aria-label={words.ofFile(change.path)}
    >
      <table className="diff-lines">
        <colgroup>
          {view === 'split' ? (
            <>
              <col className="diff-number" />
              <col />
            </>
          ) : (
            <col className="diff-number" />
          )}
          <col className="diff-number" />
          <col />
        </colgroup>
        <thead className="sr">
          <tr>
            <th scope="col">{words.before}</th>
            {view === 'split' && <th scope="col">{words.text}</th>}
            <th scope="col">{words.after}</th>
            <th scope="col">{words.text}</th>
          </tr>
        </thead>
        {folded(lines, (at) => open.has(at)).map(({ kind, at, lines: part }) => (
          <tbody key={at}>
            {kind === 'lines' ? (
              <Lines lines={part} colours={colours} />
            ) : (
              <tr className="diff-fold">
                <td colSpan={view === 'split' ? 4 : 3}>
                  <button type="button" onClick={() => setOpen(new Set([...open, at]))}>
                    {words.unfold(part.length)}
                  </button>
                </td>
              </tr>
            )}
          </tbody>
        ))}
      </table>
    </section>
  );
});

function Unified({ lines, colours }: { lines: readonly DiffLine[]; colours: Colours }) {
  return lines.map((line) => (
    <tr key={`${line.before ?? ''}:${line.after ?? ''}`} className={`diff-line ${line.kind}`}>
      <td className="diff-number">{line.before}</td>
      <td className="diff-number">{line.after}</td>
      <Code line={line} colours={colours} />
    </tr>
  ));
}

function Split({ lines, colours }: { lines: readonly DiffLine[]; colours: Colours }) {
  return pairs(lines).map(({ before, after }) => (
    <tr key={`${before?.before ?? ''}:${after?.after ?? ''}`} className="diff-line">
      {([before, after] as const).map((line, side) => (
        <Fragment key={side === 0 ? 'before' : 'after'}>
          <td className={`diff-number ${line?.kind ?? 'none'}`}>{side === 0 ? line?.before : line?.after}</td>
          {line ? <Code line={line} colours={colours} /> : <td className="diff-code none" />}
        </Fragment>
      ))}
    </tr>
  ));
}

const SIGN = { same: ' ', added: '+', removed: '−' } as const;

function Code({ line, colours }: { line: DiffLine; colours: Colours }) {
  return (
    <td className={`diff-code ${line.kind}`}>
      <span className="diff-sign" aria-hidden="true">
        {SIGN[line.kind]}
      </span>
      {line.kind !== 'same' && <span className="sr">{MARK[line.kind]}: </span>}
      <code>
        {colours(line).map(({ kind, text }, index) =>
          kind === 'plain' ? (
            text
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name
            <span key={index} className={`tok-${kind}`}>
              {text}
            </span>
          ),
        )}
      </code>
      {line.unended && <span className="diff-unended">{words.unended}</span>}
    </td>
  );
}
