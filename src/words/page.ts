/** Sentences that only the page says. Those it shares with the command line are in `en.ts`. */
import type { Catalog } from '#core/catalog.ts';
import type { Module, ModuleId, ModuleKind } from '#core/module.ts';
import type { Edge } from '#core/resolve.ts';
import { list, titleOf } from './en.ts';

export const KIND: Readonly<
  Record<ModuleKind, { readonly one: string; readonly many: string; readonly empty: string }>
> = {
  service: { one: 'Service', many: 'Services', empty: 'What the app does. Add one from the list.' },
  component: { one: 'Component', many: 'Components', empty: 'How the app works.' },
  platform: { one: 'Platform service', many: 'Platform services', empty: 'Shared by several projects.' },
};

export const STANDING = {
  chosen: 'Chosen by you',
  added: 'Added because something needs it',
  always: 'In every project',
} as const;

/** The names of the edges that size them. */
export const panels = {
  leftWidth: 'Width of the modules',
  inspectorWidth: 'Width of the inspector',
  resultsHeight: 'Height of the results',
} as const;

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `Added Auth.`, or `Added Auth. Also added Database.` */
export function withConsequence(name: string, consequence: string): string {
  return consequence === '' ? sentence(name) : `${sentence(name)} Also ${consequence}.`;
}

/** `users are stored there; and …` */
export function reasons({ edges }: { readonly edges: readonly Pick<Edge, 'because'>[] }): string {
  return edges.map(({ because }) => because).join('; ');
}

export function whyNotAddable(module: Module): string | undefined {
  if (module.status === 'planned') return `${module.title} is planned: it cannot be added yet.`;
  return module.always ? `${module.title} is in every project.` : undefined;
}
export const alreadyChosen = (title: string): string => `${title} is in the project already.`;
export const keepsIt = (title: string): string =>
  `${title} is in because something needs it. Adding it keeps it when that goes.`;

/** Before the click: what an addition brings along. */
export function wouldAdd(catalog: Catalog, ids: readonly ModuleId[]): string {
  return ids.length === 0
    ? 'Brings nothing else along.'
    : `Brings along ${list(ids.map((id) => titleOf(catalog, id)))}.`;
}
/** Before the click: what a removal takes along. */
export function wouldRemove(catalog: Catalog, title: string, ids: readonly ModuleId[]): string {
  return ids.length === 0
    ? `Removing ${title} removes nothing else.`
    : `Removing ${title} also removes ${list(ids.map((id) => titleOf(catalog, id)))}, which nothing else needs.`;
}
export function staysFor(catalog: Catalog, title: string, by: readonly ModuleId[]): string {
  return `${title} stays, because ${list(by.map((id) => titleOf(catalog, id)))} ${by.length === 1 ? 'needs' : 'need'} it.`;
}
export function neededBy(catalog: Catalog, title: string, by: readonly ModuleId[]): string {
  return `${list(by.map((id) => titleOf(catalog, id)))} ${by.length === 1 ? 'needs' : 'need'} ${title}.`;
}
export function removeThese(catalog: Catalog, ids: readonly ModuleId[]): string {
  return `Remove ${list(ids.map((id) => titleOf(catalog, id)))}`;
}

export const did = {
  added: (title: string): string => `Added ${title}`,
  kept: (title: string): string => `Kept ${title} for itself`,
  removed: (titles: readonly string[]): string => `Removed ${list(titles)}`,
  renamed: (name: string): string => `Renamed the project to ${name}`,
  moved: (titles: readonly string[]): string => `Moved ${list(titles)}`,
  reset: (option: string, title: string): string => `Set ${title}’s ${option} back to its default`,
  tidied: 'Tidied the graph',
  repaired: (changes: string): string => `Repaired: ${changes.charAt(0).toLowerCase()}${changes.slice(1)}`,
  opened: 'Opened a link',
  emptied: 'Started over',
  undid: (name: string): string => `Undid: ${lower(name)}.`,
  redid: (name: string): string => `Did again: ${lower(name)}.`,
} as const;

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

export const undoTip = (name: string | undefined): string => (name ? `Undo: ${lower(name)}` : 'Nothing to undo');
export const redoTip = (name: string | undefined): string => (name ? `Redo: ${lower(name)}` : 'Nothing to redo');

export const download = {
  problems: (count: number): string =>
    count === 1
      ? 'One problem has to be settled before the download.'
      : `${count} problems have to be settled before the download.`,
  name: (typed: string, why: string): string =>
    `${typed === '' ? 'The field for the project’s name is empty.' : `“${typed}” cannot be the project’s name.`} ${why}`,
  failed: (reason: string): string => `The project could not be made: ${reason}`,
  offline: 'The texts of the modules could not be loaded. Check the connection and try again.',
  done: (name: string): string => `Downloaded ${name}.zip.`,
  busy: 'The zip is being made.',
} as const;

/** In the place of what holds only for a project without problems. */
export const unsettled = {
  mark: (count: number): string => `${problemCount(count)} to settle`,
  command: (count: number): string =>
    `There is a command as soon as ${count === 1 ? 'the problem above the graph is' : `the ${count} problems above the graph are`} settled. As the project stands, the command line refuses it and writes nothing.`,
  figures: (count: number): string =>
    `Files and hash stand here as soon as ${count === 1 ? 'the problem is' : `the ${count} problems are`} settled. Until then nobody gets a project from this link, only the same choice.`,
} as const;

export const command = {
  same: 'Both make the files shown here.',
  sameWithSecrets: 'Both make the files shown here, with fresh secrets in .env.',
  /** Around the code that a person writes instead. */
  origin: ['stackwright is the command line of a checkout of Stackwright. In its folder, write', 'in place of it.'],
  launcher: 'npm run --silent stackwright --',
} as const;

export const next = {
  title: (project: string): string => `${project}.zip is on its way`,
  unpack: 'Unpack it',
  /** Before the address of the running app. */
  open: 'Then open',
  more: 'The README inside says more.',
  secrets: 'The zip holds a .env with secrets made just now on this machine; nobody else has them.',
} as const;

export const diagram = { architecture: 'Architecture', requirements: 'Who needs what' } as const;

export const link = {
  copied: 'Copied the link. It opens this project anywhere.',
  cannotCopy: 'The browser would not copy it. Here is the link:',
  identical: 'The link was made with another catalog; the project is identical, file by file.',
  differs: 'The link was made with another catalog, and the project it makes now differs from the one it was made for.',
  changed: 'The link does not make the project it was made for: something in it was changed or could not be taken up.',
} as const;

export const notices = {
  title: 'About what was opened',
  storage: 'This browser does not let the page remember anything here; keep the link to come back.',
  stored: 'What this browser remembered of the project could not be read; it was left aside.',
} as const;

export const copied = (what: string): string => `Copied ${what}.`;
export const problemCount = (count: number): string => (count === 1 ? '1 problem' : `${count} problems`);
export const filesCount = (count: number): string => (count === 1 ? '1 file' : `${count} files`);
export const capital = upper;
