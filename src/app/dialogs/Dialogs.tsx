/** The dialog that is open, if one is. */
import './dialogs.css';
import { lazy, Suspense, useEffect } from 'react';
import { useComposer } from '../store/store.ts';
import { Boundary } from '../ui/Boundary.tsx';
import { ConnectDialog } from './ConnectDialog.tsx';
import { LinkDialog } from './LinkDialog.tsx';
import { MoreDialog } from './MoreDialog.tsx';
import { NextDialog } from './NextDialog.tsx';
import { RemoveDialog } from './RemoveDialog.tsx';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';
import { StepsDialog } from './StepsDialog.tsx';

const palette = () => import('../commands/CommandPalette.tsx');
const CommandPalette = lazy(() => palette().then((module) => ({ default: module.CommandPalette })));
const OpenDialog = lazy(() => import('../open/OpenDialog.tsx'));
const ShareDialog = lazy(() => import('../share/ShareDialog.tsx'));

export function Dialogs() {
  const kind = useComposer((state) => state.ui.dialog?.kind);
  return (
    <Boundary key={kind}>
      <Suspense fallback={null}>
        <Open />
      </Suspense>
    </Boundary>
  );
}

function Open() {
  const dialog = useComposer((state) => state.ui.dialog);
  // There before it is asked for: who types at once loses no letter.
  useEffect(() => {
    const waiting = setTimeout(() => void palette().catch(() => undefined), 1200);
    return () => clearTimeout(waiting);
  }, []);
  switch (dialog?.kind) {
    case 'remove':
      return <RemoveDialog key={dialog.module} module={dialog.module} />;
    case 'connect':
      return <ConnectDialog key={dialog.module} module={dialog.module} />;
    case 'next':
      return <NextDialog />;
    case 'link':
      return <LinkDialog link={dialog.link} />;
    case 'commands':
      return <CommandPalette />;
    case 'shortcuts':
      return <ShortcutsDialog />;
    case 'open':
      return <OpenDialog refused={dialog.refused} />;
    case 'share':
      return <ShareDialog />;
    case 'steps':
      return <StepsDialog />;
    case 'more':
      return <MoreDialog />;
    case undefined:
      return null;
  }
}
