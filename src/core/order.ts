/**
 * Sorts so that each item comes after those it needs, ties by text: the same order for the same set,
 * whatever order it was given in. Of a circle the first by text goes first, and what merely needs a circle
 * waits for it; needs outside the set are ignored.
 */
export function topological(items: readonly string[], needs: (item: string) => readonly string[]): string[] {
  const waiting = new Set([...items].sort());
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
  while (waiting.size > 0) {
    const all = [...waiting];
    // With nothing ready, some circle needs nothing but itself: whatever one of it reaches, reaches it.
    const next = all.find(isReady) ?? all.find((item) => [...reach(item)].every((other) => reach(other).has(item)));
    if (next === undefined) break;
    waiting.delete(next);
    done.push(next);
  }
  return done;
}
