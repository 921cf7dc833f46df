/**
 * Sorts so that each item comes after those it needs, ties by rank and then by text: the same order for the
 * same set, whatever order it was given in. Of a circle the first by text goes first, and what merely needs a circle
 * waits for it; needs outside the set are ignored.
 */
export function topological(
  items: readonly string[],
  needs: (item: string) => readonly string[],
  rank: (item: string) => number = () => 0,
): string[] {
  const waiting = new Set([...items].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0)));
  const done: string[] = [];
  const isReady = (item: string): boolean => needs(item).every((need) => need === item || !waiting.has(need));
  const reach = (from: string): Set<string> => {
    const reached = new Set<string>();
    const visit = (item: string): void => {
      for (const need of needs(item)) {
        if (!waiting.has(need) || reached.has(need)) continue;
        reached.add(need);
        visit(need);
      }
    };
    visit(from);
    return reached;
  };
  const take = (item: string): void => {
    waiting.delete(item);
    done.push(item);
  };
  while (waiting.size > 0) {
    const all = [...waiting];
    const ready = all.find(isReady);
    if (ready !== undefined) {
      take(ready);
      continue;
    }
    // With nothing ready, some circle needs nothing but itself: whatever one of it reaches, reaches it.
    const first = all.find((item) => [...reach(item)].every((other) => reach(other).has(item))) ?? all[0] ?? '';
    const circle = [...reach(first)].filter((item) => item !== first);
    for (const item of [first, ...topological(circle, needs, rank)]) take(item);
  }
  return done;
}
