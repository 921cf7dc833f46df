/** The file tree by the ARIA pattern: one tab stop, arrow keys within. */
import { useMemo, useRef, useState } from 'react';
import { Icon } from '../ui/Icon.tsx';
import { type Entry, entriesOf, visible } from './folders.ts';

interface Props {
  readonly paths: readonly string[];
  readonly current: string;
  readonly open: (path: string) => void;
}

/** Folders at the top are open at first, and those down to the current file. */
const isOpenAtFirst = (path: string, current: string): boolean => path === 'app/' || current.startsWith(path);

export function FileTree({ paths, current, open }: Props) {
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [focus, setFocus] = useState(current);
  const tree = useRef<HTMLDivElement>(null);
  const isOpen = (path: string): boolean => toggled.get(path) ?? isOpenAtFirst(path, current);
  const entries = useMemo(() => entriesOf(paths), [paths]);
  const rows = visible(entries, isOpen);
  const stop = rows.some(({ path }) => path === focus)
    ? focus
    : (rows.find(({ path }) => path === current)?.path ?? rows[0]?.path);

  const toggle = (path: string, to: boolean): void => setToggled(new Map([...toggled, [path, to]]));
  const goTo = (entry: Entry | undefined): void => {
    if (!entry) return;
    setFocus(entry.path);
    [...(tree.current?.querySelectorAll<HTMLElement>('[role=treeitem]') ?? [])]
      .find((item) => item.dataset.path === entry.path)
      ?.focus();
  };
  const press = (event: React.KeyboardEvent, entry: Entry, at: number): void => {
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
    <div ref={tree} className="tree scroll" role="tree" aria-label="Files of the project">
      {rows.map((entry, at) => (
        <div
          key={entry.path}
          role="treeitem"
          className="tree-row"
          data-path={entry.path}
          style={{ paddingInlineStart: 10 + (entry.level - 1) * 14 }}
          aria-level={entry.level}
          aria-selected={entry.path === current}
          aria-expanded={entry.children ? isOpen(entry.path) : undefined}
          tabIndex={entry.path === stop ? 0 : -1}
          title={entry.path}
          onClick={() => choose(entry)}
          onKeyDown={(event) => press(event, entry, at)}
        >
          <Icon name={entry.children ? 'chevron' : 'file'} size={13} />
          <span>{entry.name}</span>
        </div>
      ))}
    </div>
  );
}
