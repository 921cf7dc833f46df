/** `init` on a terminal: the questions, then a summary, and only then a project. */
import type { InitArguments } from '#core/init.ts';
import { rename, type Selection } from '#core/selection.ts';
import * as words from '#words/cli.ts';
import { Refused } from '../outcome.ts';
import { historyAt } from '../project.ts';
import { moduleLines, type Target } from '../summary.ts';
import { shown } from '../terminal.ts';
import { cancel, prompts } from './prompts.ts';
import { askModules, askName, type Settled, settle } from './questions.ts';

/** @param checkTarget refuses a project that cannot be written there */
export async function asked(
  given: InitArguments,
  checkTarget: (selection: Selection) => Target,
  output: NodeJS.WriteStream,
): Promise<Settled> {
  const ask = prompts(output);
  ask.intro('stackwright');
  const folderRefusal = (name: string): string | undefined => {
    try {
      checkTarget(rename(given.selection, name));
      return undefined;
    } catch (error) {
      if (error instanceof Refused) return error.message;
      throw error;
    }
  };
  const named = given.word === undefined ? await askName(ask, given.selection, folderRefusal) : given.selection;
  const target = checkTarget(named);
  const settled = await settle(ask, await askModules(ask, given, named), target.zip ? {} : historyAt(target.path));
  ask.note(moduleLines(settled.resolution).join('\n'), words.summaryTitle(settled.project.tree.length));
  if (!(await ask.sure(words.askWrite(shown(target.path))))) throw cancel();
  return settled;
}
