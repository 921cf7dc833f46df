import { useRef } from 'react';

export interface Pointing {
  readonly onPointerMove: (event: React.PointerEvent) => void;
  readonly onPointerLeave: () => void;
}

/**
 * Pointed at by a mouse that moves: what comes to lie under one that rests, because something above it went, is not
 * meant. A finger that taps does not point first.
 */
export function usePointing(on: () => void, off: () => void): Pointing {
  const isOn = useRef(false);
  return {
    onPointerMove: ({ pointerType }) => {
      if (pointerType !== 'mouse' || isOn.current) return;
      isOn.current = true;
      on();
    },
    onPointerLeave: () => {
      isOn.current = false;
      off();
    },
  };
}
