/** What differs between two projects, for the page and the command line. */
import type { FileChange } from '#core/compare.ts';
import type { LineCount } from '#core/diff.ts';
import { list } from './en.ts';

export const MARK: Readonly<Record<FileChange['kind'], string>> = {
  added: 'added',
  changed: 'changed',
  removed: 'removed',
};

const files = (count: number): string => (count === 1 ? '1 file' : `${count} files`);
const lines = (count: number): string => (count === 1 ? '1 line' : `${count} lines`);

/** `12 files added, 3 changed, 1 removed`, and how many lines that is. */
export function summary(changes: readonly FileChange[], total: LineCount): string {
  if (changes.length === 0) return same;
  const parts = (['added', 'changed', 'removed'] as const)
    .map((kind) => ({ kind, count: changes.filter((change) => change.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }, at) => `${at === 0 ? files(count) : count} ${MARK[kind]}`);
  return `${parts.join(', ')}; ${signed(total)} lines`;
}
export const same = 'Nothing differs: both are the same, file by file.';
export const signed = ({ added, removed }: LineCount): string =>
  `+${added.toLocaleString('en')} −${removed.toLocaleString('en')}`;

/** For whoever does not see the colours: `app/main.py, changed, 3 lines added, 1 line removed`. */
export function fileName({ path, kind }: FileChange, count: LineCount): string {
  return [
    path,
    MARK[kind],
    ...(count.added > 0 ? [`${lines(count.added)} added`] : []),
    ...(count.removed > 0 ? [`${lines(count.removed)} removed`] : []),
  ].join(', ');
}
export const nowExecutable = 'now executable';
export const noLongerExecutable = 'no longer executable';
export const onlyMode = (isExecutable: boolean): string =>
  `The text is the same; only the mode is another: the file is ${isExecutable ? nowExecutable : noLongerExecutable}.`;
export const isEmpty = 'The file is empty.';

export const base = {
  label: 'Compare with',
  nothing: 'Nothing chosen',
  download: 'The last download',
  noDownload: 'The last download (none yet)',
  presets: 'Presets',
  link: 'A link…',
  linkLabel: 'Link or share code to compare with',
  linkHint: 'Paste a link or a share code',
  linkEmpty: 'Paste the link of a project above, and what differs stands here.',
  loading: 'Loading what the project is compared with…',
  drifted: 'The download was made by another version of Stackwright. It is shown as this version makes it.',
} as const;

export const view = {
  label: 'How differences are shown',
  unified: 'Unified',
  split: 'Side by side',
  files: 'Changed files',
  ofFile: (path: string): string => `Differences of ${path}`,
  unfold: (count: number): string => `Show ${count} lines that are the same`,
  before: 'Before',
  after: 'After',
  text: 'Text',
  unended: 'No newline at the end of the file',
  facts: 'Dependencies, settings and more',
  came: (keys: readonly string[]): string => `added ${list(keys)}`,
  went: (keys: readonly string[]): string => `removed ${list(keys)}`,
  copyPatch: 'Copy the patch',
  savePatch: 'Save the patch',
  patch: 'the patch',
  unpatched: (paths: readonly string[]): string =>
    `The patch leaves out ${list(paths)}, which ${paths.length === 1 ? 'holds' : 'hold'} secrets of your own.`,
} as const;
