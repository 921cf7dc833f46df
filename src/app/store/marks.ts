/** Which files are not as in what the project is compared with, for marks beside their names. */
import { useEffect } from 'react';
import { type ChangeKind, changesSince, compareTrees, type FileChange, type Found } from '#core/compare.ts';
import type { FileTree } from '#core/tree.ts';
import { loadBase } from '../actions/changes.ts';
import { perform } from './action.ts';
import { baseIn, baseSelection, filesOfBase } from './base.ts';
import { renderingOf } from './derive.ts';
import type { State } from './state.ts';
import { useComposer, useLaterSelection } from './store.ts';
import type { Rendering } from './texts.ts';

export type Marks = ReadonlyMap<string, ChangeKind>;

const NONE: Marks = new Map();
const compared = new WeakMap<Rendering | Found, WeakMap<FileTree, readonly FileChange[]>>();
const marked = new WeakMap<readonly FileChange[], Marks>();

/** What differs, once for each two; `undefined` until both can be rendered. */
export function changesBetween(
  before: Rendering | Found | undefined,
  after: Rendering | undefined,
): readonly FileChange[] | undefined {
  if (!before || !after?.ok || ('ok' in before && !before.ok)) return undefined;
  const ofBase = compared.get(before) ?? new WeakMap<FileTree, readonly FileChange[]>();
  compared.set(before, ofBase);
  const changes =
    ofBase.get(after.tree) ??
    ('ok' in before ? compareTrees(before.tree, after.tree) : changesSince(before, after.tree));
  ofBase.set(after.tree, changes);
  return changes;
}

/** By path; what was removed is in no tree to be marked. */
export function changeMarks(before: Rendering | Found | undefined, after: Rendering | undefined): Marks {
  const changes = changesBetween(before, after);
  if (!changes) return NONE;
  const marks =
    marked.get(changes) ??
    new Map(changes.flatMap(({ path, kind }) => (kind === 'removed' ? [] : [[path, kind] as const])));
  marked.set(changes, marks);
  return marks;
}

function marksIn(state: State): Marks {
  const base = baseIn(state);
  return base ? changeMarks(filesOfBase(base, state), renderingOf(state.selection, state.recorded)) : NONE;
}

/** Against the base chosen in Changes, or else what was opened or downloaded last; none while there is neither. */
export function useMarks(): Marks {
  const base = useComposer(baseSelection);
  useEffect(() => {
    if (base) perform(loadBase, base);
  }, [base]);
  const selection = useLaterSelection();
  // The number of loads makes it read again when texts arrive.
  return useComposer((state) => (state.ui.texts.loads >= 0 ? marksIn({ ...state, selection }) : NONE));
}
