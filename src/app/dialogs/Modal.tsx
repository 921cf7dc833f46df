/** A native modal dialog: it keeps the focus, goes with Escape, and gives the focus back. */
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { closeDialog } from '../actions/view.ts';
import { perform } from '../store/action.ts';
import { Button } from '../ui/Button.tsx';

export function Modal({ title, children, foot }: { title: string; children: ReactNode; foot?: ReactNode }) {
  const id = useId();
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
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it by keyboard
    <dialog
      ref={ref}
      className="modal"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        perform(closeDialog);
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) perform(closeDialog);
      }}
    >
      <div className="modal-body">
        <header className="modal-head">
          <h2 id={id}>{title}</h2>
          <Button label="Close" icon="close" bare look="quiet" className="small" onClick={() => perform(closeDialog)} />
        </header>
        {children}
        {foot && <footer className="modal-foot">{foot}</footer>}
      </div>
    </dialog>
  );
}
