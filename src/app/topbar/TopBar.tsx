/** What the project is called, and what can be done with all of it. */
import './topbar.css';
import { commands as words } from '#words/commands.ts';
import { open as openWords } from '#words/open.ts';
import { redoTip, undoTip } from '#words/page.ts';
import { share as shareWords } from '#words/share.ts';
import { redo, undo } from '../actions/history.ts';
import { copyLink, download } from '../actions/project.ts';
import { openDialog, setTheme } from '../actions/view.ts';
import { PresetsMenu } from '../presets/PresetsMenu.tsx';
import { perform, useRefusal } from '../store/action.ts';
import { useComposer, useProblems } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';
import { useIsNarrow } from '../ui/useIsNarrow.ts';
import { NameField } from './NameField.tsx';
import { Steps } from './Steps.tsx';
import { THEMES } from './themes.ts';

export function TopBar() {
  const past = useComposer((state) => state.history.past.at(-1)?.name);
  const future = useComposer((state) => state.history.future.at(-1)?.name);
  const theme = THEMES[useComposer((state) => state.ui.theme)];
  const isNarrow = useIsNarrow();
  useProblems();
  const refused = useRefusal(download);
  const isBusy = useComposer((state) => state.ui.downloading);
  return (
    <header className="topbar">
      <h1 className="brand">
        <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" focusable="false">
          <path className="brand-a" d="M12 2.5 20.5 7 12 11.5 3.5 7z" />
          <path className="brand-b" d="M3.5 11.5 12 16l8.5-4.5" />
          <path className="brand-c" d="M3.5 16 12 20.5 20.5 16" />
        </svg>
        <span>Stackwright</span>
      </h1>
      <NameField />
      <fieldset className="topbar-group" aria-label="History">
        <Button
          label="Undo"
          icon="undo"
          bare
          look="quiet"
          tip={past && undoTip(past)}
          refused={past ? undefined : undoTip(undefined)}
          shortcut="Control+Z"
          onClick={() => perform(undo)}
        />
        <Button
          label="Redo"
          icon="redo"
          bare
          look="quiet"
          tip={future && redoTip(future)}
          refused={future ? undefined : redoTip(undefined)}
          shortcut="Control+Shift+Z"
          onClick={() => perform(redo)}
        />
        <Steps />
      </fieldset>
      {!isNarrow && <PresetsMenu />}
      <span className="topbar-space" />
      <Button
        label={words.button}
        icon="search"
        bare
        look="quiet"
        tip={words.button}
        shortcut="Control+K"
        onClick={() => perform(openDialog, { kind: 'commands' })}
      />
      <Button
        label="Shortcuts"
        icon="keyboard"
        bare
        look="quiet"
        className="wide-only"
        tip="Keyboard shortcuts"
        onClick={() => perform(openDialog, { kind: 'shortcuts' })}
      />
      <Button
        label="Theme"
        icon={theme.icon}
        bare
        look="quiet"
        className="wide-only"
        tip={theme.words}
        onClick={() => perform(setTheme, theme.next)}
      />
      <Button
        label="More"
        icon="more"
        bare
        look="quiet"
        className="narrow-only"
        onClick={() => perform(openDialog, { kind: 'more' })}
      />
      <Button
        label="Open…"
        icon="folder"
        look="quiet"
        className="wide-only"
        tip={openWords.title}
        onClick={() => perform(openDialog, { kind: 'open' })}
      />
      <Button label="Copy link" icon="link" className="wide-only" onClick={() => perform(copyLink)} />
      <Button
        label={shareWords.action}
        icon="share"
        bare
        className="wide-only"
        tip={shareWords.tip}
        onClick={() => perform(openDialog, { kind: 'share' })}
      />
      <Button
        label="Download zip"
        icon="download"
        look="primary"
        className={isBusy ? 'shrinks busy' : 'shrinks'}
        refused={refused}
        shortcut="Control+S"
        onClick={() => perform(download)}
      />
    </header>
  );
}
