/** What the page says of projects beside the open one. */
import type { Catalog } from '#core/catalog.ts';
import type { Selection } from '#core/selection.ts';
import { list, titleOf } from './en.ts';

export const projects = {
  button: 'Projects',
  fresh: 'New project',
  duplicate: 'Duplicate this project',
  began: (name: string): string => `Began the project ${name}`,
  duplicated: (from: string, to: string): string => `Duplicated ${from} as ${to}`,
  open: (name: string): string => `Open ${name}`,
  opened: (name: string): string => `Opened ${name}`,
  preset: (title: string): string => `Preset: ${title}`,
  taken: (name: string): string => `${name} is another of your projects; it can be opened in the menu beside.`,
  isFresh: 'This is a new project already.',
} as const;

/** What a project holds, in a few words. */
export function holds(catalog: Catalog, { chosen }: Selection): string {
  return chosen.length === 0 ? 'Nothing chosen' : list(chosen.map((id) => titleOf(catalog, id)));
}
