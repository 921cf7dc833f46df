/**
 * The catalog and the engine that renders it, as one module that outlives this build: an old link is read and rendered
 * by what it was made with. What stands here is asked of modules released long ago, so it only grows.
 */
import { type History, type Plan, plan as planWith } from '#core/plan.ts';
import { render as renderWith } from '#core/render.ts';
import { type Resolution, resolve as resolveWith } from '#core/resolve.ts';
import type { Selection } from '#core/selection.ts';
import { type Decoded, decode as decodeWith } from '#core/share.ts';
import type { FileTree } from '#core/tree.ts';
import { catalog, contentIds, loadContents } from './catalog.ts';

const contents = await loadContents(contentIds);

export const { version } = catalog;
export const modules = [...catalog.modules.values()];
export const decode = (code: string): Decoded => decodeWith(catalog, code);
export const resolve = (selection: Selection): Resolution => resolveWith(catalog, selection);
export const plan = (resolution: Resolution, history?: History): Plan =>
  planWith(catalog, resolution, contents, history);
export const render = (planned: Plan, history?: History): FileTree => renderWith(catalog, planned, contents, history);
