/** Texts and the engine that renders them, on demand; afterwards a toggle renders at once. */
import { diagram } from '#core/diagrams.ts';
import { dependency, type FactKind } from '#core/facts.ts';
import type { Plan, History as Recorded } from '#core/plan.ts';
import type { Resolution } from '#core/resolve.ts';
import { type FileTree, MANIFEST_PATH } from '#core/tree.ts';
import { catalog, loadedTexts, loadTexts } from '../../catalog.ts';

export type Rendering =
  | {
      readonly ok: true;
      readonly plan: Plan;
      readonly tree: FileTree;
      readonly hash: string;
      /** What people call the kinds of facts that have such a name. */
      readonly titles: ReadonlyMap<string, string>;
    }
  | { readonly ok: false; readonly reason: string };

let engine: typeof import('./engine.ts') | undefined;

/** @throws where a chunk cannot be had, for one without a network on the first visit */
export async function load(resolution: Resolution): Promise<void> {
  const [loadedEngine] = await Promise.all([import('./engine.ts'), loadTexts(resolution)]);
  engine = loadedEngine;
}

export function isLoaded(resolution: Resolution): boolean {
  return engine !== undefined && loadedTexts(resolution) !== undefined;
}

export function renderIfLoaded(resolution: Resolution, recorded: Recorded): Rendering | undefined {
  const contents = loadedTexts(resolution);
  if (!engine || !contents) return undefined;
  try {
    const plan = engine.plan(catalog, resolution, contents, recorded);
    const tree = engine.render(catalog, plan, contents, recorded);
    const kinds = [
      ...[dependency, diagram].map((kind) => kind as unknown as FactKind),
      ...resolution.modules.flatMap(({ module }) => contents.get(module.id)?.kinds ?? []),
    ];
    const titles = new Map(kinds.flatMap(({ kind, title }) => (title === undefined ? [] : [[kind, title] as const])));
    return { ok: true, plan, tree, hash: hashIn(tree), titles };
  } catch (error) {
    // Only a module's author can cause this; the rest of the page goes on.
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** The manifest, rendered last, holds the project hash. */
function hashIn(tree: FileTree): string {
  const manifest = tree.find((file) => file.path === MANIFEST_PATH);
  return (JSON.parse(manifest?.content ?? '{}') as { hash?: string }).hash ?? '';
}
