import { useEffect, useRef } from 'react';
import type { Selection } from '#core/selection.ts';
import { preview } from '../actions/edges.ts';
import { type Pointing, usePointing } from '../ui/usePointing.ts';
import { perform } from './action.ts';
import { getState } from './store.ts';

/** What shows a click's consequence on the graph while its control is pointed at by mouse, or focused. */
export interface Previewing extends Pointing {
  readonly onFocus: (event: React.FocusEvent) => void;
  readonly onBlur: () => void;
}

/** @param next what would be, asked for when it is to be shown; nothing where the click changes nothing */
export function usePreview(next: () => Selection | undefined): Previewing {
  const own = useRef<Selection>(undefined);
  const on = (): void => {
    own.current = next();
    perform(preview, own.current);
  };
  const off = useRef((): void => {
    if (own.current && getState().ui.preview?.selection === own.current) perform(preview, undefined);
    own.current = undefined;
  }).current;
  // A control that goes is never left.
  useEffect(() => off, [off]);
  return {
    ...usePointing(on, off),
    onFocus: (event) => {
      if (event.target.matches(':focus-visible')) on();
    },
    onBlur: off,
  };
}
