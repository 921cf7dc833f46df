/** A button that stays focusable when it cannot be used, and says why. */
import type { ReactNode, Ref } from 'react';
import { Icon, type IconName } from './Icon.tsx';
import { Tip } from './Tip.tsx';

interface Props {
  readonly label: string;
  readonly icon?: IconName;
  /** Shows the icon alone; the label is its name. */
  readonly bare?: boolean;
  readonly look?: 'plain' | 'primary' | 'quiet' | 'danger';
  readonly tip?: string | undefined;
  /** Why it cannot be used now. */
  readonly refused?: string | undefined;
  readonly className?: string;
  readonly children?: ReactNode;
  readonly pressed?: boolean;
  readonly shortcut?: string;
  /** It opens a menu; whether that is open. */
  readonly expanded?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly onClick: (event: React.MouseEvent<HTMLButtonElement>) => void;
  /** Where a text on the page already says what a click does. */
  readonly describedBy?: string;
  readonly onPointerMove?: (event: React.PointerEvent) => void;
  readonly onPointerLeave?: () => void;
  readonly onFocus?: (event: React.FocusEvent) => void;
  readonly onBlur?: () => void;
}

export function Button(props: Props) {
  const {
    label,
    icon,
    bare,
    look = 'plain',
    tip,
    refused,
    className = '',
    children,
    pressed,
    shortcut,
    ref,
    describedBy,
    expanded,
    onClick,
    ...pointed
  } = props;
  const hasWords = 'refused' in props || 'tip' in props;
  const words = refused ?? tip;
  const button = (
    <button
      ref={ref}
      type="button"
      className={`button ${look} ${bare ? 'bare' : ''} ${className}`}
      aria-label={bare || children ? label : undefined}
      aria-disabled={refused === undefined ? undefined : true}
      aria-description={words || undefined}
      aria-describedby={describedBy}
      aria-pressed={pressed}
      aria-haspopup={expanded === undefined ? undefined : 'menu'}
      aria-expanded={expanded}
      aria-keyshortcuts={shortcut}
      onClick={onClick}
      {...pointed}
    >
      {icon && <Icon name={icon} />}
      {children ?? (bare ? null : <span>{label}</span>)}
    </button>
  );
  // One that can be refused stays the same element whether it is or not: another would not have its focus.
  return !hasWords ? button : <Tip text={words ?? ''}>{button}</Tip>;
}
