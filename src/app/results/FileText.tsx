/** A file's text with line numbers and light colours; a highlighter of our own, see `colour.ts`. */
import { memo, useEffect, useMemo, useRef } from 'react';
import type { Span } from '#core/marks.ts';
import { files as words } from '#words/files.ts';
import { coloured, type Token } from './colour.ts';

interface Props {
  readonly path: string;
  readonly text: string;
  readonly current: number | undefined;
  /** The lines that light up. */
  readonly lit: readonly Span[] | undefined;
  readonly mark: (line: number) => void;
  /** Changes whenever somebody asks for a place, also for the one that was shown before. */
  readonly asked: unknown;
}

/** An arrow key at the edge moves the text by a line, a jump from elsewhere brings the line to the middle. */
const NEAR = 3;

export const FileText = memo(function FileText({ path, text, current, lit, mark, asked }: Props) {
  const lines = useMemo(() => keyed(coloured(path, text)), [path, text]);
  const litLines = useMemo(() => numbersIn(lit ?? []), [lit]);
  const box = useRef<HTMLElement>(null);
  const lineAt = (number: number): HTMLElement | null =>
    box.current?.querySelectorAll<HTMLElement>('.line')[number - 1] ?? null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another file begins at its beginning
  useEffect(() => {
    box.current?.scrollTo(0, 0);
  }, [path]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for again, it is shown again
  useEffect(() => {
    const line = current === undefined ? null : lineAt(current);
    if (line && box.current) scrollTo(box.current, line);
  }, [path, current, asked]);

  const press = (event: React.KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / (lineAt(1)?.offsetHeight || 1)) - 1);
    const here = current ?? 1 + Math.floor((box.current?.scrollTop ?? 0) / (lineAt(1)?.offsetHeight || 1));
    const to = {
      ArrowDown: current === undefined ? here : here + 1,
      ArrowUp: current === undefined ? here : here - 1,
      PageDown: here + page,
      PageUp: here - page,
      Home: 1,
      End: lines.length,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    mark(Math.min(Math.max(to, 1), lines.length));
  };

  return (
    <section
      ref={box}
      className="file-text scroll"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
      tabIndex={0}
      aria-label={words.text(path)}
      aria-description={words.keys}
      onKeyDown={press}
      onClick={(event) => {
        const line = (event.target as Element).closest<HTMLElement>('.line');
        // Whoever selects text to copy it means the text.
        if (line?.parentElement && getSelection()?.isCollapsed !== false)
          mark([...line.parentElement.children].indexOf(line) + 1);
      }}
    >
      <ol className="lines">
        {lines.map(({ key, tokens }, index) => (
          <Line key={key} tokens={tokens} isLit={litLines.has(index + 1)} isCurrent={index + 1 === current} />
        ))}
      </ol>
    </section>
  );
});

interface Keyed {
  readonly key: string;
  readonly tokens: readonly Token[];
}
/** A line that moves down in a file stays the line it was: named by what it says, and how often that was said above. */
function keyed(lines: readonly (readonly Token[])[]): Keyed[] {
  const times = new Map<string, number>();
  return lines.map((tokens) => {
    const said = tokens.map(({ text }) => text).join('');
    const time = (times.get(said) ?? 0) + 1;
    times.set(said, time);
    return { key: `${time} ${said}`, tokens };
  });
}

interface LineProps {
  readonly tokens: readonly Token[];
  readonly isLit: boolean;
  readonly isCurrent: boolean;
}

/** Its number is counted by the style sheet: what is added above it does not touch it. */
const Line = memo(
  function Line({ tokens, isLit, isCurrent }: LineProps) {
    return (
      <li className={isLit ? 'line lit' : 'line'} aria-current={isCurrent ? 'true' : undefined}>
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
      </li>
    );
  },
  (a, b) => a.isLit === b.isLit && a.isCurrent === b.isCurrent && isSame(a.tokens, b.tokens),
);

function isSame(a: readonly Token[], b: readonly Token[]): boolean {
  return a.length === b.length && a.every(({ kind, text }, at) => b[at]?.kind === kind && b[at].text === text);
}

function numbersIn(spans: readonly Span[]): ReadonlySet<number> {
  return new Set(
    spans.flatMap(({ fromLine, toLine }) => Array.from({ length: toLine - fromLine + 1 }, (_, at) => fromLine + at)),
  );
}

/** Not `scrollIntoView`, which would scroll the page as well. */
function scrollTo(box: HTMLElement, line: HTMLElement): void {
  const [top, bottom] = [line.offsetTop, line.offsetTop + line.offsetHeight];
  const [from, to] = [box.scrollTop, box.scrollTop + box.clientHeight];
  if (top >= from && bottom <= to) return;
  const near = NEAR * line.offsetHeight;
  if (top < from && from - top <= near) box.scrollTop = top;
  else if (bottom > to && bottom - to <= near) box.scrollTop = bottom - box.clientHeight;
  else box.scrollTop = top - (box.clientHeight - line.offsetHeight) / 2;
}
