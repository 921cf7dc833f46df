/** `stackwright diff A [B]`: what differs between two projects, as names and numbers or as a patch. */
import { addCounts, compareTrees, type FileChange, type LineCount } from '#core/compare.ts';
import { countLines, patchOf, unpatched } from '#core/diff.ts';
import { type FlagTable, readFlags } from '#core/flags.ts';
import { encode } from '#core/share.ts';
import { MARK, same, signed, summary, view } from '#words/changes.ts';
import * as words from '#words/cli-diff.ts';
import { catalog } from '../../catalog.ts';
import { argumentsRefused } from '../obstacles.ts';
import { done, type Outcome, refuse } from '../outcome.ts';
import { renderedSide, sidesOf } from '../sides.ts';

const FLAGS: FlagTable = { patch: 'switch', 'exit-code': 'switch', json: 'switch', help: 'switch' };

export async function diff(argv: readonly string[], version: string): Promise<Outcome> {
  const {
    words: [one, other, extra],
    switches,
    refusals,
  } = readFlags(argv, FLAGS);
  if (switches.has('help')) return (await import('./help.ts')).help(['diff'], version);
  argumentsRefused(catalog, [
    ...refusals,
    ...(extra === undefined ? [] : [{ code: 'too-many-words', text: extra, takes: 'sides' } as const]),
  ]);
  // An empty word would be the folder one stands in, which nobody meant who wrote it.
  if (one === undefined || one === '' || other === '') refuse('no-side', words.noSides(), 2);
  const sides = sidesOf(one, other);
  const [before, after] = [await renderedSide(sides[0]), await renderedSide(sides[1])];
  const changes = compareTrees(before.tree, after.tree);
  const lines = changes.map(countLines).reduce(addCounts, { added: 0, removed: 0 });
  const wantsPatch = switches.has('patch');
  const patch = wantsPatch ? patchOf(changes) : '';
  const left = unpatched(changes);
  const paths = (kind: FileChange['kind']): string[] =>
    changes.filter((change) => change.kind === kind).map(({ path }) => path);
  const outcome = done(
    wantsPatch ? (patch === '' ? [] : [patch.slice(0, -1)]) : stat(changes, lines),
    {
      from: { code: encode(catalog, sides[0].selection), hash: before.hash },
      to: { code: encode(catalog, sides[1].selection), hash: after.hash },
      catalog: catalog.version,
      same: changes.length === 0,
      added: paths('added'),
      changed: paths('changed'),
      removed: paths('removed'),
      lines,
      ...(wantsPatch ? { patch, unpatched: left } : {}),
    },
    wantsPatch && left.length > 0 ? [view.unpatched(left)] : [],
  );
  return switches.has('exit-code') && changes.length > 0 ? { ...outcome, exit: 1 } : outcome;
}

function stat(changes: readonly FileChange[], lines: LineCount): string[] {
  if (changes.length === 0) return [same];
  const width = Math.max(...changes.map(({ path }) => path.length));
  return [
    ...changes.map(
      (change) => `${MARK[change.kind].padEnd(8)} ${change.path.padEnd(width)}  ${signed(countLines(change))}`,
    ),
    '',
    summary(changes, lines),
  ];
}
