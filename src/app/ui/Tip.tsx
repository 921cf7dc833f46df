/** For those who see: what the child's description says. A tooltip on hover and focus that stays while pointed at and goes with Escape (WCAG 1.4.13). */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { usePointing } from './usePointing.ts';

const MARGIN = 6;
/** There is one: what is pointed at now puts away what only has the focus. */
let shown: ((isOpen: boolean) => void) | undefined;

interface Props {
  readonly text: string;
  readonly side?: 'below' | 'right';
  readonly children: ReactNode;
}

export function Tip({ text, side = 'below', children }: Props) {
  const anchor = useRef<HTMLSpanElement>(null);
  const bubble = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const pointing = usePointing(
    () => setOpen(true),
    () => setOpen(false),
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: another text is another size
  useEffect(() => {
    const target = anchor.current?.firstElementChild;
    if (!isOpen || !bubble.current || !target) return;
    if (shown !== setOpen) shown?.(false);
    shown = setOpen;
    const box = target.getBoundingClientRect();
    const own = bubble.current.getBoundingClientRect();
    const { x, y } =
      side === 'right' && box.right + own.width + 2 * MARGIN < innerWidth ? beside(box) : under(box, own);
    bubble.current.style.left = `${x}px`;
    bubble.current.style.top = `${y}px`;
    const close = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') setOpen(false);
    };
    addEventListener('keydown', close);
    return () => removeEventListener('keydown', close);
  }, [isOpen, side, text]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it listens to the button in it
    <span
      ref={anchor}
      className="tip-anchor"
      {...pointing}
      onPointerDown={() => setOpen(false)}
      onFocus={(event) => event.target.matches(':focus-visible') && setOpen(true)}
      onBlur={() => setOpen(false)}
    >
      {children}
      {isOpen &&
        text !== '' &&
        createPortal(
          <div ref={bubble} className="tip" aria-hidden="true">
            {text}
          </div>,
          document.body,
        )}
    </span>
  );
}

function beside(box: DOMRect): { x: number; y: number } {
  return { x: box.right + MARGIN, y: box.top + MARGIN };
}

function under(box: DOMRect, own: DOMRect): { x: number; y: number } {
  const isBelow = box.bottom + MARGIN + own.height < innerHeight;
  return {
    x: Math.min(Math.max(MARGIN, box.left + box.width / 2 - own.width / 2), innerWidth - own.width - MARGIN),
    y: isBelow ? box.bottom + MARGIN : box.top - own.height - MARGIN,
  };
}
