/** Paths as a tree: folders first, each in the order of its name. */
import type { ChangeKind } from '#core/compare.ts';
import type { Marks } from '../store/marks.ts';

export interface Entry {
  readonly name: string;
  readonly path: string;
  readonly level: number;
  /** Only folders have children. */
  readonly children?: readonly Entry[];
}

export function entriesOf(paths: readonly string[], level = 1, prefix = ''): Entry[] {
  const folders = new Map<string, string[]>();
  const files: Entry[] = [];
  for (const path of paths) {
    const [name = '', ...rest] = path.slice(prefix.length).split('/');
    if (rest.length === 0) files.push({ name, path, level });
    else {
      const inside = folders.get(name) ?? [];
      folders.set(name, inside);
      inside.push(path);
    }
  }
  const sorted = [...folders].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    ...sorted.map(([name, inside]) => ({
      name,
      path: `${prefix}${name}/`,
      level,
      children: entriesOf(inside, level + 1, `${prefix}${name}/`),
    })),
    ...files.sort((a, b) => (a.name < b.name ? -1 : 1)),
  ];
}

/** The rows one sees while these folders are open. */
export function visible(entries: readonly Entry[], isOpen: (path: string) => boolean): Entry[] {
  return entries.flatMap((entry) => [
    entry,
    ...(entry.children && isOpen(entry.path) ? visible(entry.children, isOpen) : []),
  ]);
}

/** What is known of files, also for each of the folders they are in. */
export function withFolders<T>(files: ReadonlyMap<string, T>, join: (a: T, b: T) => T): ReadonlyMap<string, T> {
  const all = new Map(files);
  for (const [path, value] of files) {
    for (const { index } of path.matchAll(/\//g)) {
      const folder = path.slice(0, index + 1);
      const before = all.get(folder);
      all.set(folder, before === undefined ? value : join(before, value));
    }
  }
  return all;
}

/** A folder of which every file is new is new, and one of which every file is gone is gone; with any other difference in it, it has changed. */
export function marksIn(paths: readonly string[], marks: Marks): Marks {
  if (marks.size === 0) return marks;
  const all = withFolders<ChangeKind | 'same'>(
    new Map(paths.map((path) => [path, marks.get(path) ?? 'same'])),
    (a, b) => (a === b ? a : 'changed'),
  );
  return new Map([...all].flatMap(([path, mark]) => (mark === 'same' ? [] : [[path, mark] as const])));
}
