/** What differs between the project and another: which files, which lines, and the patch. */
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
import { Differences } from './Differences.tsx';

export function ChangesPane() {
  const base = useComposer(baseOrNothing);
  const against = useComposer((state) => selectionOfBase(baseOrNothing(state), state));
  // Typing a name or flipping options does not wait for a comparison.
  const selection = useDeferredValue(useSelection());
  const [isLinking, setLinking] = useState(false);
  useEffect(() => {
    perform(loadTexts);
    perform(loadBase, against);
  }, [against]);
  const field = <BaseField base={base} linking={setLinking} />;
  if (isLinking) return <Waiting field={field}>{words.linkEmpty}</Waiting>;
  return <Compared before={against} after={selection} isDownload={base.kind === 'download'} field={field} />;
}

interface Props {
  readonly before: Selection;
  readonly after: Selection;
  readonly isDownload: boolean;
  readonly field: React.ReactNode;
}

function Compared({ before, after, isDownload, field }: Props) {
  // Reading the number of loads is what makes it render again when texts arrive.
  const { failed } = useComposer((state) => state.ui.texts);
  const [was, is] = [renderingOf(before), renderingOf(after)];
  const broken = [was, is].find((rendering) => rendering?.ok === false);
  if (broken?.ok === false) return <Waiting field={field}>{download.failed(broken.reason)}</Waiting>;
  const changes = changesBetween(before, after);
  if (!was?.ok || !is?.ok || !changes)
    return (
      <Waiting field={field}>
        {failed ? download.offline : words.loading}
        {failed && (
          <Button
            label="Try again"
            icon="reset"
            className="small"
            onClick={() => {
              perform(loadTexts);
              perform(loadBase, before);
            }}
          />
        )}
      </Waiting>
    );
  return <Differences before={was} after={is} changes={changes} isDownload={isDownload} field={field} />;
}

function Waiting({ field, children }: { field: React.ReactNode; children: React.ReactNode }) {
  return (
    <div className="changes">
      <div className="pane-tools">{field}</div>
      <div className="waiting">{children}</div>
    </div>
  );
}
