/** All shortcuts: those of the page, and those of the graph. */
import { shortcuts as words } from '#words/commands.ts';
import { PAGE } from '../actions/page.ts';
import { Keys } from '../ui/Keys.tsx';
import { Modal } from './Modal.tsx';

export function ShortcutsDialog() {
  const ofPage = PAGE.flatMap(({ keys, title }) => (keys === undefined ? [] : [{ keys, title }]));
  return (
    <Modal title="Keyboard shortcuts">
      <dl className="shortcuts">
        {[...ofPage, ...words.graph].map(({ keys, title }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>
              <Keys keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
