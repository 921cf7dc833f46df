/** What a command comes to. Commands return it; only `run.ts` writes it anywhere. */

/** 0 done, 1 refused, 2 the command line cannot be read. */
export type Exit = 0 | 1 | 2;

/** One thing that stands in the way, in a sentence, with the commands that would work. */
export interface Obstacle {
  readonly code: string;
  readonly message: string;
  readonly modules?: readonly string[];
  readonly repairs?: readonly { readonly message: string; readonly command: string }[];
}
export interface Outcome {
  readonly exit: Exit;
  /** The result, for standard output; with `--json` the report takes its place. */
  readonly out: readonly string[];
  /** Everything else, for standard error. */
  readonly err: readonly string[];
  /** The command's own fields of the report. */
  readonly data: object;
  /** A project stands on the disk now, whatever becomes of the report. */
  readonly written?: boolean;
}

/** Raised by a number when a field of the report changes its meaning or goes. */
export const REPORT_FORMAT = 1;

export function report(command: string, { exit, data }: Outcome): string {
  return JSON.stringify({ stackwright: REPORT_FORMAT, command, ok: exit === 0, exit, ...data }, null, 2);
}

export function done(out: readonly string[], data: object, err: readonly string[] = []): Outcome {
  return { exit: 0, out, err, data };
}

/** @param out what may still be of use, such as a share code without its unknown parts */
export function refused(
  exit: 1 | 2,
  obstacles: readonly Obstacle[],
  data: object = {},
  out: readonly string[] = [],
): Outcome {
  const err = obstacles.flatMap(({ message, repairs = [] }) => [
    message,
    ...repairs.flatMap((repair) => [`  ${repair.message}:`, `    ${repair.command}`]),
  ]);
  return { exit, out, err, data: { ...data, problems: obstacles } };
}

/** Thrown from within a command to end it with an outcome. */
export class Refused extends Error {
  override name = 'Refused' as const;
  readonly outcome: Outcome;
  constructor(outcome: Outcome) {
    super(outcome.err.join('\n'));
    this.outcome = outcome;
  }
}

export function refuse(code: string, message: string, exit: 1 | 2 = 1): never {
  throw new Refused(refused(exit, [{ code, message }]));
}
