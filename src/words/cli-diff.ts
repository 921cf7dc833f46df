/** What the command line says of presets and of two projects compared. */
import { program, quoted } from './cli.ts';
import { list } from './en.ts';

export const presetsEnd = (): string => `${program()} init NAME --preset ID makes one; more can be said beside it.`;

export const noSides = (): string => `Say what to compare: ${program()} diff A B, or see ${program()} diff --help`;
export const noSide = (word: string, presets: readonly string[]): string =>
  `${quoted(word)} is no share code, no folder with a project in it, and no preset. Presets are ${list(presets)}.`;
