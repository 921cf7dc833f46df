/** How the lines are shown, and the comparison as a patch. */
import { patchOf, unpatched } from '#core/diff.ts';
import { view as words } from '#words/changes.ts';
import { setDiffView } from '../../actions/changes.ts';
import { copy, save } from '../../actions/project.ts';
import { perform } from '../../store/action.ts';
import type { DiffView } from '../../store/state.ts';
import { useComposer } from '../../store/store.ts';
import { Button } from '../../ui/Button.tsx';
import { useIsNarrow } from '../../ui/useIsNarrow.ts';
import type { Comparison } from './Differences.tsx';

export function Tools(compared: Comparison) {
  const isNarrow = useIsNarrow();
  const liked = useComposer((state) => state.ui.diffView);
  return (
    <>
      {!isNarrow && <ViewSwitch view={liked} />}
      <Patch {...compared} />
    </>
  );
}

function ViewSwitch({ view }: { view: DiffView }) {
  return (
    <fieldset className="switch-group" aria-label={words.label}>
      {(['unified', 'split'] as const).map((one) => (
        <Button
          key={one}
          label={words[one]}
          className="small"
          pressed={one === view}
          onClick={() => perform(setDiffView, one)}
        />
      ))}
    </fieldset>
  );
}

function Patch({ changes }: Comparison) {
  const project = useComposer((state) => state.selection.project);
  const make = (): string => patchOf(changes);
  const left = unpatched(changes);
  const tip = left.length > 0 ? words.unpatched(left) : undefined;
  return (
    <>
      <Button
        label={words.copyPatch}
        tip={tip}
        icon="copy"
        className="small shrinks"
        onClick={() => perform(copy, make(), words.patch)}
      />
      <Button
        label={words.savePatch}
        tip={tip}
        icon="download"
        className="small shrinks"
        onClick={() => save(new Blob([make()], { type: 'text/x-patch' }), `${project}.patch`)}
      />
    </>
  );
}
