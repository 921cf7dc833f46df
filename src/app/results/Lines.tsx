/** Some lines of a file. */
import { type CSSProperties, memo } from 'react';
import type { LitBlock } from './blocks.ts';
import type { Token } from './colour.ts';

interface Props {
  readonly block: LitBlock;
  /** The line that is asked about, counted from this block's first; below zero it is elsewhere. */
  readonly current: number;
}

/** As `LitBlock` says it; nothing is drawn anew where none of it changed. */
export const Lines = memo(
  function Lines({ block: { from, lines, lit }, current }: Props) {
    const said = new Map<string, number>();
    const texts = lines.map((tokens) => tokens.map((token) => token.text).join(''));
    const columns = Math.max(...texts.map((text) => text.length));
    return (
      <div className="lines-block" style={{ '--lines': lines.length, '--columns': columns } as CSSProperties}>
        {lines.map((tokens, at) => {
          const text = texts[at] ?? '';
          const time = (said.get(text) ?? 0) + 1;
          said.set(text, time);
          return (
            <Line
              key={`${time} ${text}`}
              number={from + at}
              tokens={tokens}
              isLit={lit[at] === '+'}
              isCurrent={at === current}
            />
          );
        })}
      </div>
    );
  },
  (a, b) =>
    a.current === b.current &&
    a.block.lit === b.block.lit &&
    a.block.from === b.block.from &&
    a.block.looks === b.block.looks,
);

interface LineProps {
  readonly number: number;
  readonly tokens: readonly Token[];
  readonly isLit: boolean;
  readonly isCurrent: boolean;
}

function Line({ number, tokens, isLit, isCurrent }: LineProps) {
  return (
    <div className={isLit ? 'line lit' : 'line'} data-line={number} aria-current={isCurrent ? 'true' : undefined}>
      <code>
        {tokens.map(({ kind, text: piece }, index) =>
          kind === 'plain' ? (
            piece
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name
            <span key={index} className={`tok-${kind}`}>
              {piece}
            </span>
          ),
        )}
        {tokens.length === 0 && '\n'}
      </code>
    </div>
  );
}
