/** `stackwright.json`: the selection and what was made of it, inside the zip. */
import type { Catalog } from './catalog.ts';
import { type HashedFile, hashFiles, projectHash } from './hash.ts';
import { readHistory } from './history.ts';
import type { OptionValue } from './module.ts';
import { PROJECT_NAME } from './names.ts';
import type { History, Plan } from './plan.ts';
import { canonical, emptySelection, type Selection } from './selection.ts';
import { encode, MAX_MODULES } from './share.ts';
import type { ProjectFile } from './tree.ts';

export const MANIFEST_FORMAT = 1;

export interface Manifest {
  readonly stackwright: typeof MANIFEST_FORMAT;
  readonly code: string;
  readonly catalog: string;
  readonly hash: string;
  readonly selection: Selection;
  /** Keys of chained facts by kind, oldest first: what exists in databases out there. */
  readonly history: History;
  /** By path: mode and SHA-256, as `644 0123…`; a line a file, so that a diff of two manifests reads well. */
  readonly files: Readonly<Record<string, string>>;
}

export function makeManifest(catalog: Catalog, plan: Plan, files: readonly ProjectFile[], history: History): Manifest {
  const hashed = hashFiles(files);
  const { selection } = plan.resolution;
  return {
    stackwright: MANIFEST_FORMAT,
    code: encode(catalog, selection),
    catalog: catalog.version,
    hash: projectHash(hashed),
    selection,
    history: Object.assign({}, history, ...plan.units.map(({ chains }) => chains)) as History,
    files: Object.fromEntries(hashed.map(({ path, mode, sha256 }) => [path, `${mode} ${sha256}`])),
  };
}

const HASHED = /^[0-7]{3} [0-9a-f]{64}$/;

/** The files a manifest remembers. */
export function filesIn(manifest: Manifest): HashedFile[] {
  return Object.entries(manifest.files).map(([path, line]) => ({
    path,
    mode: line.slice(0, 3),
    sha256: line.slice(4),
  }));
}

export type ManifestRefusal = 'not-json' | 'not-a-manifest' | 'newer-format';

/** Reads a manifest from anywhere: whatever is not one is refused with a code, nothing is thrown. */
export function readManifest(text: string): Manifest | { readonly refusal: ManifestRefusal } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { refusal: 'not-json' };
  }
  if (!isRecord(value) || typeof value.stackwright !== 'number') return { refusal: 'not-a-manifest' };
  if (value.stackwright !== MANIFEST_FORMAT) return { refusal: 'newer-format' };
  const { code, catalog, hash, selection, files } = value;
  const history = readHistory(value.history);
  // They are printed and compared as they stand, so nothing else may come in with them.
  if (
    !isText(code, /^v\d+\/[\x21-\x7e]*$/) ||
    !isText(catalog, /^\d{8}-[0-9a-f]{8}$/) ||
    !isText(hash, /^[0-9a-f]{64}$/)
  ) {
    return { refusal: 'not-a-manifest' };
  }
  if (!isRecord(selection) || !isRecord(files) || !history) return { refusal: 'not-a-manifest' };
  return {
    stackwright: MANIFEST_FORMAT,
    code,
    catalog,
    hash,
    selection: readSelection(selection),
    history,
    files: record(files, (file) => (typeof file === 'string' && HASHED.test(file) ? file : undefined)),
  };
}

/** The selection as a manifest holds it; ids are not checked here, `resolve` reports unknown ones. */
function readSelection(value: Readonly<Record<string, unknown>>): Selection {
  const { project, chosen, options } = value;
  return canonical({
    project: typeof project === 'string' && PROJECT_NAME.test(project) ? project : emptySelection().project,
    // As many as a share code may name: each unknown one costs a problem with its repairs.
    chosen: isTexts(chosen) ? chosen.slice(0, MAX_MODULES) : [],
    options: isRecord(options)
      ? record(Object.fromEntries(Object.entries(options).slice(0, MAX_MODULES)), (values) =>
          isRecord(values)
            ? record(values, (item): OptionValue | undefined =>
                typeof item === 'string' || typeof item === 'boolean' ? item : undefined,
              )
            : undefined,
        )
      : {},
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown, shape: RegExp): value is string {
  return typeof value === 'string' && shape.test(value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function record<T>(
  value: Readonly<Record<string, unknown>>,
  read: (item: unknown) => T | undefined,
): Record<string, T> {
  const entries = Object.entries(value).flatMap(([key, item]) => {
    const taken = key === '__proto__' ? undefined : read(item);
    return taken === undefined ? [] : [[key, taken] as const];
  });
  return Object.fromEntries(entries);
}
