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

/** The base in force: the one said, else the last download, else none. */
export function baseIn({ ui }: Pick<State, 'ui'>): Base | undefined {
  if (ui.base && (ui.base.kind !== 'download' || ui.downloaded !== undefined)) return ui.base;
  return ui.downloaded === undefined ? undefined : { kind: 'download' };
}

/** Named as the project is, where the base has no name of its own: another name would change most files. */
export function baseSelection({ selection: { project }, ui }: Pick<State, 'selection' | 'ui'>): Selection | undefined {
  const base = baseIn({ ui });
  switch (base?.kind) {
    case 'nothing':
      return selectionOf(NOTHING, project);
    case 'preset':
      return selectionOf((presets.find(({ id }) => id === base.id) ?? starter).code, project);
    case 'download':
      return selectionOf(ui.downloaded ?? '');
    case 'link':
      return selectionOf(base.code);
    case undefined:
      return undefined;
  }
}
