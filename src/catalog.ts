/** The catalog of this build, and its modules' contents on demand. The only file that knows where modules lie. */
import { contents as loaders, source } from 'virtual:catalog';
import { createCatalog } from '#core/catalog.ts';
import type { Contents, ModuleContent } from '#core/contents.ts';
import type { ModuleId } from '#core/module.ts';
import type { Resolution } from '#core/resolve.ts';
import listed from '../templates/presets.json' with { type: 'json' };

export const catalog = createCatalog(source);

/** A selection worth starting from. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Its share code, of the default project name. */
  readonly code: string;
}
/** The first is the starter of the first visit, and the three behind it stand beside it there. */
export const presets: readonly Preset[] = listed;
export const presetCodes: ReadonlyMap<string, string> = new Map(listed.map(({ id, code }) => [id, code]));
export const [starter] = listed as [Preset, ...Preset[]];

const loaded = new Map<ModuleId, ModuleContent>();

/** Contents of these modules, one chunk each; those already there cost nothing. */
export async function loadContents(ids: Iterable<ModuleId>): Promise<Contents> {
  await Promise.all(
    [...ids].map(async (id) => {
      const load = loaders[id];
      if (load && !loaded.has(id)) loaded.set(id, (await load()).content);
    }),
  );
  return loaded;
}

/** What rendering this resolution needs. */
export function loadTexts(resolution: Resolution): Promise<Contents> {
  return loadContents(resolution.modules.map(({ module }) => module.id));
}

/** The contents if all that a resolution needs are there already, so that a toggle shows in the same frame. */
export function loadedTexts(resolution: Resolution): Contents | undefined {
  return resolution.modules.every(({ module }) => loaded.has(module.id)) ? loaded : undefined;
}

/** Every module that has contents. */
export const contentIds: readonly ModuleId[] = Object.keys(loaders);
