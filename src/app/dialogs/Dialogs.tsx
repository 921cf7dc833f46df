/** The dialog that is open, if one is. */
import './dialogs.css';
import { useComposer } from '../store/store.ts';
import { ConnectDialog } from './ConnectDialog.tsx';
import { LinkDialog } from './LinkDialog.tsx';
import { NextDialog } from './NextDialog.tsx';
import { RemoveDialog } from './RemoveDialog.tsx';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';

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
    case 'shortcuts':
      return <ShortcutsDialog />;
    case undefined:
      return null;
  }
}
