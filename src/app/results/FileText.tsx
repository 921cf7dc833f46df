/** A file's text with line numbers and light colours; a highlighter of our own, see `colour.ts`. */
import { useDeferredValue, useEffect, useMemo, useRef } from 'react';
import type { Span } from '#core/marks.ts';
import { files as words } from '#words/files.ts';
import { type Block, blocksOf, type LitBlock, litBy, spliced } from './blocks.ts';
import { coloured } from './colour.ts';
import { Lines } from './Lines.tsx';

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
/** Lines below those in sight that come with them. */
const MARGIN = 1;

const NONE: readonly LitBlock[] = [];

const has = ({ from, lines }: Block, line: number): boolean => line >= from && line < from + lines.length;

export function FileText({ path, text, current, lit, mark, asked }: Props) {
  const blocks = useMemo(() => blocksOf(coloured(path, text)), [path, text]);
  const now = useMemo(() => litBy(blocks, lit ?? []), [blocks, lit]);
  const box = useRef<HTMLElement>(null);
  /** The lines in sight, as far as is known: the others come a moment later. */
  const sight = useRef({ first: 1, last: 40 });
  // Below the sight stands what stood there until there is time.
  const later = useDeferredValue(now, NONE);
  const shown = later === now ? now : spliced(now, later, Math.max(sight.current.last + MARGIN, current ?? 0));

  const end = blocks.at(-1);
  const count = end ? end.from + end.lines.length - 1 : 0;
  useEffect(() => {
    if (box.current) sight.current = linesInSight(box.current);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for again, it is shown again
  useEffect(() => {
    const line = current === undefined ? null : box.current?.querySelector(`[data-line="${current}"]`);
    if (line && box.current) scrollTo(box.current, line);
  }, [path, current, asked]);

  const press = (event: React.KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!box.current) return;
    const { first, last } = linesInSight(box.current);
    const page = Math.max(1, Math.floor(last - first) - 1);
    const here = current ?? 1 + Math.floor(first);
    const to = {
      ArrowDown: current === undefined ? here : here + 1,
      ArrowUp: current === undefined ? here : here - 1,
      PageDown: here + page,
      PageUp: here - page,
      Home: 1,
      End: count,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    mark(Math.min(Math.max(to, 1), count));
  };
  const choose = (target: Element): void => {
    const line = target.closest<HTMLElement>('.line');
    // Whoever selects text to copy it means the text.
    if (line && getSelection()?.isCollapsed !== false) mark(Number(line.dataset.line));
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
      onClick={(event) => choose(event.target as Element)}
      onScroll={({ currentTarget }) => {
        sight.current = linesInSight(currentTarget);
      }}
    >
      <div className="lines">
        {shown.map((block) => (
          <Lines
            key={block.key}
            block={block}
            current={current !== undefined && has(block, current) ? current - block.from : -1}
          />
        ))}
      </div>
    </section>
  );
}

/** In lines from the first one's upper edge. */
function linesInSight({ scrollTop, clientHeight, children: [lines] }: HTMLElement): { first: number; last: number } {
  const height = lines?.querySelector<HTMLElement>('.line')?.offsetHeight || 1;
  return { first: scrollTop / height, last: (scrollTop + clientHeight) / height };
}

/** Not `scrollIntoView`, which would scroll the page as well. */
function scrollTo(box: HTMLElement, line: Element): void {
  const place = line.getBoundingClientRect();
  const top = place.top - box.getBoundingClientRect().top - box.clientTop + box.scrollTop;
  const bottom = top + place.height;
  const [from, to] = [box.scrollTop, box.scrollTop + box.clientHeight];
  if (top >= from && bottom <= to) return;
  const near = NEAR * place.height;
  if (top < from && from - top <= near) box.scrollTop = top;
  else if (bottom > to && bottom - to <= near) box.scrollTop = bottom - box.clientHeight;
  else box.scrollTop = top - (box.clientHeight - place.height) / 2;
}
