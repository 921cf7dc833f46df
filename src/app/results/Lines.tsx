/** Some lines of a file. */
import { type CSSProperties, memo } from 'react';
import type { LitBlock } from './blocks.ts';
import type { Token } from './colour.ts';

interface Props {
  readonly block: LitBlock;
  /** The line that is asked about, counted from this block's first; below zero it is elsewhere. */
  readonly current: number;
}

/** Numbers are counted by the style sheet, from where the block begins: what is added above moves no line of it. */
export const Lines = memo(
  function Lines({ block: { from, lines, lit }, current }: Props) {
    const said = new Map<string, number>();
    return (
      <div
        className="lines-block"
        data-from={from}
        style={{ counterReset: `line ${from - 1}`, '--lines': lines.length } as CSSProperties}
      >
        {lines.map((tokens, at) => {
          const text = tokens.map((token) => token.text).join('');
          const time = (said.get(text) ?? 0) + 1;
          said.set(text, time);
          return <Line key={`${time} ${text}`} tokens={tokens} isLit={lit[at] === '+'} isCurrent={at === current} />;
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

function Line({ tokens, isLit, isCurrent }: { tokens: readonly Token[]; isLit: boolean; isCurrent: boolean }) {
  return (
    <div className={isLit ? 'line lit' : 'line'} aria-current={isCurrent ? 'true' : undefined}>
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
