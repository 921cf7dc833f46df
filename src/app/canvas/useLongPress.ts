/** A finger held still on a node asks for its menu; one that moves drags it. */
import { useRef } from 'react';
import { openMenu } from '../actions/view.ts';
import { perform } from '../store/action.ts';
import { nodeOf } from './canvas.ts';

const HOLD_MS = 480;
const SLACK = 8;

export function useLongPress() {
  const held = useRef<{ x: number; y: number; isOpen: boolean; waiting: ReturnType<typeof setTimeout> }>(undefined);
  const stop = (): void => {
    clearTimeout(held.current?.waiting);
    held.current = undefined;
  };
  return {
    onPointerDownCapture: (event: React.PointerEvent): void => {
      stop();
      const module = nodeOf(event.target as Element);
      if (event.pointerType === 'mouse' || !event.isPrimary || module === undefined) return;
      const at = { x: event.clientX, y: event.clientY };
      const open = (): void => {
        if (held.current) held.current.isOpen = true;
        perform(openMenu, { module, at });
      };
      held.current = { ...at, isOpen: false, waiting: setTimeout(open, HOLD_MS) };
    },
    onPointerMoveCapture: (event: React.PointerEvent): void => {
      const from = held.current;
      if (!from || Math.hypot(event.clientX - from.x, event.clientY - from.y) <= SLACK) return;
      // Whoever goes on drags the node after all.
      if (from.isOpen) perform(openMenu, undefined);
      stop();
    },
    onPointerUpCapture: stop,
    onPointerCancelCapture: stop,
  };
}
