/** What can be done with the whole page, each with its keys: shortcuts, their list and the command palette read this. */
import { commands as words } from '#words/commands.ts';
import { canvas } from '../canvas/canvas.ts';
import { type Action, defineAction, perform } from '../store/action.ts';
import type { IconName } from '../ui/Icon.tsx';
import { redo, startOver, undo } from './history.ts';
import { tidy } from './layout.ts';
import { copyLink, download } from './project.ts';
import { duplicate, newProject } from './projects.ts';
import { openDialog, setPane, setTab, setTheme, toggleResults } from './view.ts';

const find = defineAction({
  name: 'Find a module',
  run: () => {
    perform(setPane, 'modules');
    const field = document.querySelector<HTMLInputElement>('[data-find]');
    // At once, or the first letters typed are lost; on a narrow screen the pane comes first.
    field?.focus();
    if (document.activeElement !== field) setTimeout(() => field?.focus());
  },
});
const help = defineAction({ name: 'Keyboard shortcuts', run: () => perform(openDialog, { kind: 'shortcuts' }) });
const commands = defineAction({ name: words.title, run: () => perform(openDialog, { kind: 'commands' }) });
const fit = defineAction({ name: 'Fit', run: () => canvas.fit() });

export interface PageCommand {
  readonly action: Action;
  readonly title: string;
  readonly icon: IconName;
  readonly keywords: string;
  /** As they are shown, with a space between them. */
  readonly keys?: string;
  readonly hits?: (event: KeyboardEvent) => boolean;
}

const withCommand =
  (key: string, shift = false) =>
  (event: KeyboardEvent): boolean =>
    (event.ctrlKey || event.metaKey) && !event.altKey && event.shiftKey === shift && event.key.toLowerCase() === key;
const alone =
  (key: string) =>
  (event: KeyboardEvent): boolean =>
    event.key === key && !event.ctrlKey && !event.metaKey && !event.altKey;

/** An action with what it is given. */
function bound<A extends readonly unknown[]>(action: Action<A>, ...args: A): Action {
  return {
    name: action.name,
    refuse: (state) => action.refuse?.(state, ...args),
    run: (state) => action.run(state, ...args),
  };
}

export const PAGE: readonly PageCommand[] = [
  { action: commands, title: words.title, icon: 'search', keywords: 'palette', keys: 'Ctrl K', hits: withCommand('k') },
  { action: undo, title: 'Undo', icon: 'undo', keywords: 'back history', keys: 'Ctrl Z', hits: withCommand('z') },
  {
    action: redo,
    title: 'Redo',
    icon: 'redo',
    keywords: 'again history',
    keys: 'Ctrl Shift Z',
    hits: withCommand('z', true),
  },
  { action: find, title: 'Find a module', icon: 'search', keywords: 'search', keys: '/', hits: alone('/') },
  {
    action: download,
    title: 'Download zip',
    icon: 'download',
    keywords: 'save',
    keys: 'Ctrl S',
    hits: withCommand('s'),
  },
  { action: copyLink, title: 'Copy link', icon: 'link', keywords: 'share' },
  {
    action: bound(openDialog, { kind: 'share' }),
    title: 'Share',
    icon: 'share',
    keywords: 'link QR badge command hash',
  },
  {
    action: bound(openDialog, { kind: 'open' }),
    title: 'Open a project',
    icon: 'folder',
    keywords: 'zip link folder paste drop',
  },
  { action: tidy, title: 'Tidy the graph', icon: 'tidy', keywords: 'layout arrange' },
  { action: fit, title: 'Fit the graph', icon: 'fit', keywords: 'zoom everything view' },
  { action: bound(setTab, 'diagram'), title: words.show('the diagram'), icon: 'diagram', keywords: 'tab mermaid' },
  { action: bound(setTab, 'files'), title: words.show('the files'), icon: 'file', keywords: 'tab tree' },
  { action: bound(setTab, 'changes'), title: words.show('the changes'), icon: 'changes', keywords: 'tab diff patch' },
  { action: bound(setTab, 'command'), title: words.show('the command'), icon: 'terminal', keywords: 'tab line' },
  { action: toggleResults, title: 'Fold or unfold the results', icon: 'chevron', keywords: 'panel' },
  { action: bound(setTheme, 'light'), title: words.theme('light'), icon: 'sun', keywords: 'colours' },
  { action: bound(setTheme, 'dark'), title: words.theme('dark'), icon: 'moon', keywords: 'colours' },
  { action: bound(setTheme, 'system'), title: words.theme('as the system'), icon: 'screen', keywords: 'colours' },
  { action: newProject, title: newProject.name, icon: 'plus', keywords: 'empty begin' },
  { action: duplicate, title: duplicate.name, icon: 'copy', keywords: 'copy project' },
  { action: startOver, title: 'Start over', icon: 'reset', keywords: 'empty new reset' },
  { action: help, title: 'Keyboard shortcuts', icon: 'keyboard', keywords: 'help keys', keys: '?', hits: alone('?') },
];
