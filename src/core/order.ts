/**
 * Sorts so that each item comes after those it needs, ties by text: the same order for the same set,
 * whatever order it was given in. In a circle the first by text goes first; needs outside the set are ignored.
 */
export function topological(items: readonly string[], needs: (item: string) => readonly string[]): string[] {
  const waiting = new Set([...items].sort());
  const done: string[] = [];
  while (waiting.size > 0) {
    const ready = [...waiting].find((item) => needs(item).every((need) => need === item || !waiting.has(need)));
    const next = ready ?? [...waiting][0];
    if (next === undefined) break;
    waiting.delete(next);
    done.push(next);
  }
  return done;
}
