/** On a narrow screen: what the bar above has no room for. */
import { steps as stepWords } from '#words/history.ts';
import { open as openWords } from '#words/open.ts';
import { share as shareWords } from '#words/share.ts';
import { listSteps } from '../actions/history.ts';
import { copyLink } from '../actions/project.ts';
import { closeDialog, openDialog, setTheme } from '../actions/view.ts';
import { perform, useRefusal } from '../store/action.ts';
import { useComposer } from '../store/store.ts';
import { THEMES } from '../topbar/themes.ts';
import { Button } from '../ui/Button.tsx';
import { Modal } from './Modal.tsx';

export function MoreDialog() {
  const theme = THEMES[useComposer((state) => state.ui.theme)];
  const noSteps = useRefusal(listSteps);
  return (
    <Modal title="More">
      <div className="more">
        <Button label={openWords.title} icon="folder" onClick={() => perform(openDialog, { kind: 'open' })} />
        <Button
          label="Copy link"
          icon="link"
          onClick={() => {
            perform(closeDialog);
            perform(copyLink);
          }}
        />
        <Button label={shareWords.action} icon="share" onClick={() => perform(openDialog, { kind: 'share' })} />
        <Button label={stepWords.button} icon="undo" refused={noSteps} onClick={() => perform(listSteps)} />
        <Button label={theme.words} icon={theme.icon} onClick={() => perform(setTheme, theme.next)} />
        <Button label="Keyboard shortcuts" icon="keyboard" onClick={() => perform(openDialog, { kind: 'shortcuts' })} />
      </div>
    </Modal>
  );
}
