/**
 * Actions: everything a person can do, each one object that buttons, shortcuts and tests share, and the
 * only writers of the store.
 */
import type { ModuleId } from '#core/module.ts';
import type { Selection } from '#core/selection.ts';
import { consequence } from '#words/en.ts';
import { withConsequence } from '#words/page.ts';
import { catalog } from '../../catalog.ts';
import { settle } from '../layout/place.ts';
import { takenAhead } from './ahead.ts';
import { drawnOf, edgesOf, resolutionOf } from './derive.ts';
import { record } from './history.ts';
import type { History, Message, Positions, Snapshot, State, Step, Ui } from './state.ts';
import { getState, useComposer, write } from './store.ts';

export interface Action<A extends readonly unknown[] = []> {
  readonly name: string;
  /** Why it cannot be done now, as a sentence. */
  readonly refuse?: (state: State, ...args: A) => string | undefined;
  readonly run: (state: State, ...args: A) => void | Promise<void>;
}

export function defineAction<A extends readonly unknown[] = []>(action: Action<A>): Action<A> {
  return action;
}

/** Does it, or says why not. */
export function perform<A extends readonly unknown[]>(action: Action<A>, ...args: A): void {
  const state = getState();
  const refused = action.refuse?.(state, ...args);
  if (refused !== undefined) say(refused);
  else void action.run(state, ...args);
}

export function useRefusal<A extends readonly unknown[]>(action: Action<A>, ...args: A): string | undefined {
  return useComposer((state) => action.refuse?.(state, ...args));
}

/** A patch of the ui; `undefined` takes an optional field away. */
export type UiPatch = { readonly [K in keyof Ui]?: Ui[K] | undefined };

/** The same value where nothing changes. */
function patched(ui: Ui, patch: UiPatch): Ui {
  const changed = Object.entries(patch).filter(([part, value]) => ui[part as keyof Ui] !== value);
  if (changed.length === 0) return ui;
  const merged = Object.entries({ ...ui, ...Object.fromEntries(changed) }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(merged) as unknown as Ui;
}

/** Where nothing changes nobody is asked to look again. */
export function show(patch: UiPatch): void {
  const { ui } = getState();
  const next = patched(ui, patch);
  if (next !== ui) write({ ui: next });
}

/** Nothing on the page speaks of a module that is not drawn any more: no mark, no menu, no question, no edge being drawn. */
function withoutGone(ui: Ui, selection: Selection): UiPatch {
  const drawn = new Set(drawnOf(selection).map(({ module }) => module.id));
  const isGone = (id: ModuleId | undefined): boolean => id !== undefined && !drawn.has(id);
  const { dialog } = ui;
  return {
    ...(ui.picked.some(isGone) ? { picked: ui.picked.filter((id) => drawn.has(id)) } : {}),
    ...(isGone(ui.pointed) ? { pointed: undefined } : {}),
    ...(isGone(ui.menu?.module) ? { menu: undefined } : {}),
    ...(isGone(ui.connecting?.from) ? { connecting: undefined } : {}),
    ...((dialog?.kind === 'remove' || dialog?.kind === 'connect') && isGone(dialog.module)
      ? { dialog: undefined }
      : {}),
  };
}

/** One write for all of it: everything on the page that listens is asked once. */
export function takeStep(after: Snapshot, history: History, patch: UiPatch): void {
  const { ui } = getState();
  write({ ...after, history, ui: patched(ui, { preview: undefined, ...withoutGone(ui, after.selection), ...patch }) });
}

let messages = 0;
interface Saying {
  readonly visible?: boolean;
  readonly undoes?: Step;
}
export function message(text: string, { visible = true, undoes }: Saying = {}): Message {
  messages += 1;
  return { id: messages, text, visible, ...(undoes ? { undoes } : {}) };
}
export function say(text: string, how: Saying = {}): void {
  show({ message: message(text, how) });
}

export interface Doing {
  readonly name: string;
  readonly selection?: Selection;
  readonly positions?: Positions;
  /** Kept, unless another project is opened or begun. */
  readonly recorded?: Snapshot['recorded'];
  readonly merge?: string;
  /** Modules the name already speaks of. */
  readonly about?: readonly ModuleId[];
  /** Says it in these words instead of the name. */
  readonly words?: string;
  /** Typing is not said letter by letter. */
  readonly isTyped?: boolean;
  /** What of the page changes with it. */
  readonly show?: UiPatch;
}

/** Makes one undoable step. Nodes that are new get a place; those that were there stay where they are. */
export function commit(doing: Doing): void {
  const state = getState();
  const selection = doing.selection ? takenAhead(doing.selection) : state.selection;
  const positions = settle(doing.positions ?? state.positions, drawnOf(selection), edgesOf(selection));
  const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
  const before: Snapshot = { selection: state.selection, positions: state.positions, recorded: state.recorded };
  const after: Snapshot = {
    selection: same(selection, state.selection) ? state.selection : selection,
    positions,
    recorded: doing.recorded ?? state.recorded,
  };
  if (same(before, after)) {
    show(doing.show ?? {});
    return;
  }
  const step: Step = {
    name: doing.name,
    before,
    after,
    at: Date.now(),
    ...(doing.merge === undefined ? {} : { merge: doing.merge }),
  };
  const more = consequence(catalog, resolutionOf(state.selection), resolutionOf(selection), doing.about ?? []);
  const isPlain = more === '' && doing.words === undefined;
  const said = isPlain && doing.isTyped ? '' : withConsequence(doing.words ?? doing.name, more);
  takeStep(after, record(state.history, step), {
    ...doing.show,
    message: message(said, isPlain ? { visible: false } : { undoes: step }),
  });
}
