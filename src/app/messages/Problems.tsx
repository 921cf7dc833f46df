/** What has to be settled before a download, with ranked repairs: one click each, and undoable. */
import type { Repair } from '#core/repair.ts';
import { changes, problem } from '#words/en.ts';
import { problemCount } from '#words/page.ts';
import { catalog } from '../../catalog.ts';
import { follows } from '../actions/edges.ts';
import { repair } from '../actions/modules.ts';
import { perform } from '../store/action.ts';
import { useProblems, useSelection } from '../store/store.ts';
import { usePreview } from '../store/usePreview.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';

export function Problems() {
  const problems = useProblems();
  if (problems.length === 0) return null;
  return (
    <section className="strip problems" aria-label="Problems">
      <Icon name="warning" />
      <div className="problems-body scroll">
        <h2 className="pane-title">{problemCount(problems.length)} to settle</h2>
        <ul>
          {problems.map((given) => {
            const words = problem(catalog, given);
            return (
              <li key={words}>
                <p>{words}</p>
                <ul className="repairs" aria-label={`Repairs: ${words}`}>
                  {given.repairs.map((offered) => (
                    <li key={JSON.stringify(offered.selection)}>
                      <RepairButton offered={offered} />
                    </li>
                  ))}
                </ul>
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}

function RepairButton({ offered }: { offered: Repair }) {
  const more = follows(useSelection(), offered.selection);
  const shown = usePreview(() => offered.selection);
  return (
    <>
      <Button
        label={changes(catalog, offered.changes)}
        className="small"
        tip={more === '' ? undefined : more}
        onClick={() => perform(repair, offered)}
        {...shown}
      />
      {/* A finger does not point before it taps; who listens hears it with the button. */}
      <small className="repair-more" aria-hidden="true">
        {more}
      </small>
    </>
  );
}
