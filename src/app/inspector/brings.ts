/** What setting an option would bring or take away, before the click. */
import type { ModuleId, OptionId, OptionValue } from '#core/module.ts';
import { resolve } from '#core/resolve.ts';
import { configure, type Selection } from '#core/selection.ts';
import { consequence } from '#words/en.ts';
import { capital } from '#words/page.ts';
import { catalog } from '../../catalog.ts';
import { resolutionOf } from '../store/derive.ts';

export function brings(selection: Selection, module: ModuleId, option: OptionId, value: OptionValue): string {
  const now = resolutionOf(selection);
  const then = resolve(catalog, configure(selection, module, option, value));
  const words = consequence(catalog, now, then, []).replaceAll('added ', 'adds ').replaceAll('removed ', 'removes ');
  const problems = then.problems.length > now.problems.length ? 'Needs settling with what asks for another.' : '';
  return [words && `${capital(words)}.`, problems].filter(Boolean).join(' ');
}
