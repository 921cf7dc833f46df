/** What was opened against what is made now, in sentences and as a list of files. Loaded when there is something to compare. */
import { hashFiles, projectHash } from '#core/hash.ts';
import { filesIn } from '#core/manifest.ts';
import { type Moved, movedFiles, standingOf } from '#core/opened.ts';
import type { FileTree } from '#core/tree.ts';
import { compared, linkMoved, opened as words } from '#words/open.ts';
import { link as linkWords } from '#words/page.ts';
import { catalog } from '../../catalog.ts';
import type { Comparison, Made } from '../store/state.ts';
import { bundleOf } from './bundles.ts';

export interface Told {
  readonly notices: readonly string[];
  readonly comparison?: Comparison;
}

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
    comparison: { parts: [{ title: compared.moved, moved }], before },
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
  const recorded = filesIn(manifest).length;
  const isOfThis = made.catalog === catalog.version;
  const notices = [
    ...(edited.length > 0 ? [words.edited(edited, recorded)] : []),
    ...(moved.length > 0 ? [isOfThis ? words.sameCatalog(moved) : words.moved(moved, made.catalog)] : []),
    ...(moved.length === 0 && edited.length > 0 ? [words.unmoved] : []),
    ...(moved.length + edited.length === 0 ? [words.identical(manifest.selection.project, recorded, how)] : []),
    ...(own > 0 ? [words.own(own)] : []),
  ];
  const parts = [part(compared.edited, edited), part(compared.moved, moved)].flat();
  if (parts.length === 0) return { notices };
  // Neither secrets nor what is the person's own is to be compared.
  const generated = files?.filter(({ path }) => Object.hasOwn(manifest.files, path));
  const before = generated ? textsOf(generated) : isOfThis ? undefined : await treeThen(made);
  return { notices, comparison: { parts, ...(before ? { before } : {}) } };
}

const part = (title: string, moved: readonly Moved[]): Comparison['parts'] =>
  moved.length > 0 ? [{ title, moved }] : [];

function textsOf(files: NonNullable<NonNullable<Made['project']>['files']>): FileTree {
  const decoder = new TextDecoder();
  return files.map(({ path, mode, content }) => ({
    path,
    content: decoder.decode(content),
    mode: mode === '755' ? '755' : '644',
    spans: [],
  }));
}
