/** Beside the name: a new project, a copy, and the last ones, each with what it holds. */
import { holds, projects as words } from '#words/projects.ts';
import { catalog } from '../../catalog.ts';
import { duplicate, newProject, openProject } from '../actions/projects.ts';
import { perform } from '../store/action.ts';
import { recentProjects } from '../store/storage.ts';
import { getState } from '../store/store.ts';
import type { MenuItem } from '../ui/Menu.tsx';
import { MenuButton } from '../ui/MenuButton.tsx';

function items(): MenuItem[] {
  const state = getState();
  const others = recentProjects().filter(({ selection }) => selection.project !== state.selection.project);
  return [
    {
      id: 'new',
      label: words.fresh,
      icon: 'plus',
      refused: newProject.refuse?.(state),
      run: () => perform(newProject),
    },
    { id: 'duplicate', label: words.duplicate, icon: 'copy', run: () => perform(duplicate) },
    ...others.slice(0, 10).map(
      (project): MenuItem => ({
        id: `project ${project.selection.project}`,
        label: project.selection.project,
        detail: holds(catalog, project.selection),
        icon: 'folder',
        run: () => perform(openProject, project),
      }),
    ),
  ];
}

export function Projects() {
  return <MenuButton label={words.button} title={words.button} icon="chevron" className="projects" items={items} />;
}
