/**
 * Where a marked line has gone in a newer text: the one that says the same, at the same distance from the
 * beginning or the end where it can be, else the nearest.
 */
export function followLine(before: string, after: string, line: number): number | undefined {
  if (before === after) return line;
  const [old, now] = [linesOf(before), linesOf(after)];
  const said = old[line - 1];
  const fromEnd = line + now.length - old.length;
  let first = 0;
  while (first < old.length && old[first] === now[first]) first += 1;
  if (line <= first) return line;
  let last = 0;
  while (last < old.length - first && old.at(-1 - last) === now.at(-1 - last)) last += 1;
  if (line > old.length - last) return fromEnd;
  const same = now.flatMap((text, index) => (text === said ? [index + 1] : []));
  // Blank lines and brackets stand everywhere: one of them is not the one that was marked.
  if (said === undefined || !/\w/.test(said)) return undefined;
  return same.sort((a, b) => Math.abs(a - line) - Math.abs(b - line))[0];
}

/** What stands behind the last line's end is no line. */
const linesOf = (text: string): string[] => text.replace(/\n$/, '').split('\n');
