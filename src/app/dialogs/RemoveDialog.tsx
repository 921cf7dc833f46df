/** Removing what something else needs: who needs it, and what can be done. */
import type { ModuleId } from '#core/module.ts';
import { dropWithDependents } from '#core/selection.ts';
import { titleOf } from '#words/en.ts';
import { neededBy, removeThese, staysFor } from '#words/page.ts';
import { catalog } from '../../catalog.ts';
import { removeChoice, removeWithDependents } from '../actions/modules.ts';
import { closeDialog } from '../actions/view.ts';
import { perform } from '../store/action.ts';
import { drawnOf, edgesOf } from '../store/derive.ts';
import { leaving, requirersOf } from '../store/leaving.ts';
import { useSelection } from '../store/store.ts';
import { usePreview } from '../store/usePreview.ts';
import { Button } from '../ui/Button.tsx';
import { Modal } from './Modal.tsx';

export function RemoveDialog({ module }: { module: ModuleId }) {
  const selection = useSelection();
  const title = titleOf(catalog, module);
  const by = requirersOf(selection, module);
  const next = dropWithDependents(catalog, selection, module);
  const isStuck = drawnOf(next).some((entry) => entry.module.id === module);
  const isChosen = selection.chosen.includes(module);
  const gone = leaving(selection, module, next);
  const shown = usePreview(() => next);
  return (
    <Modal
      title={isStuck ? `${title} has to stay` : `Remove ${title}?`}
      foot={
        <>
          <Button label={`Keep ${title}`} onClick={() => perform(closeDialog)} />
          {isChosen && <Button label="Remove the choice only" onClick={() => perform(removeChoice, module)} />}
          {!isStuck && (
            <Button
              label={removeThese(catalog, [module, ...gone])}
              look="danger"
              onClick={() => perform(removeWithDependents, module)}
              {...shown}
            />
          )}
        </>
      }
    >
      <p>{isStuck ? staysFor(catalog, title, by) : neededBy(catalog, title, by)}</p>
      <ul className="reasons">
        {edgesOf(selection)
          .filter(({ to }) => to === module)
          .flatMap(({ edges }) => edges)
          .map(({ from, because }) => (
            <li key={`${from} ${because}`}>
              <strong>{titleOf(catalog, from)}</strong>: {because}
            </li>
          ))}
      </ul>
      {isChosen && !isStuck && (
        <p className="option-summary">{`Without the choice, ${title} goes as soon as nothing needs it.`}</p>
      )}
    </Modal>
  );
}
