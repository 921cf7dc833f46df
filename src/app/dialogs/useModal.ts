import { useEffect, useRef } from 'react';
import { closeDialog } from '../actions/view.ts';
import { perform } from '../store/action.ts';

/** For a native modal dialog: it keeps the focus, goes with Escape or a click beside it, and gives the focus back. */
export function useModal() {
  const ref = useRef<HTMLDialogElement>(null);
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
    onCancel: (event: React.SyntheticEvent): void => {
      event.preventDefault();
      perform(closeDialog);
    },
    onClick: (event: React.MouseEvent): void => {
      if (event.target === event.currentTarget) perform(closeDialog);
    },
  };
}
