/** Rendering: the plan and the modules' files become the file tree, each line with where it came from. */
import type { Catalog } from './catalog.ts';
import type { ContentFile, Contents } from './contents.ts';
import { readsFor } from './context.ts';
import type { Source } from './facts.ts';
import { makeManifest } from './manifest.ts';
import { Marker, type Span, spansOf } from './marks.ts';
import type { Condition, ModuleId } from './module.ts';
import { pathKey, refusePath } from './paths.ts';
import type { History, Plan } from './plan.ts';
import type { Reads } from './reads.ts';
import { type Context, runTemplate } from './template.ts';
import { type FileTree, MANIFEST_PATH, type ProjectFile } from './tree.ts';

/**
 * @throws only for an author's mistake: two owners of a path, an unknown name in a template
 */
export function render(catalog: Catalog, plan: Plan, contents: Contents, history: History = {}): FileTree {
  const owners = new Map<string, ModuleId>();
  const files: ProjectFile[] = [];
  for (const { unit, readsOf } of readsFor(catalog, plan)) {
    for (const entry of plan.resolution.modules.filter(({ module }) => unit.modules.includes(module.id))) {
      const content = contents.get(entry.module.id);
      if (!content) throw new Error(`the texts of ${entry.module.id} are not loaded`);
      const reads = readsOf(entry);
      for (const [path, file] of Object.entries(content.files)) {
        const condition = conditionFor(path, content.contribution.files);
        if (condition && !condition.is.includes(entry.options[condition.option] ?? '')) continue;
        const place: Place = {
          path: `${unit.root}${path}`,
          mode: content.contribution.modes[path] ?? '644',
          owner: { module: entry.module.id, ...(condition ? { option: condition.option } : {}) },
          passing: condition !== undefined || !entry.module.always,
        };
        const rendered = 'text' in file ? verbatim(place, file) : renderFile(place, file, reads);
        if (!rendered) continue;
        claim(owners, rendered.path, entry.module.id);
        files.push(rendered);
      }
    }
  }
  claim(owners, MANIFEST_PATH, 'the engine');
  const byPath = (a: ProjectFile, b: ProjectFile): number => (a.path < b.path ? -1 : 1);
  return [...files, manifestFile(catalog, plan, files.sort(byPath), history)].sort(byPath);
}

/** Folders are claimed with a slash behind, by the first who has a file in them. */
function claim(owners: Map<string, string>, path: string, owner: string): void {
  const { refused, key, folders } = judged(path);
  if (refused) throw new Error(`${owner} has a file whose path ${refused}: ${path}`);
  const other = owners.get(key);
  if (other) throw new Error(`${path} has two owners: ${other} and ${owner}`);
  const inWay =
    owners.get(`${key}/`) ?? folders.map((folder) => owners.get(folder)).find((found) => found !== undefined);
  if (inWay) throw new Error(`${path} of ${owner} is a folder to ${inWay}, or the other way round`);
  owners.set(key, owner);
  for (const folder of folders) if (!owners.has(`${folder}/`)) owners.set(`${folder}/`, owner);
}

interface Judged {
  readonly refused: string | undefined;
  readonly key: string;
  readonly folders: readonly string[];
}
/** Paths are a catalog's own, so there are not many. */
const judgements = new Map<string, Judged>();
function judged(path: string): Judged {
  const before = judgements.get(path);
  if (before) return before;
  const key = pathKey(path);
  const folders = [...key.matchAll(/\//g)].map(({ index }) => key.slice(0, index));
  const made = { refused: refusePath(path), key, folders };
  judgements.set(path, made);
  return made;
}

/** The condition of the file itself or of the nearest folder that has one. */
export function conditionFor(path: string, conditions: Readonly<Record<string, Condition>>): Condition | undefined {
  if (Object.keys(conditions).length === 0) return undefined;
  const folders = path.split('/').map((_, index, parts) => `${parts.slice(0, index).join('/')}/`);
  return [path, ...folders.reverse()].map((candidate) => conditions[candidate]).find((found) => found !== undefined);
}

interface Place extends Pick<ProjectFile, 'path' | 'mode'> {
  readonly owner: Source;
  /** It is not in every project, so that its owner stands at every line. */
  readonly passing: boolean;
}
type Verbatim = Extract<ContentFile, { readonly text: string }>;
type Template = Exclude<ContentFile, Verbatim>;

const isSame = (a: Place, b: Place): boolean =>
  a.path === b.path &&
  a.mode === b.mode &&
  a.passing === b.passing &&
  a.owner.module === b.owner.module &&
  a.owner.option === b.owner.option;

/** A file with nothing to fill in is one value in every rendering, so what was found out of it can be kept. */
const copied = new WeakMap<Verbatim, { readonly place: Place; readonly file: ProjectFile }>();
function verbatim(place: Place, from: Verbatim): ProjectFile {
  const before = copied.get(from);
  if (before && isSame(before.place, place)) return before.file;
  const lines = from.text.split('\n').length - (from.text.endsWith('\n') ? 1 : 0);
  const spans = [{ fromLine: 1, toLine: lines, from: [place.owner] }];
  const file = fileOf(place, from.text, spans);
  copied.set(from, { place, file });
  return file;
}

interface Filled {
  readonly place: Place;
  readonly read: ReturnType<Reads['of']>['read'];
  readonly file: ProjectFile | undefined;
}
/** So is one whose template finds what it found before. */
const filled = new WeakMap<Template, Filled>();
function renderFile(place: Place, from: Template, reads: Reads): ProjectFile | undefined {
  const before = filled.get(from);
  if (before && isSame(before.place, place) && reads.isAsThen(before.read)) return before.file;
  const { made: file, read } = reads.of(() => fillIn(place, from, reads.context));
  filled.set(from, { place, read, file });
  return file;
}

function fillIn(place: Place, { template }: Template, context: Context): ProjectFile | undefined {
  const marker = new Marker();
  let marked: string;
  try {
    marked = runTemplate(template, context, marker);
  } catch (error) {
    throw new Error(`${place.owner.module}: ${place.path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const { text, spans } = marker.unmark(marked, place.owner, place.passing);
  // A template that has nothing to say here is not a file.
  return text.trim() === '' ? undefined : fileOf(place, text, spans);
}

const fileOf = ({ path, mode, owner }: Place, content: string, spans: readonly Span[]): ProjectFile => ({
  path,
  mode,
  content,
  spans,
  owner: owner.module,
});

function manifestFile(catalog: Catalog, plan: Plan, files: readonly ProjectFile[], history: History): ProjectFile {
  const content = `${JSON.stringify(makeManifest(catalog, plan, files, history), null, 2)}\n`;
  const everyone = plan.resolution.modules.map(({ module }): Source => ({ module: module.id }));
  const lines = content.split('\n').slice(0, -1);
  return { path: MANIFEST_PATH, content, mode: '644', spans: spansOf(lines.map(() => everyone)) };
}
