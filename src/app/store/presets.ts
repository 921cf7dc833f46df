/** What presets are made of. */
import type { ResolvedModule } from '#core/resolve.ts';
import { rename, type Selection } from '#core/selection.ts';
import { decode } from '#core/share.ts';
import { catalog, type Preset } from '../../catalog.ts';
import { KINDS } from '../layout/lanes.ts';
import { drawnOf } from './derive.ts';
import type { State } from './state.ts';

/** A preset names no project: whoever opens it keeps the name. */
export function selectionOfPreset({ code }: Preset, project: string): Selection {
  return rename(decode(catalog, code).selection, project);
}

/** What is in every project tells no preset from another, unless there is nothing else. */
export function contentsOf(preset: Preset): readonly ResolvedModule[] {
  const drawn = drawnOf(decode(catalog, preset.code).selection);
  const own = drawn.filter(({ module }) => !module.always);
  const rank = ({ module }: ResolvedModule): number => KINDS.indexOf(module.kind);
  return own.length > 0 ? own.toSorted((a, b) => rank(a) - rank(b)) : drawn;
}

/** On the first visit, until the person acts. */
export const isFirstVisit = ({ history, ui }: State): boolean =>
  ui.firstVisit === true && ui.nameDraft === undefined && history.past.length + history.future.length === 0;
