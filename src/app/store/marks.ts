/** Which files are not as in what the project is compared with, for marks beside their names. */
import { useEffect } from 'react';
import { compareTrees, type FileChange } from '#core/compare.ts';
import type { Selection } from '#core/selection.ts';
import { loadBase } from '../actions/changes.ts';
import { perform } from './action.ts';
import { baseSelection } from './base.ts';
import { renderingOf } from './derive.ts';
import { useComposer, useLaterSelection } from './store.ts';

export type Mark = 'added' | 'changed';
export type Marks = ReadonlyMap<string, Mark>;

const NONE: Marks = new Map();
const compared = new WeakMap<Selection, WeakMap<Selection, readonly FileChange[]>>();
const marked = new WeakMap<readonly FileChange[], Marks>();

/** What differs, once for each two selections; `undefined` until both can be rendered. */
export function changesBetween(base: Selection, selection: Selection): readonly FileChange[] | undefined {
  const [before, after] = [renderingOf(base), renderingOf(selection)];
  if (!before?.ok || !after?.ok) return undefined;
  const ofBase = compared.get(base) ?? new WeakMap<Selection, readonly FileChange[]>();
  compared.set(base, ofBase);
  const changes = ofBase.get(selection) ?? compareTrees(before.tree, after.tree);
  ofBase.set(selection, changes);
  return changes;
}

/** By path; what was removed is in no tree to be marked. */
export function changeMarks(selection: Selection, base: Selection | undefined): Marks {
  const changes = base && changesBetween(base, selection);
  if (!changes) return NONE;
  const marks =
    marked.get(changes) ??
    new Map(changes.flatMap(({ path, kind }) => (kind === 'removed' ? [] : [[path, kind] as const])));
  marked.set(changes, marks);
  return marks;
}

/** Against the base chosen in Changes, or else the last download; none while there is neither. */
export function useMarks(): Marks {
  const base = useComposer(baseSelection);
  useEffect(() => {
    if (base) perform(loadBase, base);
  }, [base]);
  const selection = useLaterSelection();
  // The number of loads makes it read again when texts arrive.
  return useComposer(({ ui }) => (ui.texts.loads >= 0 ? changeMarks(selection, base) : NONE));
}
