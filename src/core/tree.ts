/** The rendered files. */
import type { Span } from './marks.ts';
import type { ModuleId } from './module.ts';

export interface ProjectFile {
  readonly path: string;
  readonly content: string;
  /** Octal, as in `ls`. */
  readonly mode: '644' | '755';
  readonly spans: readonly Span[];
  /** Whose file it is, whoever else has lines in it; nobody's is the manifest. */
  readonly owner?: ModuleId;
}
/** Sorted by path. */
export type FileTree = readonly ProjectFile[];

/** Rendered last, from all the others. */
export const MANIFEST_PATH = 'stackwright.json';
/** Holds the secrets; the one file two downloads differ in. */
export const ENV_PATH = '.env';
export const isEnv = (path: string): boolean => path === ENV_PATH || path.endsWith(`/${ENV_PATH}`);
