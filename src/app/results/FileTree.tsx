/** The file tree by the ARIA pattern: one tab stop, arrow keys within. */
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { addCounts, type ChangeKind, type LineCount } from '#core/compare.ts';
import { lineCount, MARK, signed } from '#words/changes.ts';
import { linesFrom, files as words } from '#words/files.ts';
import type { Marks } from '../store/marks.ts';
import { Icon } from '../ui/Icon.tsx';
import { type Entry, entriesOf, marksIn, visible, withFolders } from './folders.ts';

interface Props {
  readonly label?: string;
  readonly paths: readonly string[];
  readonly current: string;
  readonly open: (path: string) => void;
  /** How files differ from what they are compared with. */
  readonly marks?: Marks;
  /** How many lines of a file came and went. */
  readonly counts?: ReadonlyMap<string, LineCount>;
  /** How many lines of a file light up, and for whom. */
  readonly lit?: { readonly lines: ReadonlyMap<string, number>; readonly title: string };
  /** Whether all folders are open at first: the paths are few, and all are wanted. */
  readonly allOpen?: boolean;
}

const noMarks: Marks = new Map();
const noLines: ReadonlyMap<string, number> = new Map();
const noCounts: ReadonlyMap<string, LineCount> = new Map();

/** Folders at the top are open at first, and those down to the current file. */
const isOpenAtFirst = (path: string, current: string): boolean => path === 'app/' || current.startsWith(path);

export function FileTree({
  label = words.tree,
  paths,
  current,
  open,
  marks = noMarks,
  counts = noCounts,
  lit,
  allOpen = false,
}: Props) {
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [focus, setFocus] = useState(current);
  const [shown, setShown] = useState(current);
  const tree = useRef<HTMLDivElement>(null);
  const isOpen = (path: string): boolean => toggled.get(path) ?? (allOpen || isOpenAtFirst(path, current));
  const entries = useMemo(() => entriesOf(paths), [paths]);
  const linesAt = useMemo(() => withFolders(lit?.lines ?? noLines, (a, b) => a + b), [lit]);
  const countAt = useMemo(() => withFolders(counts, addCounts), [counts]);
  const markAt = useMemo(() => marksIn(paths, marks), [paths, marks]);
  const rows = visible(entries, isOpen);
  const stop = rows.some(({ path }) => path === focus)
    ? focus
    : (rows.find(({ path }) => path === current)?.path ?? rows[0]?.path);

  // A file that was opened from elsewhere is not left in a closed folder.
  if (shown !== current) {
    setShown(current);
    setFocus(current);
    setToggled(new Map([...toggled].filter(([path]) => !current.startsWith(path))));
  }
  useEffect(() => {
    const row = rowOf(tree.current, current);
    const box = tree.current;
    if (!row || !box) return;
    // Not `scrollIntoView`, which would scroll the page as well.
    if (row.offsetTop < box.scrollTop || row.offsetTop + row.offsetHeight > box.scrollTop + box.clientHeight)
      box.scrollTop = row.offsetTop - box.clientHeight / 3;
  }, [current]);

  const toggle = (path: string, to: boolean): void => setToggled(new Map([...toggled, [path, to]]));
  const goTo = (entry: Entry | undefined): void => {
    if (!entry) return;
    setFocus(entry.path);
    rowOf(tree.current, entry.path)?.focus();
  };
  // Heard here and not by each row: a row is drawn anew only where what it shows has changed.
  const indexOf = ({ target }: React.SyntheticEvent): number => {
    const row = (target as Element).closest<HTMLElement>('[role=treeitem]');
    return rows.findIndex(({ path }) => path === row?.dataset.path);
  };
  const press = (event: React.KeyboardEvent): void => {
    const at = indexOf(event);
    const entry = rows[at];
    if (!entry) return;
    const act = {
      ArrowDown: () => goTo(rows[at + 1]),
      ArrowUp: () => goTo(rows[at - 1]),
      Home: () => goTo(rows[0]),
      End: () => goTo(rows.at(-1)),
      ArrowRight: () => (entry.children && !isOpen(entry.path) ? toggle(entry.path, true) : goTo(entry.children?.[0])),
      ArrowLeft: () =>
        entry.children && isOpen(entry.path)
          ? toggle(entry.path, false)
          : goTo(rows.slice(0, at).findLast((row) => row.level < entry.level)),
      Enter: () => choose(entry),
      ' ': () => choose(entry),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const choose = (entry: Entry): void => {
    setFocus(entry.path);
    if (entry.children) toggle(entry.path, !isOpen(entry.path));
    else open(entry.path);
  };

  return (
    <div
      ref={tree}
      className="tree scroll"
      role="tree"
      aria-label={label}
      onClick={(event) => {
        const entry = rows[indexOf(event)];
        if (entry) choose(entry);
      }}
      onKeyDown={press}
    >
      {rows.map(({ path, name, level, children }) => (
        <Row
          key={path}
          path={path}
          name={name}
          level={level}
          isOpen={children && isOpen(path)}
          isCurrent={path === current}
          isStop={path === stop}
          mark={markAt.get(path)}
          count={countAt.get(path)}
          lines={lit && linesAt.get(path)}
          title={lit?.title}
        />
      ))}
    </div>
  );
}

interface RowProps extends Pick<Entry, 'path' | 'name' | 'level'> {
  /** Of a folder. */
  readonly isOpen: boolean | undefined;
  readonly isCurrent: boolean;
  readonly isStop: boolean;
  readonly mark: ChangeKind | undefined;
  readonly count: LineCount | undefined;
  readonly lines: number | undefined;
  readonly title: string | undefined;
}

const Row = memo(function Row({ path, name, level, isOpen, isCurrent, isStop, mark, count, lines, title }: RowProps) {
  return (
    <div
      role="treeitem"
      className={`tree-row ${mark ? `mark-${mark}` : ''}`}
      data-path={path}
      style={{ paddingInlineStart: 10 + (level - 1) * 14 }}
      aria-level={level}
      aria-selected={isCurrent}
      aria-expanded={isOpen}
      tabIndex={isStop ? 0 : -1}
      title={path}
    >
      <Icon name={isOpen === undefined ? 'file' : 'chevron'} size={13} />
      <span className="tree-name">{name}</span>
      {mark && <span className="tree-mark">{MARK[mark]}</span>}
      {count && (
        <span className="tree-count">
          <span aria-hidden="true">{signed(count)}</span>
          <span className="sr">{lineCount(count)}</span>
        </span>
      )}
      {lines !== undefined && title !== undefined && (
        <span className="tree-lit">
          <span aria-hidden="true">{lines}</span>
          <span className="sr">{linesFrom(lines, title)}</span>
        </span>
      )}
    </div>
  );
});

function rowOf(tree: HTMLElement | null, path: string): HTMLElement | undefined {
  return [...(tree?.querySelectorAll<HTMLElement>('[role=treeitem]') ?? [])].find((item) => item.dataset.path === path);
}
