/** The page under its top bar: columns as wide as somebody made them. What stands in them is not drawn anew with them. */
import type { CSSProperties, ReactNode } from 'react';
import { usePanels } from './usePanels.ts';

export function Columns({ children }: { children: ReactNode }) {
  const { leftWidth, inspectorWidth } = usePanels();
  const widths = { '--left': `${leftWidth.value}px`, '--inspector': `${inspectorWidth.value}px` } as CSSProperties;
  return (
    <main className="work" style={widths}>
      {children}
    </main>
  );
}
