/** A text option. What it refuses stays as a draft, with the reason, and is not taken up. */
import { useId, useRef, useState } from 'react';
import type { TextOption as Declared } from '#core/module.ts';
import { refuseValue } from '#core/selection.ts';
import { valueRefusal } from '#words/en.ts';
import { setOption } from '../actions/modules.ts';
import { perform } from '../store/action.ts';

interface Props {
  readonly module: string;
  readonly id: string;
  readonly option: Declared;
  readonly value: string;
}

export function TextOption({ module, id, option, value }: Props) {
  const field = useId();
  const [draft, setDraft] = useState<string>();
  const visit = useRef(0);
  const typed = draft ?? value;
  const refusal = refuseValue(option, typed);
  const Field = option.multiline ? 'textarea' : 'input';
  return (
    <div className="text-option">
      <label htmlFor={field}>{option.title}</label>
      <p className="option-summary" id={`${field}-s`}>
        {option.summary}
      </p>
      <Field
        id={field}
        className="field"
        value={typed}
        {...(option.multiline ? { rows: 3 } : {})}
        {...(option.range ? { inputMode: 'numeric' } : {})}
        aria-describedby={`${field}-s ${field}-r`}
        aria-invalid={refusal !== undefined}
        onChange={(event) => {
          const next = event.target.value;
          if (refuseValue(option, next)) setDraft(next);
          else {
            setDraft(undefined);
            perform(setOption, module, id, next, visit.current);
          }
        }}
        onFocus={() => {
          visit.current = Date.now();
        }}
        onBlur={() => setDraft(undefined)}
      />
      <p className="text-rule" id={`${field}-r`}>
        <span className="wrong" role={refusal ? 'alert' : undefined}>
          {refusal && valueRefusal(refusal)}
        </span>
        {option.range ? (
          <span>
            {option.range.from} to {option.range.to}
          </span>
        ) : (
          <span>
            {typed.length}
            <span aria-hidden="true"> / </span>
            <span className="sr"> of </span>
            {option.maxLength}
          </span>
        )}
      </p>
    </div>
  );
}
