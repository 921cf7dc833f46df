/** Provenance read both ways: the lines that come from a source, and the sources of a line. */
import type { Source } from './facts.ts';
import type { Span } from './marks.ts';
import type { ModuleId } from './module.ts';
import { type FileTree, MANIFEST_PATH, type ProjectFile } from './tree.ts';

/** What comes from a source: the spans by path, and how many lines they are. */
export interface Light {
  readonly spans: ReadonlyMap<string, readonly Span[]>;
  readonly lines: number;
}

const DARKNESS: Light = { spans: new Map(), lines: 0 };

/** Every line of the manifest rests on every module, which tells one nothing from another. */
const tells = ({ path }: ProjectFile): boolean => path !== MANIFEST_PATH;

type Spans = Map<string, Span[]>;
const known = new WeakMap<FileTree, ReadonlyMap<ModuleId, Spans>>();

/** The spans of each module, found in one pass for all of them. */
function byModule(tree: FileTree): ReadonlyMap<ModuleId, Spans> {
  const before = known.get(tree);
  if (before) return before;
  const found = new Map<ModuleId, Spans>();
  for (const { path, spans } of tree.filter(tells)) {
    for (const span of spans) {
      for (const id of new Set(span.from.map(({ module }) => module))) {
        const files = found.get(id) ?? new Map<string, Span[]>();
        found.set(id, files);
        files.set(path, [...(files.get(path) ?? []), span]);
      }
    }
  }
  known.set(tree, found);
  return found;
}

/** All lines that come from a module, or from one of its options. */
export function lightOf(tree: FileTree, { module, option }: Source): Light {
  const ofModule = byModule(tree).get(module);
  if (!ofModule) return DARKNESS;
  const of = (span: Span): boolean => span.from.some((source) => source.module === module && source.option === option);
  const spans =
    option === undefined
      ? ofModule
      : new Map(
          [...ofModule].flatMap(([path, all]) => {
            const some = all.filter(of);
            return some.length > 0 ? [[path, some] as const] : [];
          }),
        );
  return { spans, lines: [...spans.values()].reduce((sum, some) => sum + linesIn(some), 0) };
}

/** What of one file comes from a source: as `lightOf` finds it, where nobody asks of the others. */
export function spansFrom(file: ProjectFile, { module, option }: Source): readonly Span[] {
  const isIt = (source: Source): boolean => source.module === module && (option ?? source.option) === source.option;
  return tells(file) ? file.spans.filter(({ from }) => from.some(isIt)) : [];
}

export function linesIn(spans: readonly Span[]): number {
  return spans.reduce((sum, { fromLine, toLine }) => sum + toLine - fromLine + 1, 0);
}

/** Everything a line comes from; nothing for a line of the manifest, which comes from the project as a whole. */
export function sourcesOf(file: ProjectFile, line: number): readonly Source[] {
  if (!tells(file)) return [];
  return file.spans.find(({ fromLine, toLine }) => fromLine <= line && line <= toLine)?.from ?? [];
}
