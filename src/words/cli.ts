/** The sentences only the command line says. What it shares with the page is in `en.ts`. */
import type { Catalog } from '#core/catalog.ts';
import { sh } from '#core/formats.ts';
import type { ManifestRefusal } from '#core/manifest.ts';
import type { ModuleId, ModuleKind, Requirement, TextOption } from '#core/module.ts';
import type { NextStep } from '#core/next.ts';
import type { Edge } from '#core/resolve.ts';
import type { Origin } from '#core/share.ts';
import { edge, list, titleOf } from './en.ts';

export const KIND_NAMES: Readonly<Record<ModuleKind, { one: string; many: string; command: string }>> = {
  service: { one: 'service', many: 'Services', command: 'services' },
  component: { one: 'component', many: 'Components', command: 'components' },
  platform: { one: 'platform service', many: 'Platform services', command: 'platform' },
};

/** A foreign text in a sentence: visible, on one line, and short. */
export function quoted(text: string): string {
  const visible = text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');
  return `“${visible.length > 60 ? `${visible.slice(0, 57)}…` : visible}”`;
}

/**
 * What stands for the command line on this machine: a checkout has no program called stackwright, so its
 * launcher says what to type there.
 */
export const program = (): string => process.env.STACKWRIGHT_PROGRAM ?? 'stackwright';

/** The report could not be printed; what was done before is done. */
export const unprinted = (reason: string, written: boolean): string =>
  `${written ? 'The project was written, but the report of it' : 'The answer'} could not be printed: ${reason}.`;

/** A command by a name there is none of. */
export function unknownCommand(typed: string, nearest: string | undefined, known: readonly string[]): string {
  const help = nearest === undefined ? `There is ${list(known)}.` : `Did you mean ${program()} ${nearest}?`;
  return `There is no command ${quoted(typed)}. ${help}`;
}

export const noCommand = (): string => `Say what to do: ${program()} init NAME, or see ${program()} --help`;
export const noName = (command: string): string => `The project needs a name, for example: ${command}`;
export const noTerminal =
  '--interactive asks on a terminal, and there is none here; leave it out and say everything as options.';
export const cancelled = 'Cancelled. Nothing was written.';

export function missing(catalog: Catalog, id: ModuleId, edges: readonly Edge[]): string {
  return `${titleOf(catalog, id)} is missing. ${edges.map((given) => `${edge(catalog, given)}.`).join(' ')}`;
}
export const wouldWork = 'This would work';

export const codeHas = (writes: boolean): string =>
  `${writes ? 'Nothing was written. ' : ''}Without those parts the code is:`;
export const codeUnreadable = (text: string): string =>
  `${quoted(text)} is not a share code; one looks like v1/my-app/ with module names behind it.`;
export const codeNewer = (text: string): string =>
  `The code is of version ${quoted(text)}, which this stackwright does not know; a newer one would.`;

export const notEmpty = (path: string): string =>
  `${path} is not empty. Give another folder with --output, or --force to replace the project’s files in it and keep all others.`;
export const notAFolder = (path: string): string => `${path} is there and is not a folder; give another with --output.`;
export const folderInTheWay = (path: string): string =>
  `${path} is a folder, and a file of the project has to go there; move it away.`;
export const fileInTheWay = (path: string, link: boolean): string =>
  `${path} is a ${link ? 'symbolic link' : 'file'}, and a folder of the project has to go there; move it away.`;
export const leftBehind = (path: string): string =>
  `Not everything could be moved back to its place; what was there before is in ${path}.`;
export const zipIsFolder = (path: string): string => `${path} is a folder; --zip needs the name of a file.`;
export const zipIsNoFile = (path: string): string => `${path} is not a file; --zip needs the name of a file.`;
export const zipExists = (path: string): string =>
  `${path} is there already; give another name, or --force to replace it.`;

const FAULTS: Readonly<Partial<Record<string, string>>> = {
  EACCES: 'there is no permission to write there',
  EPERM: 'there is no permission to write there',
  EROFS: 'that disk can only be read',
  ENOSPC: 'the disk is full',
  ENAMETOOLONG: 'the name is too long',
  EEXIST: 'something of that name is there already',
  ENOTDIR: 'a part of the path is a file',
  ENOENT: 'there is no such file or folder',
  ELOOP: 'its symbolic links go in a circle',
};
export const diskReason = (code: string): string =>
  (Object.hasOwn(FAULTS, code) && FAULTS[code]) || `the disk says ${code}`;
