/** Shortcuts are actions on keys; none is taken from whoever is typing. */
import { useEffect } from 'react';
import { PAGE } from './actions/page.ts';
import { stopped } from './canvas/keys.ts';
import { perform } from './store/action.ts';

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=radio], [type=checkbox]), textarea, select'))
  );
}

export function useShortcuts(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      // A dialog is answered first, and a drag is one step: an undo in the midst of it would take away another.
      if (isTyping(event.target) || document.querySelector('dialog[open], .react-flow__node.dragging')) return;
      if (event.key === 'Escape' && stopped()) return;
      const command = PAGE.find(({ hits }) => hits?.(event));
      if (!command) return;
      event.preventDefault();
      perform(command.action);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
