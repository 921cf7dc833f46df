/** The rendered files. */
import type { Span } from './marks.ts';

export interface ProjectFile {
  readonly path: string;
  readonly content: string;
  /** Octal, as in `ls`. */
  readonly mode: '644' | '755';
  readonly spans: readonly Span[];
}
/** Sorted by path. */
export type FileTree = readonly ProjectFile[];

/** Rendered last, from all the others. */
export const MANIFEST_PATH = 'stackwright.json';
/** Holds the secrets; the one file two downloads differ in. */
export const ENV_PATH = '.env';
