/** A modal dialog with a title. */
import { type ReactNode, useId } from 'react';
import { closeDialog } from '../actions/view.ts';
import { perform } from '../store/action.ts';
import { Button } from '../ui/Button.tsx';
import { useModal } from './useModal.ts';

export function Modal({ title, children, foot }: { title: string; children: ReactNode; foot?: ReactNode }) {
  const id = useId();
  const modal = useModal();
  return (
    <dialog {...modal} className="modal" aria-labelledby={id}>
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
