/** What would go along with a module, before it goes. */
import type { ModuleId } from '#core/module.ts';
import { drop, dropWithDependents, type Selection } from '#core/selection.ts';
import { wouldGoTogether } from '#words/consequences.ts';
import { titleOf } from '#words/en.ts';
import { staysFor, whyNotAddable, wouldRemove } from '#words/page.ts';
import { catalog } from '../../catalog.ts';
import { drawnOf, resolutionOf } from './derive.ts';

/** Modules, other than `id`, whose requirements bring it in. */
export function requirersOf(selection: Selection, id: ModuleId): ModuleId[] {
  const by = resolutionOf(selection)
    .edges.filter((edge) => edge.to === id)
    .map((edge) => edge.from);
  return [...new Set(by)];
}

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

/** What removing a module comes to, in words and as the project that would be left; none where it has to stay. */
export function removal(selection: Selection, id: ModuleId): { readonly words: string; readonly then?: Selection } {
  const title = titleOf(catalog, id);
  const module = catalog.modules.get(id);
  const by = requirersOf(selection, id);
  if (by.length === 0 || module?.always) {
    const then = drop(catalog, selection, id);
    const stays = module && whyNotAddable(module);
    return { words: stays ?? wouldRemove(catalog, title, leaving(selection, id, then)), then };
  }
  const then = dropWithDependents(catalog, selection, id);
  if (drawnOf(then).some(({ module }) => module.id === id)) return { words: staysFor(catalog, title, by) };
  return { words: wouldGoTogether(catalog, id, by, leaving(selection, id, then)), then };
}
