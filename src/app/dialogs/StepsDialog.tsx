/** Every step by name, where the bar has no room for the list. */
import { steps as words } from '#words/history.ts';
import { closeDialog } from '../actions/view.ts';
import { perform } from '../store/action.ts';
import { useComposer } from '../store/store.ts';
import { stepItems } from '../topbar/Steps.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Modal } from './Modal.tsx';

export function StepsDialog() {
  const history = useComposer((state) => state.history);
  return (
    <Modal title={words.title}>
      <ol className="steps-list" aria-label={words.title}>
        {stepItems(history).map(({ id, label, detail, checked, run }) => (
          <li key={id}>
            <button
              type="button"
              className="menu-item"
              aria-current={checked ? 'step' : undefined}
              onClick={() => {
                perform(closeDialog);
                run();
              }}
            >
              <span className="menu-icon">{checked && <Icon name="check" size={15} />}</span>
              <span className="menu-text">
                <span>{label}</span>
                {detail && <small>{detail}</small>}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </Modal>
  );
}
