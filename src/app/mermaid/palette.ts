/** The diagrams' colours on a dark ground. The texts themselves are always the light ones. */
import type { Palette } from '#core/diagrams.ts';

const color = '#e8ecf1';
export const DARK: Palette = {
  service: { fill: '#18253d', stroke: '#79a9ff', color },
  component: { fill: '#12291f', stroke: '#4fc99b', color },
  platform: { fill: '#251c3a', stroke: '#bd9bff', color },
  always: { fill: '#1c222a', stroke: '#75818e', color },
  added: { fill: '#161b21', stroke: '#79a9ff', color },
};
