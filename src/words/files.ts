/** What the Files tab says. */
import type { Catalog } from '#core/catalog.ts';
import type { Source } from '#core/facts.ts';
import type { OptionValues } from '#core/module.ts';
import { optionTitle, titleOf, valueTitle } from './en.ts';

const count = (many: number, one: string, several = `${one}s`): string =>
  `${many.toLocaleString('en')} ${many === 1 ? one : several}`;

/** A text from a link, short and without anything invisible. */
function shown(path: string): string {
  const visible = path.replace(/[^\x21-\x7e]/gu, '?');
  return visible.length > 80 ? `${visible.slice(0, 77)}...` : visible;
}

/** `Engine is PostgreSQL`, `Limits kept in Cache is on`. */
export function optionIs(catalog: Catalog, module: string, option: string, values: OptionValues): string {
  return `${optionTitle(catalog, module, option)} is ${valueTitle(catalog, module, option, values[option] ?? '')}`;
}

/** `Database`, or of an option `Database, because Engine is PostgreSQL`. */
export function sourceWords(catalog: Catalog, { module, option }: Source, values: OptionValues): string {
  const title = titleOf(catalog, module);
  return option === undefined ? title : `${title}, because ${optionIs(catalog, module, option, values)}`;
}

export const linesInFiles = (lines: number, inFiles: number): string =>
  `${count(lines, 'line')} in ${count(inFiles, 'file')}`;
export const linesFrom = (lines: number, title: string): string => `${count(lines, 'line')} from ${title}`;

export const files = {
  tree: 'Files of the project',
  loading: 'Loading the files…',
  retry: 'Try again',
  copy: 'Copy',
  copyFile: (path: string): string => `Copy ${path}`,
  linkFile: (path: string): string => `Copy link to ${path}`,
  linkLine: 'Copy link to this line',
  executable: 'executable',
  text: (path: string): string => `Text of ${path}`,
  keys: 'The up and down arrow keys go from line to line; below stands where each comes from.',
  line: (number: number): string => `Line ${number}`,
  noFile: (path: string): string => `There is no file ${shown(path)} in this project.`,
  noLine: (path: string, line: number, last: number): string =>
    `${shown(path)} ends with line ${last}, so there is no line ${line}.`,
  gone: (path: string): string => `${path} is not in the project as it stands.`,
  place: (path: string, line: number | undefined): string =>
    line === undefined ? `the link to ${path}` : `the link to line ${line} of ${path}`,
  /** Where a line comes from; module and option stand between as buttons. */
  from: 'from',
  because: ', because',
  and: 'and',
  everything: 'from the project as a whole',
  ask: 'Click a line to see which module and which option it comes from.',
  /** Which lines light up. */
  point: 'Select a module, or point at it, to see which lines come from it.',
  light: (inFiles: number, lines: number, source: string): string =>
    `${count(inFiles, 'file')}, ${count(lines, 'line')} ${lines === 1 && inFiles === 1 ? 'comes' : 'come'} from ${source}`,
  noLight: (source: string): string => `No line comes from ${source}`,
  listThese: 'List these',
  listAll: 'List all files',
} as const;

export const search = {
  label: 'Search in names and texts',
  clear: 'Clear the search',
  matchCase: 'Match case',
  results: 'Found',
  none: (query: string): string => `“${query}” stands in no name and no text.`,
  sum: ({ lines, names, inFiles, shown }: { lines: number; names: number; inFiles: number; shown: number }): string => {
    const what = [lines > 0 ? count(lines, 'line') : '', names > 0 ? count(names, 'name') : ''].filter(Boolean);
    const all = `${what.join(' and ')} in ${count(inFiles, 'file')}`;
    return shown < lines ? `${all}; the first ${shown} lines are listed` : all;
  },
} as const;

/** In the inspector: where a module's files and lines are. */
export const gives = {
  own: 'Files of its own',
  others: 'Lines in files of others',
  lines: (lines: number): string => count(lines, 'line'),
} as const;
