/** What every combination renders, cut into what a tool reads at once, each text only once. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileTree } from '#core/tree.ts';
import { combination, distinct, project, someSelections, typedSelections } from '../../../src/combinations-testing.ts';

const rows = someSelections();

/** All that can be rendered: every two values of any two options together, and what is typed. */
export const projects = distinct(
  [...rows, ...typedSelections(rows)].map(combination).filter(({ resolution }) => resolution.problems.length === 0),
).map(({ selection }) => project(selection));

/** Files that are read together, and the first project that they stand in. */
export interface Group {
  readonly project: string;
  readonly files: FileTree;
}
export interface Written extends Group {
  readonly folder: string;
}

/** @param together whether what a project has of them is read as one */
export function groupsOf(isOne: (path: string) => boolean, together: boolean): Group[] {
  const groups = new Map<string, Group>();
  for (const { name, tree } of projects) {
    const files = tree.filter(({ path }) => isOne(path));
    for (const part of together ? [files] : files.map((file) => [file])) {
      if (part.length === 0) continue;
      const hash = createHash('sha256');
      for (const { path, content } of part) hash.update(`${path}\0${content}\0`);
      const key = hash.digest('hex');
      if (!groups.has(key)) groups.set(key, { project: name, files: part });
    }
  }
  return [...groups.values()];
}

export function write(group: Group, folder: string): Written {
  for (const { path, content } of group.files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return { ...group, folder };
}
