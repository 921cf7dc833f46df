/** Before the click: what a removal comes to. */
import type { Catalog } from '#core/catalog.ts';
import type { ModuleId } from '#core/module.ts';
import { list, titleOf } from './en.ts';
import { neededBy } from './page.ts';

/** Of a module that others need: who, and what would go with it. */
export function wouldGoTogether(catalog: Catalog, id: ModuleId, by: readonly ModuleId[], gone: readonly ModuleId[]) {
  const titles = list([id, ...gone].map((other) => titleOf(catalog, other)));
  return `${neededBy(catalog, titleOf(catalog, id), by)} Together they go: ${titles}.`;
}
