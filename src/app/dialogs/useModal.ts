import { useEffect, useRef, useState } from 'react';
import { closeDialog } from '../actions/view.ts';
import { perform } from '../store/action.ts';
import { getState } from '../store/store.ts';

/** For a native modal dialog: it keeps the focus, goes with Escape or a click beside it, and gives the focus back. */
export function useModal() {
  const ref = useRef<HTMLDialogElement>(null);
  const [kind] = useState(() => getState().ui.dialog?.kind);
  useEffect(() => {
    const before = document.activeElement;
    const dialog = ref.current;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return {
    ref,
    // Its title speaks of modules; the journeys ask which of all dialogs they have seen.
    'data-dialog': kind,
    onCancel: (event: React.SyntheticEvent): void => {
      event.preventDefault();
      perform(closeDialog);
    },
    onClick: (event: React.MouseEvent): void => {
      if (event.target === event.currentTarget) perform(closeDialog);
    },
  };
}
