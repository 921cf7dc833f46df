/** What differs between the project and another: which files, which lines, and the patch. */
// The list, the path and the colours are those of the files.
import '../files.css';
import './changes.css';
import { useEffect, useState } from 'react';
import { base as words } from '#words/changes.ts';
import { download } from '#words/page.ts';
import { loadBase } from '../../actions/changes.ts';
import { loadTexts } from '../../actions/project.ts';
import { perform } from '../../store/action.ts';
import { baseOrNothing, filesOfBase, selectionOfBase } from '../../store/base.ts';
import { changesBetween } from '../../store/marks.ts';
import { useComposer, useLaterRendering } from '../../store/store.ts';
import { Button } from '../../ui/Button.tsx';
import { BaseField } from './BaseField.tsx';
import { type Comparison, Differences } from './Differences.tsx';
import { Tools } from './Tools.tsx';

export function ChangesPane() {
  const against = useComposer(baseOrNothing);
  const before = useComposer((state) => selectionOfBase(baseOrNothing(state), state));
  const [isLink, setLink] = useState(against.kind === 'link');
  const load = (): void => {
    perform(loadTexts);
    if (before) perform(loadBase, before);
  };
  useEffect(load, [before]);
  const compared = useComparison();
  const isAsked = isLink && against.kind !== 'link';
  const isShown = typeof compared === 'object' && !isAsked;
  return (
    <div className="changes">
      <div className="pane-tools">
        <BaseField against={against} isLink={isLink} setLink={setLink} />
        <span className="topbar-space" />
        {isShown && compared.hasLines && compared.changes.length > 0 && <Tools {...compared} />}
      </div>
      {isShown && <Differences {...compared} against={against} />}
      {!isShown && (
        <div className="waiting">{isAsked ? words.linkEmpty : <Waiting compared={compared} load={load} />}</div>
      )}
    </div>
  );
}

/** The comparison, or why there is none: a sentence, or nothing but that it takes a while. */
function useComparison(): Comparison | string | undefined {
  const failed = useComposer((state) => state.ui.texts.failed);
  // The number of loads makes it read again when texts arrive.
  const was = useComposer((state) =>
    state.ui.texts.loads >= 0 ? filesOfBase(baseOrNothing(state), state) : undefined,
  );
  // Typing a name or flipping options does not wait for a comparison.
  const is = useLaterRendering();
  for (const side of [was, is]) if (side && 'ok' in side && !side.ok) return download.failed(side.reason);
  const changes = changesBetween(was, is);
  if (!changes || !was || !is?.ok) return failed ? download.offline : undefined;
  return { before: was, after: is, changes, hasLines: 'ok' in was || was.tree !== undefined };
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
