/**
 * What the browser remembers: history and positions for the tab, a copy for each project name and the code of its
 * last download, what databases of an opened project hold, the last project, the theme, and how the page is arranged.
 * Whatever is read back is foreign data: selections come as share codes through `decode`, the rest is checked field by
 * field, and what does not fit is left aside.
 */
import { readHistory } from '#core/history.ts';
import type { Selection } from '#core/selection.ts';
import { decode } from '#core/share.ts';
import { catalog } from '../../catalog.ts';
import { codeOf, NOTHING_RECORDED } from './derive.ts';
import type { History, Point, Positions, Snapshot, State, Step, Theme } from './state.ts';
import { readView, type View, viewText } from './view.ts';

const TAB = 'stackwright/tab';
const LAST = 'stackwright/last';
const THEME = 'stackwright/theme';
const VIEW = 'stackwright/view';
const PROJECT = 'stackwright/project/';
const project = (name: string): string => `${PROJECT}${name}`;
const download = (name: string): string => `stackwright/download/${name}`;
const STEPS = 50;

export type Trouble = 'forbidden' | 'corrupt';
export interface Stored {
  readonly code: string;
  readonly positions: Positions;
  readonly recorded: Snapshot['recorded'];
  readonly history: History;
}

/** @returns the code of what stands under a name and can be read */
function standing(name: string): string | undefined {
  return unpacked(localStorage.getItem(project(name)) ?? '')?.code;
}

interface Keeping {
  /** Nothing can be stored later. */
  readonly isLeaving?: boolean;
  /** Something was done to the project under this name: who only came to it, by a link or an undo, takes nobody's place. */
  readonly isOwn?: boolean;
}

/** @returns whether it could be stored */
export function store(state: State, { isLeaving = false, isOwn = true }: Keeping = {}): boolean {
  const code = codeOf(state.selection);
  const { positions, recorded } = state;
  const history = {
    past: state.history.past.slice(-STEPS).map(packed),
    future: state.history.future.slice(-STEPS).map(packed),
  };
  const view = viewText(state);
  try {
    // Where it has no room, no older one may stand for it.
    sessionStorage.removeItem(TAB);
    sessionStorage.setItem(TAB, JSON.stringify({ code, positions, recorded, ...history }));
    sessionStorage.setItem(VIEW, view);
    localStorage.setItem(VIEW, view);
    const mayTake = isOwn || [undefined, code].includes(standing(state.selection.project));
    if (mayTake && (!state.ui.naming || isLeaving)) {
      localStorage.setItem(
        project(state.selection.project),
        JSON.stringify({ code, positions, recorded, at: Date.now() }),
      );
      localStorage.setItem(LAST, state.selection.project);
    }
    if (state.ui.downloaded !== undefined) localStorage.setItem(download(state.selection.project), state.ui.downloaded);
    localStorage.setItem(THEME, state.ui.theme);
    return true;
  } catch {
    return false;
  }
}

/** The projects under all names that hold something, the last used first. */
export function recentProjects(): Snapshot[] {
  try {
    const keys = Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index) ?? '');
    const found = keys.flatMap((key) => {
      const text = key.startsWith(PROJECT) ? (localStorage.getItem(key) ?? '') : '';
      const stored = unpacked(text);
      if (!stored) return [];
      const { selection } = decode(catalog, stored.code);
      const isSomething = selection.chosen.length > 0 || Object.keys(selection.options).length > 0;
      return isSomething && project(selection.project) === key
        ? [{ snapshot: { selection, positions: stored.positions, recorded: stored.recorded }, at: storedAt(text) }]
        : [];
    });
    return found.sort((a, b) => b.at - a.at).map(({ snapshot }) => snapshot);
  } catch {
    // A forbidden storage has been said already.
    return [];
  }
}

