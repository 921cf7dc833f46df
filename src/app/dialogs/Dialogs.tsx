/** The dialog that is open, if one is. */
import './dialogs.css';
import { lazy, Suspense } from 'react';
import { useComposer } from '../store/store.ts';
import { ConnectDialog } from './ConnectDialog.tsx';
import { LinkDialog } from './LinkDialog.tsx';
import { NextDialog } from './NextDialog.tsx';
import { RemoveDialog } from './RemoveDialog.tsx';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';

const CommandPalette = lazy(() =>
  import('../commands/CommandPalette.tsx').then((module) => ({ default: module.CommandPalette })),
);

export function Dialogs() {
  const dialog = useComposer((state) => state.ui.dialog);
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
