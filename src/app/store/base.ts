/** What the project is compared with: the same values for as long as they say the same. */
import type { Found } from '#core/compare.ts';
import { emptySelection, rename, type Selection } from '#core/selection.ts';
import { decode, encode } from '#core/share.ts';
import { catalog, presets, starter } from '../../catalog.ts';
import { renderingOf } from './derive.ts';
import type { Base, State } from './state.ts';
import type { Rendering } from './texts.ts';

const NOTHING = encode(catalog, emptySelection());
/** Enough for a session of comparing; renderings hang on these values. */
const KEPT = 50;
const known = new Map<string, Selection>();

function selectionOf(code: string, project?: string): Selection {
  const key = `${code} ${project ?? ''}`;
  const found = known.get(key);
  if (found) return found;
  const { selection } = decode(catalog, code);
  const named = project === undefined ? selection : rename(selection, project);
  if (known.size >= KEPT) known.clear();
  known.set(key, named);
  return named;
}

// The same values each time: what reads the store compares by identity.
const DOWNLOAD: Base = { kind: 'download' };
const OPENED: Base = { kind: 'opened' };
const NO_CHOICE: Base = { kind: 'nothing' };

type Said = Pick<State, 'selection' | 'ui'>;

/** The base in force: the one said, else what the project was opened as, else its last download, else none. */
export function baseIn({ selection, ui }: Said): Base | undefined {
  const isGone = ui.against?.kind === 'download' && ui.downloaded === undefined;
  if (ui.against && !isGone) return ui.against;
  if (ui.opened?.project === selection.project) return OPENED;
  return ui.downloaded === undefined ? undefined : DOWNLOAD;
}
/** What Changes compares with while there is no base: the project with nothing chosen. */
export const baseOrNothing = (state: Said): Base => baseIn(state) ?? NO_CHOICE;

/**
 * Named as the project is, where the base has no name of its own: another name would change most files. What was
 * opened is compared as it was, and so is no selection.
 */
export function selectionOfBase(base: Base, { selection: { project }, ui }: Said): Selection | undefined {
  switch (base.kind) {
    case 'opened':
      return undefined;
    case 'nothing':
      return selectionOf(NOTHING, project);
    case 'preset':
      return selectionOf((presets.find(({ id }) => id === base.id) ?? starter).code, project);
    case 'download':
      return selectionOf(ui.downloaded ?? NOTHING);
    case 'link':
      return selectionOf(base.code);
  }
}

export function baseSelection(state: Said): Selection | undefined {
  const base = baseIn(state);
  return base && selectionOfBase(base, state);
}

/** The files of the base, or `undefined` until the texts they are made of are loaded. */
export function filesOfBase(base: Base, state: Said & Pick<State, 'recorded'>): Rendering | Found | undefined {
  const selection = selectionOfBase(base, state);
  // The last download was of this project, and so made with what is recorded of it.
  if (selection) return renderingOf(selection, base.kind === 'download' ? state.recorded : undefined);
  return state.ui.opened;
}
