/** Sentences about opening a project that exists already, and about how far it is what would be made now. */
import type { Moved, OpenRefusal } from '#core/opened.ts';
import { list } from './en.ts';

type How = 'zip' | 'manifest' | 'folder';

export const open = {
  title: 'Open a project',
  intro:
    'It comes back as its graph. You can also drop it anywhere on the page: the zip, its stackwright.json, or its folder.',
  file: 'Zip or stackwright.json',
  text: 'Or paste a link, a share code, or the text of a stackwright.json',
  action: 'Open',
  nothing: 'Paste something first.',
  one: 'Drop one project at a time.',
  drop: 'Drop a project’s zip, its stackwright.json or its folder',
  stays: 'Nothing leaves this machine.',
  already: 'This project is open already.',
  opened: (project: string, how: How): string => `Opened ${project} from its ${how}`,
  unloaded: 'What reads projects could not be loaded. Check the connection and try again.',
} as const;

/** Why nothing was opened; the project on the page stays as it is. */
export const OPEN_REFUSAL: Readonly<Record<OpenRefusal | 'no-code' | 'newer-code', string>> = {
  empty: 'The file is empty.',
  'not-text': 'This is neither a zip nor a text. A project is opened by its zip or its stackwright.json.',
  'too-large': 'This is larger than 20 MB when unpacked, so it was not opened.',
  'too-many': 'This holds more than 5,000 files, so it was not opened.',
  damaged: 'The zip is damaged, encrypted or cut short, so it was not opened.',
  'no-manifest': 'There is no stackwright.json in it, so there is no project to open.',
  several: 'It holds several projects. Open one of them by its stackwright.json.',
  unreadable: 'The browser could not read it.',
  'not-json': 'This is no stackwright.json: it cannot be read as JSON.',
  'not-a-manifest': 'This is not the stackwright.json of a project, or it was damaged.',
  'newer-format': 'This project was made with a later format, which this composer does not know.',
  'no-code': 'There is no link, share code or stackwright.json in this text.',
  'newer-code': 'This share code is of a later version, which this composer does not know.',
};

/** What the project opened says and what the catalog has, told one by one. */
export const opened = {
  contradicts:
    'The selection in its stackwright.json was changed by hand and is not that of its share code; the code was taken.',
  identical: (project: string, files: number, how: How): string =>
    how === 'manifest'
      ? `${project} is identical: its manifest lists the ${count(files)} that ${files === 1 ? 'is' : 'are'} made now.`
      : `${project} is identical: ${files === 1 ? 'its file is' : `all its ${count(files)} are`} as they are made now.`,
  edited: (moved: readonly Moved[], files: number): string =>
    `${moved.length} of its ${count(files)} ${moved.length === 1 ? 'is' : 'are'} not as ${moved.length === 1 ? 'it was' : 'they were'} made: ${some(moved)}.`,
  own: (files: number): string =>
    `It holds ${count(files)} of its own beside them, which stay${files === 1 ? 's' : ''} out of the comparison.`,
  moved: (moved: readonly Moved[], catalog: string): string =>
    `It was made with catalog ${catalog}. The present one makes ${differently(moved)}.`,
  sameCatalog: (moved: readonly Moved[]): string =>
    `What is made here now is not what it was made as: ${differently(moved)}.`,
  recorded:
    'Its migrations keep the order in which its databases have them. Everybody who opens this link begins a new project, in which that order may be another.',
  unmoved: 'Apart from that, it is what is made now.',
} as const;

/** For a link that was made with a catalog that is at hand. */
export const linkMoved = (moved: readonly Moved[], catalog: string): string =>
  `The link was made with catalog ${catalog}. The present one makes ${differently(moved)}.`;

export const compared = {
  show: 'Show the files',
  none: 'No project has been opened.',
} as const;

const count = (files: number): string => (files === 1 ? '1 file' : `${files} files`);
const differently = (moved: readonly Moved[]): string => `${count(moved.length)} differently: ${some(moved)}`;

/** A few by name; Changes has them all. */
function some(moved: readonly Moved[]): string {
  const named = moved.slice(0, 3).map(({ path }) => path);
  return list(moved.length > named.length ? [...named, `${moved.length - named.length} more`] : named);
}
