/** What differs between two projects, for the page and the command line. */
import type { FileChange, LineCount } from '#core/compare.ts';
import { list } from './en.ts';

export const MARK: Readonly<Record<FileChange['kind'], string>> = {
  added: 'added',
  changed: 'changed',
  removed: 'removed',
};

const files = (count: number): string => (count === 1 ? '1 file' : `${count} files`);
const lines = (count: number): string => (count === 1 ? '1 line' : `${count} lines`);

/** `12 files added, 3 changed, 1 removed`, and how many lines that is. */
export function summary(changes: readonly FileChange[], total?: LineCount): string {
  if (changes.length === 0) return same;
  const parts = (['added', 'changed', 'removed'] as const)
    .map((kind) => ({ kind, count: changes.filter((change) => change.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }, at) => `${at === 0 ? files(count) : count} ${MARK[kind]}`);
  return total ? `${parts.join(', ')}; ${signed(total)} lines` : parts.join(', ');
}
export const same = 'Nothing differs: both are the same, file by file.';
export const signed = ({ added, removed }: LineCount): string =>
  `+${added.toLocaleString('en')} −${removed.toLocaleString('en')}`;

/** For whoever does not see the signs: `3 lines added, 1 line removed`. */
export const lineCount = ({ added, removed }: LineCount): string =>
  [...(added > 0 ? [`${lines(added)} added`] : []), ...(removed > 0 ? [`${lines(removed)} removed`] : [])].join(', ');
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
  opened: 'The project you opened',
  presets: 'Presets',
  link: 'A link…',
  linkLabel: 'Link or share code to compare with',
  linkHint: 'Paste a link or a share code',
  linkEmpty: 'Paste the link of a project above, and what differs stands here.',
  loading: 'Loading what the project is compared with…',
  aside: 'Secrets in .env are left aside.',
  byHand: 'changed by hand',
  noLines: 'Of what you opened only the list of its files is at hand, not their lines. Open its zip to see those.',
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
