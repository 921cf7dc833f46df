/** What would go along with a module, before it goes. */
import type { ModuleId } from '#core/module.ts';
import { drop, type Selection } from '#core/selection.ts';
import { catalog } from '../../catalog.ts';
import { drawnOf } from './derive.ts';

export function leaving(
  selection: Selection,
  id: ModuleId,
  next: Selection = drop(catalog, selection, id),
): ModuleId[] {
  const stays = new Set(drawnOf(next).map(({ module }) => module.id));
  return drawnOf(selection)
    .map(({ module }) => module.id)
    .filter((other) => other !== id && !stays.has(other));
}
