/** A module's options, each with the way back to its default. */
import type { Option, OptionId, OptionValue } from '#core/module.ts';
import type { Origin, ResolvedModule } from '#core/resolve.ts';
import { optionTitle, titleOf, valueTitle } from '#words/en.ts';
import { catalog } from '../../catalog.ts';
import { setOption } from '../actions/modules.ts';
import { perform } from '../store/action.ts';
import { useLaterSelection } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';
import { brings } from './brings.ts';
import { OptionLines } from './OptionLines.tsx';
import { TextOption } from './TextOption.tsx';

export function Options({ entry }: { entry: ResolvedModule }) {
  const list = Object.entries(entry.module.options ?? {});
  if (list.length === 0) return null;
  return (
    <section className="inspected-part">
      <h3>Options</h3>
      {list.map(([id]) => (
        <OptionRow key={id} entry={entry} id={id} />
      ))}
    </section>
  );
}

/** One option with where its value comes from. */
export function OptionRow({ entry: { module, options, origins }, id }: { entry: ResolvedModule; id: OptionId }) {
  const option = module.options?.[id];
  if (!option) return null;
  return (
    <div className="option" data-option={`${module.id}.${id}`}>
      <OptionField module={module.id} id={id} option={option} value={options[id] ?? ''} />
      <OptionFoot module={module.id} id={id} origin={origins[id]} />
      <OptionLines module={module.id} option={id} />
    </div>
  );
}

interface FieldProps {
  readonly module: string;
  readonly id: string;
  readonly option: Option;
  readonly value: OptionValue;
}

function OptionField({ module, id, option, value }: FieldProps) {
  const selection = useLaterSelection();
  const set = (next: OptionValue): void => perform(setOption, module, id, next);
  const name = `${module}.${id}`;
  switch (option.kind) {
    case 'choice':
      return (
        <fieldset className="choice" aria-describedby={`${name}-s`}>
          <legend>{option.title}</legend>
          <p className="option-summary" id={`${name}-s`}>
            {option.summary}
          </p>
          {option.values.map((candidate) => {
            const words = [candidate.summary, value === candidate.id ? '' : brings(selection, module, id, candidate.id)]
              .filter(Boolean)
              .join(' ');
            return (
              <label key={candidate.id} className="choice-value">
                <input type="radio" name={name} checked={value === candidate.id} onChange={() => set(candidate.id)} />
                <span>
                  {candidate.title}
                  {words && <small>{words}</small>}
                </span>
              </label>
            );
          })}
        </fieldset>
      );
    case 'toggle':
    case 'link': {
      const words = value === true ? '' : brings(selection, module, id, true);
      return (
        <label className="switch">
          <input
            type="checkbox"
            role="switch"
            aria-checked={value === true}
            checked={value === true}
            onChange={(event) => set(event.target.checked)}
          />
          <span>
            {option.title}
            <small>{option.summary}</small>
            {option.kind === 'link' && <small>{`To ${titleOf(catalog, option.target)}: ${option.because}.`}</small>}
            {words && <small className="option-brings">{words}</small>}
          </span>
        </label>
      );
    }
    case 'text':
      return <TextOption key={name} module={module} id={id} option={option} value={String(value)} />;
  }
}

/** Where the value comes from, and the way back. */
function OptionFoot({ module, id, origin }: { module: string; id: string; origin: Origin | undefined }) {
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
      >
        <span>Back to default</span>
      </Button>
    </p>
  );
}
