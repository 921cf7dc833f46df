/** Finds the command, runs it, and writes what came of it. */
import { nearest } from '#core/flags.ts';
import * as words from '#words/cli.ts';
import { type Outcome, Refused, refused, report } from './outcome.ts';

type Command = (argv: readonly string[], version: string) => Promise<Outcome> | Outcome;

/** Each loads on demand. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  init: async () => (await import('./commands/init.ts')).init,
  services: async () => (await import('./commands/list.ts')).services,
  components: async () => (await import('./commands/list.ts')).components,
  platform: async () => (await import('./commands/list.ts')).platform,
  presets: async () => (await import('./commands/presets.ts')).presets,
  share: async () => (await import('./commands/share.ts')).share,
  verify: async () => (await import('./commands/verify.ts')).verify,
  diff: async () => (await import('./commands/diff.ts')).diff,
  help: async () => (await import('./commands/help.ts')).help,
};
export const COMMAND_NAMES: readonly string[] = Object.keys(COMMANDS);

/** @param tell takes what to say if the answer cannot be printed */
export async function run(
  argv: readonly string[],
  version: string,
  tell: (sentence: (code: string) => string) => void,
): Promise<void> {
  const [name = '', ...rest] = argv;
  const outcome = await outcomeOf(name, rest, version);
  const flags = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  const wantsReport = flags.includes('--json');
  tell((code) => words.unprinted(words.diskReason(code), outcome.written === true));
  for (const line of outcome.err) process.stderr.write(`${line}\n`);
  if (wantsReport) process.stdout.write(`${report(name, outcome)}\n`);
  else for (const line of outcome.out) process.stdout.write(`${line}\n`);
  process.exitCode = outcome.exit;
}

export async function outcomeOf(name: string, argv: readonly string[], version: string): Promise<Outcome> {
  const usage = (code: string, message: string): Outcome => refused(2, [{ code, message }]);
  if (name === '') return usage('no-command', words.noCommand());
  if (name === '--version' || name === '-V') return { exit: 0, out: [version], err: [], data: { version } };
  const isHelp = name === '--help' || name === '-h';
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : isHelp ? COMMANDS.help : undefined;
  if (!load) {
    const near = nearest(name, [...COMMAND_NAMES, '--version', '--help']);
    return usage('unknown-command', words.unknownCommand(name, near, COMMAND_NAMES));
  }
  try {
    const command = await load();
    return await command(argv, version);
  } catch (error) {
    if (error instanceof Refused) return error.outcome;
    throw error;
  }
}
