/** The prompts of the terminal. Ctrl-C at any of them ends the command with nothing written. */
import * as clack from '@clack/prompts';
import { cancelled } from '#words/cli.ts';
import { Refused, refused } from '../outcome.ts';

export interface Item {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}
export interface Prompts {
  intro(text: string): void;
  warn(text: string): void;
  note(text: string, title: string): void;
  /** @param hint what an empty line shows; the initial text unless given */
  text(message: string, initial: string, refuse: (typed: string) => string | undefined, hint?: string): Promise<string>;
  one(message: string, items: readonly Item[], initial?: string): Promise<string>;
  many(message: string, items: readonly Item[], initial: readonly string[]): Promise<string[]>;
  sure(message: string): Promise<boolean>;
}

/** @param output standard error where standard output is for a report */
export function prompts(output: NodeJS.WriteStream): Prompts {
  // Terminals made by programs often have no size, and everything would wrap at every letter.
  if (!output.columns) output.columns = 80;
  if (!output.rows) output.rows = 24;
  const answer = <T>(given: T): Exclude<T, symbol> => {
    if (clack.isCancel(given)) throw cancel();
    return given as Exclude<T, symbol>;
  };
  return {
    intro: (text) => clack.intro(text, { output }),
    warn: (text) => clack.log.warn(text, { output }),
    note: (text, title) => clack.note(text, title, { output, format: (line) => line }),
    text: async (message, initial, refuse, hint = initial) =>
      answer(
        await clack.text({
          message,
          placeholder: hint,
          defaultValue: initial,
          validate: (typed) => refuse(typed || initial),
          output,
        }),
      ),
    one: async (message, items, initial) =>
      answer(
        await clack.select({
          message,
          options: [...items],
          output,
          ...(initial === undefined ? {} : { initialValue: initial }),
        }),
      ),
    many: async (message, items, initial) =>
      answer(
        await clack.multiselect({ message, options: [...items], initialValues: [...initial], required: false, output }),
      ),
    sure: async (message) => answer(await clack.confirm({ message, output })),
  };
}

export const cancel = (): Refused => new Refused(refused(1, [{ code: 'cancelled', message: cancelled }]));
