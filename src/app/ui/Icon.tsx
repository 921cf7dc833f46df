/** Line icons on a 16 px grid, drawn with the text colour. */
import { memo } from 'react';

const PATHS = {
  undo: 'M6 3 2.5 6.5 6 10 M3 6.5h6.5a4 4 0 0 1 0 8H7',
  redo: 'M10 3l3.5 3.5L10 10 M13 6.5H6.5a4 4 0 0 0 0 8H9',
  link: 'M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.4-2.4a2.6 2.6 0 0 0-3.7-3.7l-.9.9 M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.1 9.2a2.6 2.6 0 0 0 3.7 3.7l.9-.9',
  download: 'M8 2v8 M4.5 7 8 10.5 11.5 7 M2.5 13.5h11',
  sun: 'M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6 M8 1v1.6 M8 13.4V15 M1 8h1.6 M13.4 8H15 M3 3l1.2 1.2 M11.8 11.8 13 13 M13 3l-1.2 1.2 M4.2 11.8 3 13',
  moon: 'M13.5 9.6A6 6 0 1 1 6.4 2.5a4.8 4.8 0 0 0 7.1 7.1z',
  screen: 'M2 3h12v8H2z M5.5 14h5 M8 11v3',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9 M10.4 10.4 14 14',
  plus: 'M8 3v10 M3 8h10',
  minus: 'M3 8h10',
  check: 'M3 8.5 6.5 12 13 4.5',
  close: 'M3.5 3.5l9 9 M12.5 3.5l-9 9',
  trash: 'M2.5 4.5h11 M6 4.5V2.8h4v1.7 M4 4.5l.7 9h6.6l.7-9',
  grip: 'M6 4h.01 M10 4h.01 M6 8h.01 M10 8h.01 M6 12h.01 M10 12h.01',
  lock: 'M4 7.5h8v6H4z M5.5 7.5V5.2a2.5 2.5 0 0 1 5 0v2.3',
  warning: 'M8 2 1.5 13.5h13z M8 6.5v3.2 M8 11.6h.01',
  info: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8 M8 7.2v4 M8 4.9h.01',
  fit: 'M2.5 6V2.5H6 M10 2.5h3.5V6 M13.5 10v3.5H10 M6 13.5H2.5V10',
  tidy: 'M6 2h4v3H6z M1.5 11h4v3h-4z M10.5 11h4v3h-4z M8 5v3 M3.5 11V8h9v3',
  copy: 'M5.5 5.5h8v8h-8z M10.5 5.5v-3h-8v8h3',
  chevron: 'M4 6l4 4 4-4',
  file: 'M4 1.8h5l3 3v9.4H4z M9 1.8v3h3',
  folder: 'M1.8 3.5h4.4l1.4 1.6h6.6v7.6H1.8z',
  blocks: 'M2 2h5v5H2z M9 2h5v5H9z M2 9h5v5H2z M11.5 9v5 M9 11.5h5',
  sliders:
    'M2 4.5h7 M12.5 4.5H14 M2 11.5h1.5 M7 11.5h7 M10.8 2.8a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4 M5.2 9.8a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4',
  diagram: 'M5.5 2h5v3.5h-5z M2 10.5h4.5V14H2z M9.5 10.5H14V14H9.5z M8 5.5v2.5 M4.2 10.5V8h7.6v2.5',
  changes: 'M8 2.5v6 M5 5.5h6 M5 12.5h6 M2 1h12v14H2z',
  presets: 'M2 2.5h12v4H2z M2 9.5h5v4H2z M10 9.5h4v4h-4z',
  terminal: 'M2 3h12v10H2z M4.5 6 6.5 8l-2 2 M8 10.2h3.5',
  reset: 'M3 8a5 5 0 1 0 1.6-3.7 M3 2.5v3h3',
  keyboard: 'M1.5 4h13v8h-13z M4 6.5h.01 M6.7 6.5h.01 M9.4 6.5h.01 M12 6.5h.01 M4.5 9.5h7',
  more: 'M2.6 8a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0 M7.3 8a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0 M12 8a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0',
  share: 'M8 9.5V2 M5 4.7 8 1.8l3 2.9 M4.5 7H2.8v6.7h10.4V7h-1.7',
  arrow: 'M3 8h10 M9.5 4.5 13 8l-3.5 3.5',
  service: 'M8 1.8 13.6 5v6L8 14.2 2.4 11V5z',
  component: 'M2.5 2.5h11v11h-11z M2.5 6.2h11 M6.2 6.2v7.3',
  platform: 'M8 2 14 5 8 8 2 5z M2.3 8 8 10.9 13.7 8 M2.3 11 8 13.9 13.7 11',
} as const;

export type IconName = keyof typeof PATHS;

export const Icon = memo(function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width={size} height={size} aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
});
