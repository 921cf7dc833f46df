import { download } from '../actions/project.ts';
import { perform, useRefusal } from '../store/action.ts';
import { useComposer, useProblems } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';

export function Download() {
  useProblems();
  const refused = useRefusal(download);
  const isBusy = useComposer((state) => state.ui.downloading);
  return (
    <Button
      label="Download zip"
      icon="download"
      look="primary"
      className={isBusy ? 'shrinks busy' : 'shrinks'}
      refused={refused}
      shortcut="Control+S"
      onClick={() => perform(download)}
    />
  );
}
