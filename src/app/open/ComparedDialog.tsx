/** Every file that is not what is made now. */
import './open.css';
import { compared as words } from '#words/open.ts';
import { Modal } from '../dialogs/Modal.tsx';
import { useComposer } from '../store/store.ts';

export default function ComparedDialog() {
  const parts = useComposer((state) => state.ui.comparison?.parts ?? []);
  return (
    <Modal title={words.title}>
      {parts.map(({ title, moved }) => (
        <section key={title} className="moved-part">
          <h3>{title}</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
          <ul className="moved-files scroll" aria-label={title} tabIndex={0}>
            {moved.map(({ path, how }) => (
              <li key={path}>
                <code>{path}</code>
                <span className="badge">{words.how[how]}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Modal>
  );
}
