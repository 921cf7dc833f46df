/** How much of the project rests on an option, and the way to see it. */
import type { Source } from '#core/facts.ts';
import { lightOf } from '#core/provenance.ts';
import { linesInFiles } from '#words/files.ts';
import { listFiles } from '../actions/files.ts';
import { perform } from '../store/action.ts';
import type { Rendering } from '../store/texts.ts';

interface Props extends Required<Source> {
  readonly made: Rendering | undefined;
}

export function OptionLines({ module, option, made }: Props) {
  if (!made?.ok || made.plan.problems.length + made.plan.resolution.problems.length > 0) return null;
  const { spans, lines } = lightOf(made.tree, { module, option });
  if (lines === 0) return null;
  return (
    <p className="option-lines">
      <button type="button" className="words-link" onClick={() => perform(listFiles, { module, option })}>
        {linesInFiles(lines, spans.size)}
      </button>
    </p>
  );
}
