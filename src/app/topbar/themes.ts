/** Light, dark, or as the system: each with what follows it. */
import type { Theme } from '../store/state.ts';
import type { IconName } from '../ui/Icon.tsx';

export const THEMES: Readonly<Record<Theme, { next: Theme; icon: IconName; words: string }>> = {
  system: { next: 'light', icon: 'screen', words: 'Theme: as the system' },
  light: { next: 'dark', icon: 'sun', words: 'Theme: light' },
  dark: { next: 'system', icon: 'moon', words: 'Theme: dark' },
};
