/** What the project is compared with, as a selection: the same value for as long as it says the same. */
import { emptySelection, rename, type Selection } from '#core/selection.ts';
import { decode, encode } from '#core/share.ts';
import { catalog, presets, starter } from '../../catalog.ts';
import type { Base, State } from './state.ts';

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
const NO_CHOICE: Base = { kind: 'nothing' };

/** The base in force: the one said, else the last download, else none. */
export function baseIn({ ui }: Pick<State, 'ui'>): Base | undefined {
  if (ui.against && (ui.against.kind !== 'download' || ui.downloaded !== undefined)) return ui.against;
  return ui.downloaded === undefined ? undefined : DOWNLOAD;
}
/** What Changes compares with while there is no base: the project with nothing chosen. */
export const baseOrNothing = (state: Pick<State, 'ui'>): Base => baseIn(state) ?? NO_CHOICE;

/** Named as the project is, where the base has no name of its own: another name would change most files. */
export function selectionOfBase(
  base: Base,
  { selection: { project }, ui }: Pick<State, 'selection' | 'ui'>,
): Selection {
  switch (base.kind) {
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

export function baseSelection(state: Pick<State, 'selection' | 'ui'>): Selection | undefined {
  const base = baseIn(state);
  return base && selectionOfBase(base, state);
}
