/** `stackwright presets`: selections worth starting from. */
import { type FlagTable, readFlags } from '#core/flags.ts';
import * as words from '#words/cli-diff.ts';
import { catalog, presets as listed } from '../../catalog.ts';
import { argumentsRefused } from '../obstacles.ts';
import { done, type Outcome } from '../outcome.ts';
import { strong } from '../terminal.ts';

const FLAGS: FlagTable = { json: 'switch', help: 'switch' };

export async function presets(argv: readonly string[], version: string): Promise<Outcome> {
  const { words: extra, switches, refusals } = readFlags(argv, FLAGS);
  if (switches.has('help')) return (await import('./help.ts')).help(['presets'], version);
  argumentsRefused(catalog, [
    ...refusals,
    ...extra.slice(0, 1).map((text) => ({ code: 'too-many-words', text, takes: 'options' }) as const),
  ]);
  const out = listed.flatMap(({ id, title, summary, code }) => [
    `${strong(id.padEnd(16))} ${title}`,
    `${MARGIN}${summary}`,
    `${MARGIN}${code}`,
    '',
  ]);
  return done([...out, words.presetsEnd()], { catalog: catalog.version, presets: listed });
}
const MARGIN = ' '.repeat(17);
