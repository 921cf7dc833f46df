/** Shortcuts are actions on keys; none is taken from whoever is typing. */
import { useEffect } from 'react';
import { redo, undo } from './actions/history.ts';
import { download } from './actions/project.ts';
import { openDialog, setPane } from './actions/view.ts';
import { type Action, defineAction, perform } from './store/action.ts';

const find = defineAction({
  name: 'Find a module',
  run: () => {
    perform(setPane, 'modules');
    document.querySelector<HTMLInputElement>('[data-find]')?.focus();
  },
});
const help = defineAction({ name: 'Shortcuts', run: () => perform(openDialog, { kind: 'shortcuts' }) });

interface Shortcut {
  readonly keys: string;
  readonly what: string;
  readonly hits: (event: KeyboardEvent) => boolean;
  readonly action?: Action;
}
const withCommand =
  (key: string, shift = false) =>
  (event: KeyboardEvent): boolean =>
    (event.ctrlKey || event.metaKey) && !event.altKey && event.shiftKey === shift && event.key.toLowerCase() === key;
const never = (): boolean => false;

export const SHORTCUTS: readonly Shortcut[] = [
  { keys: 'Ctrl Z', what: 'Undo', hits: withCommand('z'), action: undo },
  { keys: 'Ctrl Shift Z', what: 'Redo', hits: withCommand('z', true), action: redo },
  { keys: 'Ctrl K', what: 'Find a module', hits: withCommand('k'), action: find },
  { keys: 'Ctrl S', what: 'Download zip', hits: withCommand('s'), action: download },
  { keys: 'Arrow keys', what: 'Move the selected node', hits: never },
  { keys: 'Delete', what: 'Remove the selected node', hits: never },
  { keys: 'Shift drag', what: 'Select several nodes', hits: never },
  {
    keys: '?',
    what: 'Show this list',
    hits: (event) => event.key === '?' && !event.ctrlKey && !event.metaKey,
    action: help,
  },
];

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=radio], [type=checkbox]), textarea, select'))
  );
}

export function useShortcuts(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (isTyping(event.target) || document.querySelector('dialog[open]')) return;
      const shortcut = SHORTCUTS.find((candidate) => candidate.hits(event));
      if (!shortcut?.action) return;
      event.preventDefault();
      perform(shortcut.action);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
