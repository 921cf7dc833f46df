/** The page: what is where. */
import { useEffect } from 'react';
import './app.css';
import { arrange } from './actions/layout.ts';
import { loadTexts } from './actions/project.ts';
import { Graph } from './canvas/Graph.tsx';
import { Dialogs } from './dialogs/Dialogs.tsx';
import { Inspector } from './inspector/Inspector.tsx';
import { Live } from './messages/Live.tsx';
import { NewVersion } from './messages/NewVersion.tsx';
import { Notices } from './messages/Notices.tsx';
import { DropTarget } from './open/DropTarget.tsx';
import { PaneSwitch } from './PaneSwitch.tsx';
import { Palette } from './palette/Palette.tsx';
import { Columns } from './panels/Columns.tsx';
import { Splitter } from './panels/Splitter.tsx';
import { Results } from './results/Results.tsx';
import { SkipLinks } from './SkipLinks.tsx';
import { Selected } from './selected/Selected.tsx';
import { useShortcuts } from './shortcuts.ts';
import { perform } from './store/action.ts';
import { getState, useComposer } from './store/store.ts';
import { TopBar } from './topbar/TopBar.tsx';

export function App() {
  const theme = useComposer((state) => state.ui.theme);
  const pane = useComposer((state) => state.ui.pane);
  useShortcuts();
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  useEffect(() => {
    if (!getState().ui.arranged) perform(arrange);
    // After the first paint: nothing on it waits for texts.
    const waiting = setTimeout(() => perform(loadTexts), 150);
    return () => clearTimeout(waiting);
  }, []);
  return (
    <div className={`page pane-${pane}`}>
      <SkipLinks />
      <TopBar />
      <Columns>
        <div className="left">
          <Palette />
          <Selected />
        </div>
        <Splitter panel="leftWidth" />
        <div className="centre">
          <NewVersion />
          <Notices />
          <Graph />
          <Results />
        </div>
        <Splitter panel="inspectorWidth" />
        <Inspector />
        <PaneSwitch />
      </Columns>
      <Dialogs />
      <DropTarget />
      <Live />
    </div>
  );
}
