/** Rendering: the plan and the modules' files become the file tree, each line with where it came from. */
import type { Catalog } from './catalog.ts';
import type { ContentFile, Contents } from './contents.ts';
import { architecture } from './diagrams.ts';
import type { Source } from './facts.ts';
import { makeManifest } from './manifest.ts';
import { Marker, spansOf } from './marks.ts';
import { APP_UNIT, type Condition, type ModuleId } from './module.ts';
import { pathKey, refusePath } from './paths.ts';
import type { History, Plan, Unit } from './plan.ts';
import type { ResolvedModule } from './resolve.ts';
import { optionOf } from './selection.ts';
import { encode } from './share.ts';
import { type Context, contextOf, guarded, runTemplate, Tracked, TrackedList } from './template.ts';
import { type FileTree, MANIFEST_PATH, type ProjectFile } from './tree.ts';

/**
 * @throws only for an author's mistake: two owners of a path, an unknown name in a template
 */
export function render(catalog: Catalog, plan: Plan, contents: Contents, history: History = {}): FileTree {
  const project = projectContext(catalog, plan);
  const owners = new Map<string, ModuleId>();
  const files: ProjectFile[] = [];
  for (const unit of plan.units) {
    const facts = factsContext(unit);
    for (const entry of plan.resolution.modules.filter(({ module }) => unit.modules.includes(module.id))) {
      const content = contents.get(entry.module.id);
      if (!content) throw new Error(`the texts of ${entry.module.id} are not loaded`);
      const context = moduleContext(entry, unit, project, facts);
      for (const [path, file] of Object.entries(content.files)) {
        const condition = conditionFor(path, content.contribution.files);
        if (condition && !condition.is.includes(entry.options[condition.option] ?? '')) continue;
        const owner: Source = { module: entry.module.id, ...(condition ? { option: condition.option } : {}) };
        const passing = condition !== undefined || !entry.module.always;
        const rendered = renderFile(`${unit.root}${path}`, file, context, owner, passing);
        if (!rendered) continue;
        claim(owners, rendered.path, entry.module.id);
        files.push({ ...rendered, mode: content.contribution.modes[path] ?? '644' });
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

function renderFile(
  path: string,
  file: ContentFile,
  context: Context,
  owner: Source,
  passing: boolean,
): Omit<ProjectFile, 'mode'> | undefined {
  if ('text' in file) {
    const lines = file.text.split('\n').length - (file.text.endsWith('\n') ? 1 : 0);
    return { path, content: file.text, spans: [{ fromLine: 1, toLine: lines, from: [owner] }] };
  }
  const marker = new Marker();
  let marked: string;
  try {
    marked = runTemplate(file.template, context, marker);
  } catch (error) {
    throw new Error(`${owner.module}: ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const { text, spans } = marker.unmark(marked, owner, passing);
  // A template that has nothing to say here is not a file.
  return text.trim() === '' ? undefined : { path, content: text, spans };
}

function projectContext(catalog: Catalog, plan: Plan): Context {
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
        plan.units.map((unit) => ({
          context: guarded(
            { id: new Tracked(unit.id, []), root: new Tracked(unit.root, []), plan: factsContext(unit) },
            'unit',
          ),
          from: unit.id === APP_UNIT ? [] : unit.modules.map((module) => ({ module })),
        })),
      ),
    },
    'project',
  );
}

function factsContext(unit: Unit): Context {
  const kinds = [...unit.facts].map(([kind, facts]) => {
    const items = facts.map(({ value, from }) => ({ context: contextOf(value, from, kind), from }));
    return [kind, new TrackedList(items)] as const;
  });
  return guarded(Object.fromEntries(kinds), 'plan');
}

function moduleContext(entry: ResolvedModule, unit: Unit, project: Context, plan: Context): Context {
  const { id } = entry.module;
  const options = Object.entries(entry.options).map(
    ([option, value]) => [option, new Tracked(value, [{ module: id, option }])] as const,
  );
  const own = [...unit.facts].map(([kind, facts]) => {
    const given = facts.filter(({ from }) => from.some((source) => source.module === id));
    return [
      kind,
      guarded(
        Object.fromEntries(given.map(({ key, value, from }) => [key, contextOf(value, from, kind)])),
        `own.${kind}`,
      ),
    ] as const;
  });
  return guarded(
    {
      project,
      plan,
      option: guarded(Object.fromEntries(options), `the options of ${id}`),
      own: guarded(Object.fromEntries(own), 'own'),
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
