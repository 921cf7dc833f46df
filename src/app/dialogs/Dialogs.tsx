/** The dialog that is open, if one is. */
import './dialogs.css';
import { lazy, Suspense, useEffect } from 'react';
import { useComposer } from '../store/store.ts';
import { ConnectDialog } from './ConnectDialog.tsx';
import { LinkDialog } from './LinkDialog.tsx';
import { NextDialog } from './NextDialog.tsx';
import { RemoveDialog } from './RemoveDialog.tsx';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';

const palette = () => import('../commands/CommandPalette.tsx');
const CommandPalette = lazy(() => palette().then((module) => ({ default: module.CommandPalette })));

export function Dialogs() {
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
      return (
        <Suspense>
          <CommandPalette />
        </Suspense>
      );
    case 'shortcuts':
      return <ShortcutsDialog />;
    case undefined:
      return null;
  }
}
