/** Everything that can be done now, or cannot and why: the same actions as those of buttons, menus and keys. */
import { isLinked, linksFrom } from '#core/links.ts';
import type { Module, OptionId, OptionValue } from '#core/module.ts';
import type { ResolvedModule } from '#core/resolve.ts';
import { choose, configure, type Selection } from '#core/selection.ts';
import { commands as words } from '#words/commands.ts';
import { edges as edgeWords } from '#words/edges.ts';
import { change, optionTitle, titleOf } from '#words/en.ts';
import { steps as stepWords } from '#words/history.ts';
import { capital } from '#words/page.ts';
import { holds, projects as projectWords } from '#words/projects.ts';
import { catalog, presets } from '../../catalog.ts';
import { type Action, perform } from '../store/action.ts';
import { drawnOf, edgesOf, renderingOf, resolutionOf } from '../store/derive.ts';
import { removal } from '../store/leaving.ts';
import { selectionOfPreset } from '../store/presets.ts';
import type { State } from '../store/state.ts';
import { recentProjects } from '../store/storage.ts';
import type { IconName } from '../ui/Icon.tsx';
import { connect, disconnect } from './edges.ts';
import { openFile } from './files.ts';
import { goTo } from './history.ts';
import { add, remove, setOption } from './modules.ts';
import { PAGE } from './page.ts';
import { openPreset } from './presets.ts';
import { openProject } from './projects.ts';
import { inspect } from './view.ts';

export interface Command {
  readonly id: string;
  readonly title: string;
  /** What kind of thing it does. */
  readonly icon: IconName;
  readonly keywords: string;
  /** Stands behind what fits as well. */
  readonly behind?: boolean;
  readonly keys?: string | undefined;
  /** Why it cannot be done now. */
  readonly refused?: string | undefined;
  /** What it would make of the project. */
  readonly next?: () => Selection | undefined;
  readonly run: () => void;
}

export function commandsOf(state: State): Command[] {
  const command = <A extends readonly unknown[]>(
    title: string,
    icon: IconName,
    more: Partial<Pick<Command, 'id' | 'keywords' | 'keys' | 'behind' | 'next'>>,
    action: Action<A>,
    ...args: A
  ): Command => ({
    id: title,
    title,
    icon,
    keywords: '',
    refused: action.refuse?.(state, ...args),
    ...more,
    run: () => perform(action, ...args),
  });
  const { selection, recorded } = state;
  const resolution = resolutionOf(selection);
  const rendering = renderingOf(selection, recorded);
  const entries = new Map(drawnOf(selection).map((entry) => [entry.module.id, entry]));

  const ofOption = ({ module, options }: ResolvedModule, option: OptionId): Command[] => {
    const declared = module.options?.[option];
    if (!declared || declared.kind === 'link') return [];
    if (declared.kind === 'text')
      return [
        command(
          words.write(module.title, declared.title),
          'sliders',
          { keywords: declared.summary },
          inspect,
          module.id,
        ),
      ];
    const values: readonly OptionValue[] =
      declared.kind === 'choice' ? declared.values.map(({ id }) => id) : [!options[option]];
    return values
      .filter((value) => value !== options[option])
      .map((value) => {
        const title = capital(change(catalog, { kind: 'set', module: module.id, option, value }));
        const next = (): Selection => configure(selection, module.id, option, value);
        return command(title, 'sliders', { keywords: declared.summary, next }, setOption, module.id, option, value);
      });
  };
  const ofModule = (module: Module): Command[] => {
    const { id, title, summary } = module;
    const entry = entries.get(id);
    const adding = command(
      words.add(title),
      'plus',
      { keywords: `${module.kind} ${summary}`, next: () => choose(selection, id) },
      add,
      id,
    );
    if (!entry) return [adding];
    const joins = linksFrom(catalog, id)
      .filter((link) => !isLinked(catalog, resolution, link))
      .map(({ option, to }) => {
        const name = words.connect(title, titleOf(catalog, to), optionTitle(catalog, id, option));
        return command(name, 'link', { next: () => configure(selection, id, option, true) }, connect, id, to);
      });
    return [
      ...(adding.refused === undefined ? [adding] : []),
      command(words.inspect(title), 'sliders', { keywords: 'inspect options' }, inspect, id),
      command(
        words.remove(title),
        'trash',
        { keywords: 'delete', behind: true, next: () => removal(selection, id).then },
        remove,
        id,
      ),
      ...joins,
      ...Object.keys(module.options ?? {}).flatMap((option) => ofOption(entry, option)),
    ];
  };
  const { past, future } = state.history;
  const names = [undefined, ...[...past, ...[...future].reverse()].map(({ name }) => name)];
  return [
    // The list itself is open already.
    ...PAGE.slice(1).map(({ action, title, icon, keywords, keys }) => command(title, icon, { keywords, keys }, action)),
    ...[...catalog.modules.values()].filter(({ drawn }) => drawn !== false).flatMap(ofModule),
    ...edgesOf(selection).map(({ id, from, to }) =>
      command(
        edgeWords.disconnect(titleOf(catalog, from), titleOf(catalog, to)),
        'trash',
        { keywords: 'edge', behind: true },
        disconnect,
        id,
      ),
    ),
    ...presets.map((preset) =>
      command(
        projectWords.preset(preset.title),
        'presets',
        { keywords: preset.summary, next: () => selectionOfPreset(preset, selection.project) },
        openPreset,
        preset,
      ),
    ),
    ...recentProjects()
      .filter((project) => project.selection.project !== selection.project)
      .slice(0, 10)
      .map((project) => {
        const title = projectWords.open(project.selection.project);
        const keywords = `project ${holds(catalog, project.selection)}`;
        return command(title, 'folder', { id: `project ${title}`, keywords }, openProject, project);
      }),
    ...(rendering?.ok ? rendering.tree : []).map(({ path }) =>
      command(words.open(path), 'file', { id: `file ${path}`, keywords: 'file', behind: true }, openFile, path),
    ),
    ...names
      .map((name, done) =>
        command(
          stepWords.goTo(name),
          'undo',
          { id: `step ${done}`, keywords: 'history undo redo', behind: true },
          goTo,
          done,
        ),
      )
      .filter((_, done) => done !== past.length)
      .reverse(),
  ];
}
