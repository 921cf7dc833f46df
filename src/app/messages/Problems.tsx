/** What has to be settled before a download, with ranked repairs: one click each, and undoable. */
import { changes, problem } from '#words/en.ts';
import { problemCount } from '#words/page.ts';
import { catalog } from '../../catalog.ts';
import { repair } from '../actions/modules.ts';
import { perform } from '../store/action.ts';
import { useProblems } from '../store/store.ts';
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
                      <button type="button" className="button small" onClick={() => perform(repair, offered)}>
                        {changes(catalog, offered.changes)}
                      </button>
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
