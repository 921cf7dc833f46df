/** Rendering: the plan and the modules' files become the file tree, each line with where it came from. */
import type { Catalog } from './catalog.ts';
import type { ContentFile, Contents } from './contents.ts';
import { architecture } from './diagrams.ts';
import type { Source } from './facts.ts';
import { makeManifest } from './manifest.ts';
import { Marker, spansOf } from './marks.ts';
import { APP_UNIT, type Condition, type ModuleId } from './module.ts';
import { pathKey, refusePath } from './paths.ts';
import type { History, Plan, PlannedFact, Unit } from './plan.ts';
import type { ResolvedModule } from './resolve.ts';
import { optionOf } from './selection.ts';
import { encode } from './share.ts';
import { type Context, contextOf, guarded, runTemplate, Tracked, TrackedList } from './template.ts';
import { type FileTree, MANIFEST_PATH, type ProjectFile } from './tree.ts';

/**
 * @throws only for an author's mistake: two owners of a path, an unknown name in a template
 */
export function render(catalog: Catalog, plan: Plan, contents: Contents, history: History = {}): FileTree {
  const units = plan.units.map((unit) => ({ unit, facts: factsOf(unit) }));
  const project = projectContext(catalog, plan, units);
  const owners = new Map<string, ModuleId>();
  const files: ProjectFile[] = [];
  for (const { unit, facts } of units) {
    for (const entry of plan.resolution.modules.filter(({ module }) => unit.modules.includes(module.id))) {
      const content = contents.get(entry.module.id);
      if (!content) throw new Error(`the texts of ${entry.module.id} are not loaded`);
      const context = moduleContext(entry, project, facts);
      for (const [path, file] of Object.entries(content.files)) {
        const condition = conditionFor(path, content.contribution.files);
        if (condition && !condition.is.includes(entry.options[condition.option] ?? '')) continue;
        const owner: Source = { module: entry.module.id, ...(condition ? { option: condition.option } : {}) };
        const passing = condition !== undefined || !entry.module.always;
        const place: Place = { path: `${unit.root}${path}`, mode: content.contribution.modes[path] ?? '644' };
        const rendered =
          'text' in file ? verbatim(place, file, owner) : renderFile(place, file, context, owner, passing);
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
  const refused = refusePath(path);
  if (refused) throw new Error(`${owner} has a file whose path ${refused}: ${path}`);
  const key = pathKey(path);
  const other = owners.get(key);
  if (other) throw new Error(`${path} has two owners: ${other} and ${owner}`);
  const folders = [...key.matchAll(/\//g)].map(({ index }) => key.slice(0, index));
  const inWay =
    owners.get(`${key}/`) ?? folders.map((folder) => owners.get(folder)).find((found) => found !== undefined);
  if (inWay) throw new Error(`${path} of ${owner} is a folder to ${inWay}, or the other way round`);
  owners.set(key, owner);
  for (const folder of folders) if (!owners.has(`${folder}/`)) owners.set(`${folder}/`, owner);
}

/** The condition of the file itself or of the nearest folder that has one. */
export function conditionFor(path: string, conditions: Readonly<Record<string, Condition>>): Condition | undefined {
  const folders = path.split('/').map((_, index, parts) => `${parts.slice(0, index).join('/')}/`);
  return [path, ...folders.reverse()].map((candidate) => conditions[candidate]).find((found) => found !== undefined);
}

type Place = Pick<ProjectFile, 'path' | 'mode'>;
type Verbatim = Extract<ContentFile, { readonly text: string }>;
type Template = Exclude<ContentFile, Verbatim>;

/** A file with nothing to fill in is one value in every rendering, so what was found out of it can be kept. */
const kept = new WeakMap<Verbatim, ProjectFile>();
function verbatim(place: Place, file: Verbatim, owner: Source): ProjectFile {
  const before = kept.get(file);
  if (before?.path === place.path && before.mode === place.mode && isSame(before.spans[0]?.from[0], owner))
    return before;
  const lines = file.text.split('\n').length - (file.text.endsWith('\n') ? 1 : 0);
  const made = {
    ...place,
    content: file.text,
    spans: [{ fromLine: 1, toLine: lines, from: [owner] }],
    owner: owner.module,
  };
  kept.set(file, made);
  return made;
}

const isSame = (a: Source | undefined, b: Source): boolean => a?.module === b.module && a.option === b.option;

function renderFile(
  { path, mode }: Place,
  file: Template,
  context: Context,
  owner: Source,
  passing: boolean,
): ProjectFile | undefined {
  const marker = new Marker();
  let marked: string;
  try {
    marked = runTemplate(file.template, context, marker);
  } catch (error) {
    throw new Error(`${owner.module}: ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const { text, spans } = marker.unmark(marked, owner, passing);
  // A template that has nothing to say here is not a file.
  return text.trim() === '' ? undefined : { path, mode, content: text, spans, owner: owner.module };
}

function projectContext(catalog: Catalog, plan: Plan, units: readonly { unit: Unit; facts: Facts }[]): Context {
  const { selection } = plan.resolution;
  const known = ({ module, option }: Source): boolean => {
    const declared = catalog.modules.get(module);
    return declared !== undefined && (option === undefined || optionOf(declared, option) !== undefined);
  };
  const said: Source[] = [
    ...selection.chosen.map((module) => ({ module })),
    ...Object.entries(selection.options).flatMap(([module, values]) =>
      Object.keys(values).map((option) => ({ module, option })),
    ),
  ].filter(known);
  const diagram = architecture(plan.resolution).map(({ value, from }) => ({
    context: guarded({ line: new Tracked(value, from) }, 'project.diagram'),
    from,
  }));
  return guarded(
    {
      name: new Tracked(selection.project, []),
      code: new Tracked(encode(catalog, selection), said),
      catalog: new Tracked(catalog.version, []),
      diagram: new TrackedList(diagram),
      units: new TrackedList(
        units.map(({ unit, facts }) => ({
          context: guarded(
            { id: new Tracked(unit.id, []), root: new Tracked(unit.root, []), plan: factsContext(facts) },
            'unit',
          ),
          from: unit.id === APP_UNIT ? [] : unit.modules.map((module) => ({ module })),
        })),
      ),
    },
    'project',
  );
}

/** A unit's facts by kind, each as templates see it. */
type Facts = ReadonlyMap<string, readonly { key: string; context: Context; from: readonly Source[] }[]>;

function factsOf(unit: Unit): Facts {
  const contexts = (kind: string, facts: readonly PlannedFact[]) =>
    facts.map(({ key, value, from }) => ({ key, context: contextOf(value, from, kind), from }));
  return new Map([...unit.facts].map(([kind, facts]) => [kind, contexts(kind, facts)]));
}

function factsContext(facts: Facts): Context {
  return guarded(Object.fromEntries([...facts].map(([kind, items]) => [kind, new TrackedList(items)])), 'plan');
}

function moduleContext(entry: ResolvedModule, project: Context, facts: Facts): Context {
  const { id } = entry.module;
  const options = Object.entries(entry.options).map(
    ([option, value]) => [option, new Tracked(value, [{ module: id, option }])] as const,
  );
  const given = [...facts].map(
    ([kind, items]) => [kind, items.filter(({ from }) => from.some((source) => source.module === id))] as const,
  );
  const own = given.map(([kind, items]) => {
    const byKey = Object.fromEntries(items.map(({ key, context }) => [key, context]));
    return [kind, guarded(byKey, `own.${kind}`)] as const;
  });
  return guarded(
    {
      project,
      plan: factsContext(facts),
      option: guarded(Object.fromEntries(options), `the options of ${id}`),
      own: guarded(Object.fromEntries(own), 'own'),
      gives: factsContext(new Map(given)),
    },
    'a template',
  );
}

function manifestFile(catalog: Catalog, plan: Plan, files: readonly ProjectFile[], history: History): ProjectFile {
  const content = `${JSON.stringify(makeManifest(catalog, plan, files, history), null, 2)}\n`;
  const everyone = plan.resolution.modules.map(({ module }): Source => ({ module: module.id }));
  const lines = content.split('\n').slice(0, -1);
  return { path: MANIFEST_PATH, content, mode: '644', spans: spansOf(lines.map(() => everyone)) };
}
