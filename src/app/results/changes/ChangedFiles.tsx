/** The files that differ, as a tree. */
import { useMemo } from 'react';
import type { FileChange } from '#core/compare.ts';
import { view as words } from '#words/changes.ts';
import { FileTree } from '../FileTree.tsx';
import { entriesOf, visible } from '../folders.ts';
import { countIn } from './differences.ts';

interface Props {
  readonly changes: readonly FileChange[];
  readonly current: string;
  readonly show: (path: string) => void;
  readonly hasLines: boolean;
}

export function ChangedFiles({ changes, current, show, hasLines }: Props) {
  const paths = useMemo(() => changes.map(({ path }) => path), [changes]);
  const marks = useMemo(() => new Map(changes.map(({ path, kind }) => [path, kind])), [changes]);
  const counts = useMemo(
    () => new Map(hasLines ? changes.map((change) => [change.path, countIn(change)]) : []),
    [changes, hasLines],
  );
  return (
    <FileTree label={words.files} paths={paths} current={current} open={show} marks={marks} counts={counts} allOpen />
  );
}

/** The one at the top of the tree. */
export function firstOf(changes: readonly FileChange[]): FileChange | undefined {
  const rows = visible(entriesOf(changes.map(({ path }) => path)), () => true);
  const path = rows.find(({ children }) => !children)?.path;
  return changes.find((change) => change.path === path);
}
