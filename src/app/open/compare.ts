/** What was opened against what is made now, in sentences and for Changes. Loaded when there is something to compare. */
import { hashFiles, projectHash } from '#core/hash.ts';
import { filesIn, type Manifest } from '#core/manifest.ts';
import { movedFiles, standingOf } from '#core/opened.ts';
import { type FileTree, isEnv, MANIFEST_PATH, type ProjectFile } from '#core/tree.ts';
import { linkMoved, opened as words } from '#words/open.ts';
import { link as linkWords } from '#words/page.ts';
import { catalog } from '../../catalog.ts';
import type { Made, Opened } from '../store/state.ts';
import { bundleOf } from './bundles.ts';

export interface Told {
  readonly notices: readonly string[];
  readonly opened?: Opened;
  readonly differs?: true;
}
type OpenedFiles = NonNullable<NonNullable<Made['project']>['files']>;

/** @param isSame whether both have one project hash */
export async function compare(made: Made, tree: FileTree, isSame: boolean): Promise<Told> {
  if (made.project) return project(made, made.project, tree);
  if (isSame) return { notices: [linkWords.identical] };
  if (made.catalog === catalog.version) return { notices: [linkWords.changed] };
  const before = await treeThen(made);
  if (!before) return { notices: [linkWords.differs] };
  if (!projectHash(hashFiles(before)).startsWith(made.hash)) return { notices: [linkWords.changed] };
  const moved = movedFiles(hashFiles(before), hashFiles(tree));
  return {
    notices: [linkMoved(moved, made.catalog)],
    opened: { project: made.selection.project, files: listed(hashFiles(before)), tree: before, edited: [] },
    differs: true,
  };
}

/** What the same code made with the catalog it was made with, if that is at hand. */
async function treeThen({ catalog: version, code, project }: Made): Promise<FileTree | undefined> {
  const bundle = await bundleOf(version);
  if (!bundle) return undefined;
  try {
    const history = project?.manifest.history;
    return bundle.render(bundle.plan(bundle.resolve(bundle.decode(code).selection), history), history);
  } catch {
    // It was released long ago; nobody can mend it.
    return undefined;
  }
}

async function project(
  made: Made,
  { manifest, how, files }: NonNullable<Made['project']>,
  tree: FileTree,
): Promise<Told> {
  const { edited, own, moved } = standingOf(manifest, files, hashFiles(tree));
  const recorded = filesIn(manifest);
  const isOfThis = made.catalog === catalog.version;
  const notices = [
    ...(edited.length > 0 ? [words.edited(edited, recorded.length)] : []),
    ...(moved.length > 0 ? [isOfThis ? words.sameCatalog(moved) : words.moved(moved, made.catalog)] : []),
    ...(moved.length === 0 && edited.length > 0 ? [words.unmoved] : []),
    ...(moved.length + edited.length === 0 ? [words.identical(manifest.selection.project, recorded.length, how)] : []),
    ...(own > 0 ? [words.own(own)] : []),
  ];
  const modes = new Map(recorded.map(({ path, mode }) => [path, mode]));
  const left = files?.filter(({ path }) => modes.has(path));
  const before = files
    ? textsOf(files, modes)
    : manifestAlone(manifest, moved.length === 0 ? tree : await treeThen(made));
  const opened: Opened = {
    project: made.selection.project,
    // Some archives and systems keep no modes.
    files: left ? listed(left.map((file) => ({ ...file, mode: file.mode ?? modes.get(file.path) }))) : manifest.files,
    ...(before ? { tree: before } : {}),
    edited: edited.map(({ path }) => path),
  };
  return { notices, opened, ...(moved.length + edited.length > 0 ? { differs: true } : {}) };
}

function listed(files: readonly { path: string; mode?: string | undefined; sha256: string }[]): Opened['files'] {
  return Object.fromEntries(files.map(({ path, mode, sha256 }) => [path, `${mode} ${sha256}`]));
}

/** The tree, if it is the one that the manifest lists; the manifest itself is as it was opened. */
function manifestAlone(manifest: Manifest, tree: FileTree | undefined): FileTree | undefined {
  if (!tree || movedFiles(filesIn(manifest), hashFiles(tree)).length > 0) return undefined;
  const content = `${JSON.stringify(manifest, null, 2)}\n`;
  return tree.map((file) => (file.path === MANIFEST_PATH ? { ...file, content } : file));
}

/** None at all where one that was made is no text by now: what no line can be told of, no patch could mend. */
function textsOf(files: OpenedFiles, modes: ReadonlyMap<string, string>): FileTree | undefined {
  const tree: ProjectFile[] = [];
  for (const { path, mode = modes.get(path), content } of files) {
    if (isEnv(path)) continue;
    try {
      // A mark at the beginning is a difference, too.
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
      tree.push({ path, content: text, mode: mode === '755' ? '755' : '644', spans: [] });
    } catch {
      if (modes.has(path)) return undefined;
    }
  }
  return tree;
}
