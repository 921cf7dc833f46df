/**
 * Dragging by pointer events, since HTML5 drag does nothing on touch. A mouse drags at once; a finger drags
 * at once from the grip, and elsewhere after a moment's hold, so that the list still scrolls.
 */
import { useEffect, useRef } from 'react';
import type { Module } from '#core/module.ts';
import { add } from '../actions/modules.ts';
import { drag } from '../actions/view.ts';
import { canvas } from '../canvas/canvas.ts';
import { perform } from '../store/action.ts';
import { Ghost } from './ghost.ts';

const SLACK = 6;
const HOLD_MS = 260;

export function useDragToGraph(module: Module, canDrag: boolean) {
  const ref = useRef<HTMLButtonElement>(null);
  const dragged = useRef(false);
  useEffect(() => {
    const element = ref.current;
    if (!element || !canDrag) return;
    return listen(element, module, (was) => {
      dragged.current = was;
    });
  }, [module, canDrag]);
  /** Whether the click that follows ends a drag. */
  const wasDrag = (): boolean => {
    const was = dragged.current;
    dragged.current = false;
    return was;
  };
  return { ref, wasDrag };
}

function listen(element: HTMLElement, module: Module, setDragged: (was: boolean) => void): () => void {
  let begun: { x: number; y: number; pointer: number; isTouch: boolean; isFree: boolean } | undefined;
  let ghost: Ghost | undefined;
  let holding: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;

  const hold = (pointer: number): void => {
    try {
      element.setPointerCapture(pointer);
    } catch {
      // The pointer has just gone; the drag ends with it.
    }
  };
  const start = (x: number, y: number): void => {
    if (!begun) return;
    hold(begun.pointer);
    ghost = new Ghost(module);
    ghost.move(x, y);
    isOver = canvas.isOver(x, y);
    perform(drag, { module: module.id, over: isOver });
  };
  const finish = (): void => {
    clearTimeout(holding);
    ghost?.remove();
    if (ghost) perform(drag, undefined);
    ghost = undefined;
    begun = undefined;
    isOver = false;
    removeEventListener('keydown', stop, true);
  };
  const stop = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !ghost) return;
    event.preventDefault();
    finish();
  };
  const down = (event: PointerEvent): void => {
    setDragged(false);
    if (event.button !== 0 || !event.isPrimary) return;
    const isTouch = event.pointerType !== 'mouse';
    const isFree = !isTouch || (event.target as Element).closest('[data-grip]') !== null;
    begun = { x: event.clientX, y: event.clientY, pointer: event.pointerId, isTouch, isFree };
    addEventListener('keydown', stop, true);
    // From the first moment on: a brisk mouse is elsewhere with its first move.
    if (isFree) hold(event.pointerId);
    else holding = setTimeout(() => start(event.clientX, event.clientY), HOLD_MS);
  };
  const moved = (event: PointerEvent): void => {
    if (!begun || event.pointerId !== begun.pointer) return;
    // Let go where nobody heard it.
    if (event.buttons === 0) {
      finish();
      return;
    }
    if (!ghost) {
      if (Math.hypot(event.clientX - begun.x, event.clientY - begun.y) < SLACK) return;
      if (!begun.isFree) {
        clearTimeout(holding);
        return;
      }
      start(event.clientX, event.clientY);
    }
    setDragged(true);
    ghost?.move(event.clientX, event.clientY);
    const over = canvas.isOver(event.clientX, event.clientY);
    if (over !== isOver) perform(drag, { module: module.id, over });
    isOver = over;
  };
  const up = (event: PointerEvent): void => {
    const at = ghost && isOver ? canvas.toFlow(event.clientX, event.clientY) : undefined;
    finish();
    if (at) perform(add, module.id, at);
  };
  const touch = (event: TouchEvent): void => {
    // While something is being dragged the page must not scroll.
    if (ghost || begun?.isFree) event.preventDefault();
  };
  element.addEventListener('pointerdown', down);
  element.addEventListener('pointermove', moved);
  element.addEventListener('pointerup', up);
  element.addEventListener('pointercancel', finish);
  element.addEventListener('touchmove', touch, { passive: false });
  element.addEventListener('contextmenu', menu);
  return () => {
    finish();
    element.removeEventListener('pointerdown', down);
    element.removeEventListener('pointermove', moved);
    element.removeEventListener('pointerup', up);
    element.removeEventListener('pointercancel', finish);
    element.removeEventListener('touchmove', touch);
    element.removeEventListener('contextmenu', menu);
  };

  function menu(event: Event): void {
    if (begun?.isTouch) event.preventDefault();
  }
}
