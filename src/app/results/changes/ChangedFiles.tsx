/** The files that differ, by folder: one tab stop, and the arrow keys walk through the differences. */
import { useRef } from 'react';
import type { FileChange } from '#core/compare.ts';
import { fileName, MARK, signed, view as words } from '#words/changes.ts';
import { byFolder, countIn } from './differences.ts';

interface Props {
  readonly changes: readonly FileChange[];
  readonly current: string;
  readonly show: (path: string) => void;
}

export function ChangedFiles({ changes, current, show }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const folders = byFolder(changes);
  const paths = folders.flatMap(([, files]) => files.map(({ path }) => path));
  const step = (event: React.KeyboardEvent): void => {
    const at = paths.indexOf(current);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: paths.length - 1 }[event.key];
    const path = to === undefined ? undefined : paths[to];
    if (path === undefined) return;
    event.preventDefault();
    show(path);
    [...(list.current?.querySelectorAll<HTMLElement>('[role=option]') ?? [])]
      .find((option) => option.dataset.path === path)
      ?.focus();
  };
  return (
    <div ref={list} className="tree scroll changed" role="listbox" aria-label={words.files} onKeyDown={step}>
      {folders.map(([folder, files]) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
        <div key={folder} role="group" aria-label={folder || '/'}>
          {folder && (
            <p className="changed-folder" aria-hidden="true">
              {folder}
            </p>
          )}
          {files.map((change) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the list's
            <div
              key={change.path}
              role="option"
              className="changed-file"
              data-path={change.path}
              aria-selected={change.path === current}
              aria-label={fileName(change, countIn(change))}
              tabIndex={change.path === current ? 0 : -1}
              title={change.path}
              onClick={() => show(change.path)}
            >
              <span className="changed-name">{change.path.slice(folder.length)}</span>
              <span className="changed-count">{signed(countIn(change))}</span>
              <span className={`mark ${change.kind}`}>{MARK[change.kind]}</span>
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
