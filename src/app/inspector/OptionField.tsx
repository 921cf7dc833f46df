/** The field of one option; what each of its values would make of the project shows on the graph before the click. */
import type { Option, OptionId, OptionValue } from '#core/module.ts';
import { configure, type Selection } from '#core/selection.ts';
import { titleOf } from '#words/en.ts';
import { catalog } from '../../catalog.ts';
import { setOption } from '../actions/modules.ts';
import { perform } from '../store/action.ts';
import { getState } from '../store/store.ts';
import { type Previewing, usePreview } from '../store/usePreview.ts';
import { brings } from './brings.ts';
import { TextOption } from './TextOption.tsx';

interface Place {
  readonly module: string;
  readonly id: OptionId;
}
interface FieldProps extends Place {
  /** What the words on consequences speak of. */
  readonly before: Selection;
  readonly option: Option;
  readonly value: OptionValue;
}

export function OptionField({ module, id, before, option, value }: FieldProps) {
  const name = `${module}.${id}`;
  switch (option.kind) {
    case 'choice':
      return (
        <fieldset className="choice" aria-describedby={`${name}-s`}>
          <legend>{option.title}</legend>
          <p className="option-summary" id={`${name}-s`}>
            {option.summary}
          </p>
          {option.values.map((candidate) => (
            <ChoiceValue
              key={candidate.id}
              module={module}
              id={id}
              before={before}
              value={value}
              candidate={candidate}
            />
          ))}
        </fieldset>
      );
    case 'toggle':
    case 'link':
      return <Switch module={module} id={id} before={before} option={option} isOn={value === true} />;
    case 'text':
      return <TextOption key={name} module={module} id={id} option={option} value={String(value)} />;
  }
}

/** @param isSet what is set already would make nothing else of the project */
export function usePreviewOf({ module, id }: Place, value: OptionValue | undefined, isSet = false): Previewing {
  return usePreview(() => (isSet ? undefined : configure(getState().selection, module, id, value)));
}

type Candidate = Extract<Option, { readonly kind: 'choice' }>['values'][number];

interface ChoiceProps extends Omit<FieldProps, 'option'> {
  readonly candidate: Candidate;
}

function ChoiceValue({ module, id, before, value, candidate }: ChoiceProps) {
  const isSet = value === candidate.id;
  const shown = usePreviewOf({ module, id }, candidate.id, isSet);
  const words = [candidate.summary, isSet ? '' : brings(before, module, id, candidate.id)].filter(Boolean).join(' ');
  return (
    <label className="choice-value" {...shown}>
      <input
        type="radio"
        name={`${module}.${id}`}
        checked={isSet}
        onChange={() => perform(setOption, module, id, candidate.id)}
      />
      <span>
        {candidate.title}
        {words && <small>{words}</small>}
      </span>
    </label>
  );
}

type Switched = Extract<Option, { readonly kind: 'toggle' | 'link' }>;

interface SwitchProps extends Omit<FieldProps, 'option' | 'value'> {
  readonly option: Switched;
  readonly isOn: boolean;
}

function Switch({ module, id, before, option, isOn }: SwitchProps) {
  const shown = usePreviewOf({ module, id }, !isOn);
  const words = isOn ? '' : brings(before, module, id, true);
  return (
    <label className="switch" {...shown}>
      <input
        type="checkbox"
        role="switch"
        aria-checked={isOn}
        checked={isOn}
        onChange={(event) => perform(setOption, module, id, event.target.checked)}
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
