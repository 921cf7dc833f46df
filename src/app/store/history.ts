/** Undo and redo as two stacks of named steps; pure. */
import type { History, Snapshot, Step } from './state.ts';

const KEPT = 100;
/** Steps of one merge key closer than this are one step: a burst of arrow keys. */
const MERGE_MS = 1200;
/** What is typed into a field from entering it to leaving it is one step, however slowly. */
const TYPED = 'typed:';
export const typedKey = (field: string, visit: number): string => `${TYPED}${visit}:${field}`;

export const emptyHistory: History = { past: [], future: [] };

export function record(history: History, step: Step): History {
  const last = history.past.at(-1);
  const isSame = last && step.merge !== undefined && last.merge === step.merge;
  const joins = isSame && (step.merge?.startsWith(TYPED) || step.at - last.at < MERGE_MS);
  const joined = joins ? { ...step, before: last.before } : step;
  const past = joins ? history.past.slice(0, -1) : history.past;
  // Typed, and typed back: nothing was done.
  if (joins && JSON.stringify(joined.before) === JSON.stringify(joined.after)) return { past, future: [] };
  return { past: [...past, joined].slice(-KEPT), future: [] };
}

export function back(history: History): { step: Step; to: Snapshot; history: History } | undefined {
  const step = history.past.at(-1);
  return (
    step && { step, to: step.before, history: { past: history.past.slice(0, -1), future: [...history.future, step] } }
  );
}

export function forward(history: History): { step: Step; to: Snapshot; history: History } | undefined {
  const step = history.future.at(-1);
  return (
    step && { step, to: step.after, history: { past: [...history.past, step], future: history.future.slice(0, -1) } }
  );
}

/** To where as many steps are done as asked for, over all between. */
export function go(history: History, done: number): { to: Snapshot; history: History } | undefined {
  let reached: { to: Snapshot; history: History } | undefined;
  for (let at = history; at.past.length !== done; at = reached.history) {
    const next = at.past.length > done ? back(at) : forward(at);
    if (!next) break;
    reached = next;
  }
  return reached;
}
