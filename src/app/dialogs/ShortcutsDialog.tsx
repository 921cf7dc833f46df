/** All shortcuts; with a Mac's keys on a Mac. */
import { SHORTCUTS } from '../shortcuts.ts';
import { Modal } from './Modal.tsx';

const isMac = /mac|iphone|ipad/i.test(navigator.userAgent);

export function ShortcutsDialog() {
  return (
    <Modal title="Keyboard shortcuts">
      <dl className="shortcuts">
        {SHORTCUTS.map(({ keys, what }) => (
          <div key={keys}>
            <dt>{what}</dt>
            <dd>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{isMac && key === 'Ctrl' ? '⌘' : key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