/** Whether another project stands under that name. One that holds the same is this one, under a name it had. */
export function isTaken(name: string, { project: present, ...held }: Selection): boolean {
  if (name === present) return false;
  const other = recentProjects().find(({ selection }) => selection.project === name)?.selection;
  return other !== undefined && codeOf(other) !== codeOf({ ...held, project: name });
}

/** When; what has no time is the oldest. */
function storedAt(text: string): number {
  const { at } = JSON.parse(text) as { at?: unknown };
  return typeof at === 'number' && Number.isFinite(at) ? at : 0;
}

function packed({ name, before, after, at, merge }: Step) {
  const snapshot = ({ selection, positions, recorded }: Snapshot) => ({
    code: codeOf(selection),
    positions,
    recorded,
  });
  return { name, before: snapshot(before), after: snapshot(after), at, merge };
}

export function recall(trouble: (kind: Trouble) => void): {
  tab?: Stored;
  last?: Stored;
  theme: Theme;
  view: View;
  of(name: string): Stored | undefined;
  /** The code of its last download, as it was written: only `decode` may read it. */
  downloaded(name: string): string | undefined;
} {
  const read = (storage: () => Storage, key: string): string | null => {
    try {
      return storage().getItem(key);
    } catch {
      trouble('forbidden');
      return null;
    }
  };
  const stored = (storage: () => Storage, key: string): Stored | undefined => {
    const text = read(storage, key);
    if (text === null) return undefined;
    const value = unpacked(text);
    if (!value) trouble('corrupt');
    return value;
  };
  const local = (): Storage => localStorage;
  const tab = stored(() => sessionStorage, TAB);
  const name = read(local, LAST);
  const last = name === null ? undefined : stored(local, project(name));
  const theme = read(local, THEME);
  return {
    ...(tab ? { tab } : {}),
    ...(last ? { last } : {}),
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    // This tab's own, else that of whichever tab was arranged last.
    view: readView(read(() => sessionStorage, VIEW) ?? read(local, VIEW)),
    of: (other) => stored(local, project(other)),
    downloaded: (other) => read(local, download(other)) ?? undefined,
  };
}

function unpacked(text: string): Stored | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || typeof value.code !== 'string') return undefined;
  const positions = readPositions(value.positions);
  if (!positions) return undefined;
  const past = readSteps(value.past);
  const future = readSteps(value.future);
  return {
    code: value.code,
    positions,
    recorded: readHistory(value.recorded) ?? NOTHING_RECORDED,
    history: { past, future },
  };
}

function readPositions(value: unknown): Positions | undefined {
  if (!isRecord(value)) return undefined;
  const entries = Object.entries(value).filter(
    (entry): entry is [string, Point] => catalog.modules.has(entry[0]) && isPoint(entry[1]),
  );
  return Object.fromEntries(entries.map(([id, { x, y }]) => [id, { x, y }]));
}

/** A history with one step that cannot be read is no history. */
function readSteps(value: unknown): Step[] {
  if (!Array.isArray(value)) return [];
  const steps = value.slice(-STEPS).map((step: unknown): Step | undefined => {
    if (!isRecord(step) || typeof step.name !== 'string' || typeof step.at !== 'number') return undefined;
    const [before, after] = [readSnapshot(step.before), readSnapshot(step.after)];
    if (!before || !after) return undefined;
    return { name: step.name.slice(0, 200), before, after, at: step.at };
  });
  return steps.every((step) => step !== undefined) ? steps : [];
}

function readSnapshot(value: unknown): Snapshot | undefined {
  if (!isRecord(value) || typeof value.code !== 'string') return undefined;
  const positions = readPositions(value.positions);
  const { selection, notices } = decode(catalog, value.code);
  const recorded = readHistory(value.recorded) ?? NOTHING_RECORDED;
  return positions && notices.length === 0 ? { selection, positions, recorded } : undefined;
}

function isPoint(value: unknown): value is Point {
  return isRecord(value) && isNumber(value.x) && isNumber(value.y);
}
const isNumber = (value: unknown): boolean => typeof value === 'number' && Math.abs(value) < 1e5;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
