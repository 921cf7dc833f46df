/** Undo and redo as two stacks of named steps; pure. */
import type { History, Snapshot, Step } from './state.ts';

const KEPT = 100;
/** Steps of one merge key closer than this are one step. */
const MERGE_MS = 1200;

export const emptyHistory: History = { past: [], future: [] };

export function record(history: History, step: Step): History {
  const last = history.past.at(-1);
  const joins = last && step.merge !== undefined && last.merge === step.merge && step.at - last.at < MERGE_MS;
  const joined = joins ? { ...step, before: last.before } : step;
  const past = joins ? history.past.slice(0, -1) : history.past;
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