export const diskFault = (code: string, path: string): string => `${quoted(path)} cannot be used: ${diskReason(code)}.`;

export const manifestRefusal = (refusal: ManifestRefusal | 'absent' | 'a-folder', path: string): string => {
  switch (refusal) {
    case 'absent':
      return `${path} is not there; stackwright verify and share take the folder of a project that stackwright made.`;
    case 'a-folder':
      return `${path} is a folder, and stackwright writes a file there; this is no project it made.`;
    case 'not-json':
    case 'not-a-manifest':
      return `${path} is damaged: it is not what stackwright wrote.`;
    case 'newer-format':
      return `${path} is of a newer format than this stackwright knows.`;
  }
};

export const keptEnv = (path: string, lacking: readonly string[]): string =>
  lacking.length === 0 ? `${path} was kept as it is.` : `${path} was kept as it is; it lacks ${list(lacking)}.`;
const MOST_NAMED = 10;
/** Files of the project that stood in the folder before, and that this one has not. */
export const tookAway = (paths: readonly string[]): string =>
  paths.length > MOST_NAMED
    ? `Removed ${paths.length} files of the project that was here before, none of them changed since.`
    : `Removed, since this project has them no longer: ${list(paths)}.`;
export const leftOver = (path: string): string =>
  `${path} is of the project that was here before, and was changed since, so it was kept.`;
export const idle = (catalog: Catalog, id: ModuleId): string =>
  `${titleOf(catalog, id)} is not in this project, so its settings have no effect yet.`;

export const wrote = (project: string, files: number, path: string): string => `${project}: ${files} files in ${path}`;
export const hashIs = (hash: string): string => `Project hash  ${hash}`;
export const codeIs = (code: string): string => `Share code    ${code}`;
/** @param zip the zip to unpack first */
export const next = (folder: string, steps: readonly NextStep[], zip?: string): string[] => [
  'Next:',
  ...(zip === undefined ? [] : [`  unzip ${sh(zip)}`]),
  `  cd ${sh(folder)}`,
  ...steps.flatMap(({ lines }) => lines.map((line) => `  ${line}`)),
  'README.md says more.',
];
export const origin = (version: string, made: Origin, hash: string): string =>
  hash.startsWith(made.hash8)
    ? 'The files are identical to those the code was made from.'
    : `The files differ from those the code was made from: it was made with catalog ${made.catalog}, this is ${version}.`;

export const emptyCategory = 'nothing here yet';
export const always = 'always';
export const textOption = ({ maxLength, range, form }: TextOption): string =>
  range ? `a whole number from ${range.from} to ${range.to}` : (form?.is ?? `a text of up to ${maxLength} characters`);
export const listEnd = (command: string): string =>
  `Planned ones cannot be added yet. More: ${program()} ${command} --help`;
/** `needs Database: users are stored there`, with what switches the need on. */
export function need(catalog: Catalog, { need: id, because, when }: Requirement): string {
  const switched = when
    ? ` (with ${when.option}${when.is.every((value) => value === true) ? '' : ` ${list(when.is.map(String), 'or')}`})`
    : '';
  return `needs ${titleOf(catalog, id)}${switched}: ${because}`;
}

export const noFolder = (): string => `Say which project: ${program()} verify DIR`;
export const noShare = 'Say what to share: a name and modules as for init, a share code, or the folder of a project.';
export const intact = (files: number): string =>
  `All ${files} files are as they were made; .env and stackwright.json, which the hash leaves out, are not among them.`;
export const changedFile = (path: string): string => `${path} was changed.`;
export const changedMode = (path: string, was: string, now: string): string =>
  `${path} has another mode: ${now} in place of ${was}.`;
export const missingFile = (path: string): string => `${path} is missing.`;
export const manifestChanged = 'stackwright.json was changed: its project hash is not that of the files it lists.';
export const recordedHashIs = (hash: string): string => `Recorded      ${hash}`;

export const askName = 'What is the project called?';
const ASK_KIND: Readonly<Record<ModuleKind, string>> = {
  service: 'Which services? What they need is added for you.',
  component: 'Which components besides?',
  platform: 'Which central services?',
};
export const askKind = (kind: ModuleKind): string => ASK_KIND[kind];
export const askRepair = 'How should that be settled?';
export const askCancel = 'Cancel, and write nothing';
export const on = 'On';
export const off = 'Off';
export const askWrite = (path: string): string => `Write the project to ${path}?`;
export const summaryTitle = (files: number): string => `What you get: ${files} files`;
