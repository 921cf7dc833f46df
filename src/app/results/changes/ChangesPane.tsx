/** What differs between the project and another: which files, which lines, and the patch. */
// The list, the path and the colours are those of the files.
import '../files.css';
import './changes.css';
import { useDeferredValue, useEffect, useState } from 'react';
import type { Selection } from '#core/selection.ts';
import { base as words } from '#words/changes.ts';
import { download } from '#words/page.ts';
import { loadBase } from '../../actions/changes.ts';
import { loadTexts } from '../../actions/project.ts';
import { perform } from '../../store/action.ts';
import { baseOrNothing, selectionOfBase } from '../../store/base.ts';
import { renderingOf } from '../../store/derive.ts';
import { changesBetween } from '../../store/marks.ts';
import { useComposer, useSelection } from '../../store/store.ts';
import { Button } from '../../ui/Button.tsx';
import { BaseField } from './BaseField.tsx';
import { type Comparison, Differences } from './Differences.tsx';
import { Tools } from './Tools.tsx';

export function ChangesPane() {
  const against = useComposer(baseOrNothing);
  const before = useComposer((state) => selectionOfBase(baseOrNothing(state), state));
  // Typing a name or flipping options does not wait for a comparison.
  const after = useDeferredValue(useSelection());
  const [isLink, setLink] = useState(against.kind === 'link');
  const load = (): void => {
    perform(loadTexts);
    perform(loadBase, before);
  };
  useEffect(load, [before]);
  const compared = useComparison(before, after);
  const isAsked = isLink && against.kind !== 'link';
  const isShown = typeof compared === 'object' && !isAsked;
  return (
    <div className="changes">
      <div className="pane-tools">
        <BaseField against={against} isLink={isLink} setLink={setLink} />
        <span className="topbar-space" />
        {isShown && compared.changes.length > 0 && <Tools {...compared} />}
      </div>
      {isShown && <Differences {...compared} isDownload={against.kind === 'download'} />}
      {!isShown && (
        <div className="waiting">{isAsked ? words.linkEmpty : <Waiting compared={compared} load={load} />}</div>
      )}
    </div>
  );
}

/** The comparison, or why there is none: a sentence, or nothing but that it takes a while. */
function useComparison(before: Selection, after: Selection): Comparison | string | undefined {
  // Reading the number of loads is what makes it render again when texts arrive.
  const { failed } = useComposer((state) => state.ui.texts);
  const [was, is] = [renderingOf(before), renderingOf(after)];
  const broken = [was, is].find((rendering) => rendering?.ok === false);
  if (broken?.ok === false) return download.failed(broken.reason);
  const changes = changesBetween(before, after);
  if (was?.ok && is?.ok && changes) return { before: was, after: is, changes };
  return failed ? download.offline : undefined;
}

function Waiting({ compared, load }: { compared: Comparison | string | undefined; load: () => void }) {
  if (typeof compared !== 'string') return words.loading;
  return (
    <>
      <p>{compared}</p>
      <Button label="Try again" icon="reset" className="small" onClick={load} />
    </>
  );
}
