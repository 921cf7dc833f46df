/** The project's name: also a distribution name, a folder and a hostname label. */
import type { Catalog } from './catalog.ts';
import { isDeviceName } from './paths.ts';

export const PROJECT_NAME = /^[a-z](?:[a-z0-9]|-(?=[a-z0-9])){1,49}$/;

export type NameRefusal = 'grammar' | 'distribution' | 'device';

/**
 * Why a project cannot be called that. A project with the name of a distribution it depends on would lose
 * that dependency in silence.
 */
export function refuseName(catalog: Catalog, name: string): NameRefusal | undefined {
  if (!PROJECT_NAME.test(name)) return 'grammar';
  if (isDeviceName(name)) return 'device';
  return catalog.pins.packages.some((pinned) => pinned.name === name) ? 'distribution' : undefined;
}

/** The allowed name nearest to what was typed, for a sentence that says what would work. */
export function suggestName(catalog: Catalog, typed: string): string {
  const base = typed
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 45)
    .replace(/-+$/, '');
  const candidates = [base, `${base || 'my'}-app`, 'my-app'];
  return candidates.find((candidate) => refuseName(catalog, candidate) === undefined) ?? 'my-app';
}
