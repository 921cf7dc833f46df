/** Where the browser copies nothing for a page, the person can. */
import { link as words } from '#words/page.ts';
import { Modal } from './Modal.tsx';

export function LinkDialog({ link }: { link: string }) {
  return (
    <Modal title="Copy it by hand">
      <p>{words.cannotCopy}</p>
      <textarea
        className="field link-text"
        aria-label="Text to copy"
        readOnly
        rows={4}
        value={link}
        onFocus={(event) => event.target.select()}
      />
    </Modal>
  );
}
