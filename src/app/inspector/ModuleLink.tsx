import type { ModuleId } from '#core/module.ts';
import { titleOf } from '#words/en.ts';
import { catalog } from '../../catalog.ts';
import { inspect } from '../actions/view.ts';
import { perform } from '../store/action.ts';

/** A module's title that leads to its inspector. */
export function ModuleLink({ id }: { id: ModuleId }) {
  return (
    <button type="button" className="module-link" onClick={() => perform(inspect, id)}>
      {titleOf(catalog, id)}
    </button>
  );
}
