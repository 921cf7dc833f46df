/** What stands in the way of a project, each with the commands that would work. */
import type { Catalog } from '#core/catalog.ts';
import { commandLine } from '#core/command.ts';
import type { InitArguments, Refusal } from '#core/init.ts';
import { suggestName } from '#core/names.ts';
import { type Problem, type Resolution, resolve } from '#core/resolve.ts';
import { canonical, rename, type Selection } from '#core/selection.ts';
import { type Decoded, encode } from '#core/share.ts';
import * as words from '#words/cli.ts';
import { argumentRefusal } from '#words/cli-arguments.ts';
import { changes, problem } from '#words/en.ts';
import { noticeRefusal } from '#words/notices.ts';
import { type Obstacle, Refused, refused } from './outcome.ts';

type Given = Pick<InitArguments, 'explicit' | 'output' | 'zip' | 'force' | 'selection'>;

/** A command line that cannot be read at all is exit 2; one that is read and cannot be done is 1. */
const USAGE: ReadonlySet<Refusal['code']> = new Set<Refusal['code']>([
  'unknown-flag',
  'missing-value',
  'unwanted-value',
  'given-twice',
  'too-many-words',
  'contradiction',
  'code-and-flags',
  'bad-item',
  'bad-setting',
]);

export function argumentsRefused(catalog: Catalog, refusals: readonly Refusal[]): void {
  if (refusals.length === 0) return;
  const exit = refusals.some(({ code }) => USAGE.has(code)) ? 2 : 1;
  const obstacles = refusals.map((refusal) => ({ code: refusal.code, message: argumentRefusal(catalog, refusal) }));
  throw new Refused(refused(exit, obstacles));
}

/**
 * Unlike the page, which takes what it can, the command line stops and prints what is left.
 * @param writes whether the command would have written anything
 */
export function codeRefused(catalog: Catalog, { selection, notices }: Decoded, writes: boolean): void {
  const [first] = notices;
  if (!first) return;
  if (first.code === 'not-a-code' || first.code === 'newer-version') {
    const message = first.code === 'not-a-code' ? words.codeUnreadable(first.text) : words.codeNewer(first.text);
    throw new Refused(refused(1, [{ code: first.code, message }]));
  }
  const misnamed = notices.find((item) => item.code === 'bad-name');
  // The name that was put in for it is nobody's wish; the one the sentence offers may be.
  const named = misnamed ? rename(selection, suggestName(catalog, misnamed.text)) : selection;
  const code = encode(catalog, named);
  const outcome = refused(
    1,
    notices.map((item) => ({ code: item.code, message: noticeRefusal(catalog, item) })),
    { code },
    [code],
  );
  throw new Refused({ ...outcome, err: [...outcome.err, words.codeHas(writes)] });
}

export function problemsRefused(catalog: Catalog, problems: readonly Problem[], given: Given): Refused {
  const obstacles = problems.map(
    (item): Obstacle => ({
      code: item.code,
      message: problem(catalog, item),
      modules: item.modules,
      repairs: item.repairs.map((repair) => ({
        message: changes(catalog, repair.changes),
        command: commandFor(catalog, repair.selection, given),
      })),
    }),
  );
  return new Refused(refused(1, obstacles));
}

/** In explicit mode nothing is added: every module that would be is named, with who needs it. */
export function missingRefused(catalog: Catalog, resolution: Resolution, given: Given): void {
  if (!given.explicit) return;
  const missing = resolution.modules.filter(({ reasons }) => reasons.every(({ kind }) => kind === 'required'));
  if (missing.length === 0) return;
  const obstacles = missing.map(({ module }): Obstacle => {
    const edges = resolution.edges.filter((edge) => edge.to === module.id);
    return {
      code: 'missing-module',
      message: words.missing(catalog, module.id, edges),
      modules: [module.id, ...new Set(edges.map(({ from }) => from))],
    };
  });
  const last = obstacles.pop();
  const repair = { message: words.wouldWork, command: commandFor(catalog, given.selection, given) };
  if (last) throw new Refused(refused(1, [...obstacles, { ...last, repairs: [repair] }]));
}

/** The whole line that makes this selection's project where the person wanted it. */
export function commandFor(catalog: Catalog, selection: Selection, { explicit, output, zip, force }: Given): string {
  const flags = [
    ...(output === undefined ? [] : ['--output', output]),
    ...(zip === undefined ? [] : ['--zip', zip]),
    ...(force ? ['--force'] : []),
  ];
  if (!explicit) return commandLine(catalog, selection, flags, words.program());
  const needed = resolve(catalog, selection).modules.filter(({ module }) => !module.always);
  const complete = canonical({ ...selection, chosen: [...selection.chosen, ...needed.map(({ module }) => module.id)] });
  return commandLine(catalog, complete, ['--no-interactive', ...flags], words.program());
}
