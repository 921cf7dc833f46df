/** The lines of a difference as they are shown: long stretches that are the same folded, or both sides beside each other. */
import type { DiffLine } from '#core/diff.ts';

/** Lines that are the same and stand around each change. */
const AROUND = 3;
/** A fold that hides less than this is not worth its own line. */
const WORTH = 4;

export type Section =
  | { readonly kind: 'lines'; readonly at: number; readonly lines: readonly DiffLine[] }
  | { readonly kind: 'fold'; readonly at: number; readonly lines: readonly DiffLine[] };

/** @param isOpen whether the stretch that begins at this line is to be shown */
export function folded(lines: readonly DiffLine[], isOpen: (at: number) => boolean): Section[] {
  const isNear = lines.map(() => false);
  lines.forEach((line, at) => {
    if (line.kind !== 'same') isNear.fill(true, Math.max(0, at - AROUND), at + AROUND + 1);
  });
  const sections: Section[] = [];
  for (let at = 0; at < lines.length; ) {
    let to = at + 1;
    while (to < lines.length && isNear[to] === isNear[at]) to += 1;
    const part = lines.slice(at, to);
    const isHidden = isNear[at] === false && part.length >= WORTH && !isOpen(at);
    sections.push({ kind: isHidden ? 'fold' : 'lines', at, lines: part });
    at = to;
  }
  return sections;
}

export interface Pair {
  readonly before?: DiffLine;
  readonly after?: DiffLine;
}

/** What goes beside what comes in its place. */
export function pairs(lines: readonly DiffLine[]): Pair[] {
  const rows: Pair[] = [];
  for (let at = 0; at < lines.length; ) {
    const run = (kind: DiffLine['kind']): DiffLine[] => {
      const from = at;
      while (lines[at]?.kind === kind) at += 1;
      return lines.slice(from, at);
    };
    rows.push(...run('same').map((line) => ({ before: line, after: line })));
    const [gone, come] = [run('removed'), run('added')];
    for (let row = 0; row < Math.max(gone.length, come.length); row += 1) {
      const [before, after] = [gone[row], come[row]];
      rows.push({ ...(before ? { before } : {}), ...(after ? { after } : {}) });
    }
  }
  return rows;
}
