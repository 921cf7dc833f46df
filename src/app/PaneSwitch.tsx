/** On a narrow screen: what shares the screen with the graph. The results' own tabs stand beside it. */
import { setPane } from './actions/view.ts';
import { perform } from './store/action.ts';
import { useComposer } from './store/store.ts';
import { Icon, type IconName } from './ui/Icon.tsx';

const PANES: readonly { pane: 'modules' | 'inspector'; label: string; icon: IconName }[] = [
  { pane: 'modules', label: 'Modules', icon: 'blocks' },
  { pane: 'inspector', label: 'Inspector', icon: 'sliders' },
];

export function PaneSwitch() {
  const current = useComposer((state) => state.ui.pane);
  return (
    <nav className="pane-switch" aria-label="Panes">
      {PANES.map(({ pane, label, icon }) => (
        <button key={pane} type="button" aria-current={pane === current} onClick={() => perform(setPane, pane)}>
          <Icon name={icon} size={18} />
          <span>{label}</span>
        </button>
      ))}
    </nav>
  );
}
