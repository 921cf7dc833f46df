/** A module's options, each with the way back to its default. */
import { memo } from 'react';
import type { OptionId } from '#core/module.ts';
import type { Origin, ResolvedModule } from '#core/resolve.ts';
import type { Selection } from '#core/selection.ts';
import { optionTitle, titleOf, valueTitle } from '#words/en.ts';
import { catalog } from '../../catalog.ts';
import { setOption } from '../actions/modules.ts';
import { perform } from '../store/action.ts';
import type { Rendering } from '../store/texts.ts';
import { Button } from '../ui/Button.tsx';
import { OptionField, usePreviewOf } from './OptionField.tsx';
import { OptionLines } from './OptionLines.tsx';

interface Props {
  readonly entry: ResolvedModule;
  /** What the words on consequences speak of, and what was made of it: they may come a frame later than the values. */
  readonly before: Selection;
  readonly made: Rendering | undefined;
}

export const Options = memo(function Options({ entry, ...later }: Props) {
  const list = Object.entries(entry.module.options ?? {});
  if (list.length === 0) return null;
  return (
    <section className="inspected-part">
      <h3>Options</h3>
      {list.map(([id]) => (
        <OptionRow key={id} entry={entry} id={id} {...later} />
      ))}
    </section>
  );
});

/** One option with where its value comes from. */
export function OptionRow({
  entry: { module, options, origins },
  id,
  before,
  made,
}: Props & { readonly id: OptionId }) {
  const option = module.options?.[id];
  if (!option) return null;
  return (
    <div className="option" data-option={`${module.id}.${id}`}>
      <OptionField module={module.id} id={id} option={option} value={options[id] ?? ''} before={before} />
      <OptionFoot module={module.id} id={id} origin={origins[id]} />
      <OptionLines module={module.id} option={id} made={made} />
    </div>
  );
}

/** Where the value comes from, and the way back. */
function OptionFoot({ module, id, origin }: { module: string; id: string; origin: Origin | undefined }) {
  const shown = usePreviewOf({ module, id }, undefined);
  if (!origin || origin.kind === 'default') return null;
  if (origin.kind === 'demanded') {
    return (
      <p className="option-foot">
        {origin.demands.map(({ by, value, because }) => (
          <span
            key={by}
          >{`${titleOf(catalog, by)} asks for ${valueTitle(catalog, module, id, value)}: ${because}.`}</span>
        ))}
      </p>
    );
  }
  return (
    <p className="option-foot">
      <span>Set by you.</span>
      <Button
        label={`Set ${optionTitle(catalog, module, id)} back to default`}
        look="quiet"
        icon="reset"
        className="small"
        onClick={() => perform(setOption, module, id, undefined)}
        {...shown}
      >
        <span>Back to default</span>
      </Button>
    </p>
  );
}
