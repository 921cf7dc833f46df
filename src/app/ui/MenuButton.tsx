/** A button that opens a menu under itself. */
import { useState } from 'react';
import type { Point } from '../store/state.ts';
import { Button } from './Button.tsx';
import type { IconName } from './Icon.tsx';
import { Menu, type MenuItem } from './Menu.tsx';

interface Props {
  readonly label: string;
  readonly title: string;
  readonly icon: IconName;
  readonly className?: string;
  readonly refused?: string | undefined;
  /** Asked for when it opens, so that nothing is worked out before. */
  readonly items: () => readonly MenuItem[];
}

export function MenuButton({ label, title, icon, className, refused, items }: Props) {
  const [at, setAt] = useState<Point>();
  return (
    <>
      <Button
        label={label}
        icon={icon}
        bare
        look="quiet"
        tip={label}
        refused={refused}
        expanded={at !== undefined}
        {...(className === undefined ? {} : { className })}
        onClick={(event) => {
          if (refused !== undefined) return;
          const box = event.currentTarget.getBoundingClientRect();
          setAt(at ? undefined : { x: box.left, y: box.bottom + 4 });
        }}
      />
      {at && <Menu label={title} at={at} items={items()} close={() => setAt(undefined)} />}
    </>
  );
}
