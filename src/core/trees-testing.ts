/** Statements about rendered trees that hold for every catalog, random or real. */
import type { Catalog } from './catalog.ts';
import type { Source } from './facts.ts';
import type { ModuleId, OptionId } from './module.ts';
import type { Resolution, ResolvedModule } from './resolve.ts';
import { optionOf } from './selection.ts';
import { type FileTree, MANIFEST_PATH } from './tree.ts';

/** What differs between two resolutions: modules that came or went, and options whose value, or those who ask for one, moved. */
export function movedBetween(before: Resolution, after: Resolution): (source: Source) => boolean {
  const byId = (resolution: Resolution): Map<ModuleId, ResolvedModule> =>
    new Map(resolution.modules.map((entry) => [entry.module.id, entry]));
  const [was, is] = [byId(before), byId(after)];
  const state = ({ options, origins }: ResolvedModule, option: OptionId): string =>
    JSON.stringify([options[option], origins[option]]);
  return ({ module, option }) => {
    const [old, now] = [was.get(module), is.get(module)];
    if (!old || !now) return true;
    return option !== undefined && state(old, option) !== state(now, option);
  };
}

/**
 * Lines that differ between two trees and do not say why. A changed line names what moved, in the tree
 * where it is; or it stands in for a line of the other tree that does.
 */
export function unexplainedLines(before: FileTree, after: FileTree, moved: (source: Source) => boolean): string[] {
  const paths = new Set([...before, ...after].map(({ path }) => path));
  paths.delete(MANIFEST_PATH);
  const contents = (tree: FileTree): Map<string, string> => new Map(tree.map(({ path, content }) => [path, content]));
  const [was, is] = [contents(before), contents(after)];
  return [...paths]
    .filter((path) => was.get(path) !== is.get(path))
    .flatMap((path) => {
      const [old, now] = [linesOf(before, path, moved), linesOf(after, path, moved)];
      const [gone, come] = [surplus(old, now), surplus(now, old)];
      const named = (lines: readonly Line[]): number => lines.filter((line) => line.named).length;
      const silent = (lines: readonly Line[]): Line[] => lines.filter((line) => !line.named);
      return [
        ...silent(gone)
          .slice(named(come))
          .map(({ text }) => `${path}: - ${text}`),
        ...silent(come)
          .slice(named(gone))
          .map(({ text }) => `${path}: + ${text}`),
      ];
    });
}

interface Line {
  readonly text: string;
  readonly named: boolean;
}

function linesOf(tree: FileTree, path: string, moved: (source: Source) => boolean): Line[] {
  const file = tree.find((candidate) => candidate.path === path);
  if (!file) return [];
  const from = file.spans.flatMap((span) => Array.from({ length: span.toLine - span.fromLine + 1 }, () => span.from));
  return splitLines(file.content).map((text, index) => ({ text, named: (from[index] ?? []).some(moved) }));
}

export function splitLines(content: string): string[] {
  const lines = content.split('\n');
  return content.endsWith('\n') ? lines.slice(0, -1) : lines;
}

/** The lines of `a` that `b` has not, counted; of equal ones those without a name are left over last. */
function surplus(a: readonly Line[], b: readonly Line[]): Line[] {
  const left = new Map<string, number>();
  for (const { text } of b) left.set(text, (left.get(text) ?? 0) + 1);
  return [...a]
    .sort((x, y) => Number(x.named) - Number(y.named))
    .filter(({ text }) => {
      const count = left.get(text) ?? 0;
      left.set(text, count - 1);
      return count <= 0;
    });
}

/** What is wrong with a tree's spans: each line is in exactly one, and each source is in the resolution. */
export function badSpans(catalog: Catalog, tree: FileTree, resolution: Resolution): string[] {
  const present = new Map(resolution.modules.map(({ module }) => [module.id, module]));
  const { chosen, options } = resolution.selection;
  // The share code in a file rests on all that was said, also of modules that are away.
  const said = new Map([...chosen, ...Object.keys(options)].flatMap((id) => [[id, catalog.modules.get(id)] as const]));
  const known = ({ module, option }: Source): boolean => {
    const declared = present.get(module) ?? said.get(module);
    return declared !== undefined && (option === undefined || optionOf(declared, option) !== undefined);
  };
  return tree.flatMap(({ path, content, spans }) => {
    const ends = spans.map(({ toLine }) => toLine);
    const starts = spans.map(({ fromLine }) => fromLine);
    const whole =
      JSON.stringify(starts) ===
      JSON.stringify([1, ...ends.slice(0, -1).map((line) => line + 1)].slice(0, spans.length));
    const sources = spans.flatMap(({ from }) => from);
    return [
      ...(whole &&
      ends.at(-1) === splitLines(content).length &&
      spans.every(({ fromLine, toLine }) => fromLine <= toLine)
        ? []
        : [`${path}: spans do not cover ${splitLines(content).length} lines: ${JSON.stringify(spans)}`]),
      ...(spans.every(({ from }) => from.length > 0) ? [] : [`${path}: a line without an owner`]),
      ...sources
        .filter((source) => !known(source))
        .map((source) => `${path}: ${JSON.stringify(source)} is not in the project`),
    ];
  });
}
