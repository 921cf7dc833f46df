/** Back and forth by one step, and the list of them all. */
import { redoTip, undoTip } from '#words/page.ts';
import { redo, undo } from '../actions/history.ts';
import { perform } from '../store/action.ts';
import { useComposer } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';
import { Steps } from './Steps.tsx';

export function History() {
  const past = useComposer((state) => state.history.past.at(-1)?.name);
  const future = useComposer((state) => state.history.future.at(-1)?.name);
  return (
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
  );
}
