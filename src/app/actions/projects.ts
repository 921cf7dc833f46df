/** Other projects: a new one, a copy, one of the last. Each is a step, so undo leads back. */
import { refuseName, suggestName } from '#core/names.ts';
import { DEFAULT_PROJECT, emptySelection, rename, type Selection } from '#core/selection.ts';
import { nameRefusal } from '#words/en.ts';
import { projects as words } from '#words/projects.ts';
import { catalog } from '../../catalog.ts';
import { commit, defineAction, show } from '../store/action.ts';
import { NOTHING_RECORDED } from '../store/derive.ts';
import type { Snapshot } from '../store/state.ts';
import { isTaken, recentProjects } from '../store/storage.ts';

/** Of another project nobody asks what it has more or less. */
const everything = [...catalog.modules.keys()];

const isEmpty = ({ chosen, options }: Selection): boolean => chosen.length === 0 && Object.keys(options).length === 0;

/** The name, or the name with the first number that nobody has. */
function freshName(name: string, present: string): string {
  const taken = new Set([present, ...recentProjects().map(({ selection }) => selection.project)]);
  const stem = name.replace(/-\d+$/, '').slice(0, 46).replace(/-$/, '');
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? stem : `${stem}-${number}`;
    if (!taken.has(candidate) && !refuseName(catalog, candidate)) return candidate;
  }
}

/** Why it cannot be this project's name, as a sentence. */
export function whyNotName(name: string, selection: Selection): string | undefined {
  const refusal = refuseName(catalog, name);
  if (refusal) return nameRefusal(refusal, name);
  return isTaken(name, selection) ? words.taken(name) : undefined;
}

/** The nearest name that works. */
export function nameInstead(typed: string, selection: Selection): string {
  const name = suggestName(catalog, typed);
  return isTaken(name, selection) ? freshName(name, selection.project) : name;
}

export const newProject = defineAction({
  name: words.fresh,
  refuse: ({ selection }) => (isEmpty(selection) ? words.isFresh : undefined),
  run: ({ selection }) => {
    const name = freshName(DEFAULT_PROJECT, selection.project);
    show({ nameDraft: undefined, picked: [] });
    const done = words.began(name);
    commit({
      name: done,
      selection: emptySelection(name),
      recorded: NOTHING_RECORDED,
      about: everything,
      words: `${done}.`,
    });
  },
});

export const duplicate = defineAction({
  name: words.duplicate,
  run: ({ selection }) => {
    const name = freshName(selection.project, selection.project);
    const done = words.duplicated(selection.project, name);
    show({ nameDraft: undefined });
    commit({ name: done, selection: rename(selection, name), words: `${done}.` });
  },
});

export const openProject = defineAction<[project: Snapshot]>({
  name: 'Open a project',
  run: ({ positions }, project) => {
    const done = words.opened(project.selection.project);
    show({ nameDraft: undefined, picked: [] });
    commit({
      name: done,
      selection: project.selection,
      positions: { ...positions, ...project.positions },
      recorded: project.recorded,
      about: everything,
      words: `${done}.`,
    });
  },
});

/** While a name is typed, nothing is remembered under what it is so far. */
export const holdName = defineAction<[naming: boolean]>({
  name: 'Name',
  run: (_, naming) => show({ naming: naming || undefined }),
});
