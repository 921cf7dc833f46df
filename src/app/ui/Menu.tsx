/** A menu at a point of the screen: arrow keys, Escape, and the focus goes back to where it came from. */
import './menu.css';
import { useEffect, useRef } from 'react';
import type { Selection } from '#core/selection.ts';
import type { Point } from '../store/state.ts';
import { usePreview } from '../store/usePreview.ts';
import { Icon, type IconName } from './Icon.tsx';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
  readonly icon?: IconName;
  /** One of several, of which one holds. */
  readonly checked?: boolean;
  /** Why it cannot be chosen now. */
  readonly refused?: string | undefined;
  /** What it would make of the project, for the graph to show. */
  readonly next?: () => Selection | undefined;
  readonly run: () => void;
}
interface Props {
  readonly label: string;
  readonly at: Point;
  readonly items: readonly MenuItem[];
  readonly close: () => void;
}

const MARGIN = 8;

/** The click that ends the press which has just begun, if one does. */
function swallowClick(): void {
  const swallow = (event: Event): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener('click', swallow, { capture: true, once: true });
  addEventListener('pointerdown', () => removeEventListener('click', swallow, true), { capture: true, once: true });
}

export function Menu({ label, at, items, close }: Props) {
  const menu = useRef<HTMLDivElement>(null);
  const closing = useRef(close);
  closing.current = close;
  useEffect(() => {
    const before = document.activeElement;
    const own = menu.current;
    if (!own) return;
    const box = own.getBoundingClientRect();
    own.style.left = `${Math.max(MARGIN, Math.min(at.x, innerWidth - box.width - MARGIN))}px`;
    own.style.top = `${Math.max(MARGIN, Math.min(at.y, innerHeight - box.height - MARGIN))}px`;
    (own.querySelector<HTMLElement>('[aria-checked=true]') ?? own.querySelector('button') ?? own).focus();
    const down = (event: PointerEvent): void => {
      if (own.contains(event.target as Node)) return;
      closing.current();
      // A finger that closes the menu does nothing else with that tap.
      if (event.pointerType !== 'mouse') swallowClick();
    };
    // It stands where something was that may stand elsewhere by now.
    const turned = (): void => closing.current();
    addEventListener('pointerdown', down, true);
    addEventListener('resize', turned);
    return () => {
      removeEventListener('pointerdown', down, true);
      removeEventListener('resize', turned);
      const isLost = document.activeElement === document.body || own.contains(document.activeElement);
      if (isLost && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [at]);
  return (
    <div
      ref={menu}
      className="menu scroll"
      role="menu"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Tab' || event.key === 'Escape') close();
        const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
        const here = stops.indexOf(document.activeElement as HTMLElement);
        const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: stops.length - 1 }[event.key];
        if (to === undefined && event.key !== 'Escape' && event.key !== 'Tab') return;
        event.preventDefault();
        event.stopPropagation();
        if (to !== undefined) stops[(to + stops.length) % stops.length]?.focus();
      }}
    >
      {items.map((item) => (
        <Item key={item.id} item={item} close={close} />
      ))}
    </div>
  );
}

function Item({ item, close }: { item: MenuItem; close: () => void }) {
  const { label, detail, icon, checked, refused, next, run } = item;
  const shown = usePreview(() => next?.());
  const more = refused ?? detail;
  return (
    <button
      type="button"
      {...(checked === undefined ? { role: 'menuitem' } : { role: 'menuitemradio', 'aria-checked': checked })}
      aria-disabled={refused === undefined ? undefined : true}
      tabIndex={-1}
      className="menu-item"
      onClick={() => {
        if (refused !== undefined) return;
        close();
        // After the menu has given the focus back.
        setTimeout(run);
      }}
      {...shown}
    >
      <span className="menu-icon">
        {icon && <Icon name={icon} size={15} />}
        {checked && <Icon name="check" size={15} />}
      </span>
      <span className="menu-text">
        <span>{label}</span>
        {more && <small>{more}</small>}
      </span>
    </button>
  );
}
