/** What the project is called, and what can be done with all of it. What changes with each step is a component of its own. */
import './topbar.css';
import { commands as words } from '#words/commands.ts';
import { open as openWords } from '#words/open.ts';
import { share as shareWords } from '#words/share.ts';
import { copyLink } from '../actions/project.ts';
import { openDialog, setTheme } from '../actions/view.ts';
import { PresetsMenu } from '../presets/PresetsMenu.tsx';
import { perform } from '../store/action.ts';
import { useComposer } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';
import { useIsNarrow } from '../ui/useIsNarrow.ts';
import { Download } from './Download.tsx';
import { History } from './History.tsx';
import { NameField } from './NameField.tsx';
import { THEMES } from './themes.ts';

export function TopBar() {
  const theme = THEMES[useComposer((state) => state.ui.theme)];
  const isNarrow = useIsNarrow();
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
      <History />
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
      <Download />
    </header>
  );
}
