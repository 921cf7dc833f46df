/** How much of the project rests on an option, and the way to see it. */
import type { Source } from '#core/facts.ts';
import { lightOf } from '#core/provenance.ts';
import { linesInFiles } from '#words/files.ts';
import { listFiles } from '../actions/files.ts';
import { perform } from '../store/action.ts';
import { useLaterRendering } from '../store/store.ts';

export function OptionLines({ module, option }: Required<Source>) {
  const rendering = useLaterRendering();
  if (!rendering?.ok || rendering.plan.problems.length + rendering.plan.resolution.problems.length > 0) return null;
  const { spans, lines } = lightOf(rendering.tree, { module, option });
  if (lines === 0) return null;
  return (
    <p className="option-lines">
      <button type="button" className="words-link" onClick={() => perform(listFiles, { module, option })}>
        {linesInFiles(lines, spans.size)}
      </button>
    </p>
  );
}
