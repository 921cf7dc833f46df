/** From a selection to its files: the same functions as on the page. */
import { randomBytes } from 'node:crypto';
import { fill } from '#core/fill.ts';
import { hashFiles, projectHash } from '#core/hash.ts';
import { type History, plan } from '#core/plan.ts';
import { render } from '#core/render.ts';
import type { Problem, Resolution } from '#core/resolve.ts';
import type { FileTree } from '#core/tree.ts';
import { catalog, loadTexts } from '../catalog.ts';

export interface Project {
  readonly tree: FileTree;
  readonly hash: string;
}

/**
 * Problems that only show in the plan, else the project with its secrets filled in.
 * @param history of the project that this one takes the place of: what exists in its databases stays in order
 */
export async function compose(
  resolution: Resolution,
  history: History = {},
): Promise<Project | { readonly problems: readonly Problem[] }> {
  const rendered = await unfilled(resolution, history);
  if ('problems' in rendered) return rendered;
  return { ...rendered, tree: fill(rendered.tree, (count) => randomBytes(count)) };
}

/** The same with the slots of its secrets still open, for what compares and shows. */
export async function unfilled(
  resolution: Resolution,
  history: History = {},
): Promise<Project | { readonly problems: readonly Problem[] }> {
  const contents = await loadTexts(resolution);
  const planned = plan(catalog, resolution, contents, history);
  if (planned.problems.length > 0) return { problems: planned.problems };
  const tree = render(catalog, planned, contents, history);
  return { tree, hash: projectHash(hashFiles(tree)) };
}
