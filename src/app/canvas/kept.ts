/** Lists made anew that mostly say what they said: React and React Flow leave alone what is the same value. */
interface Named {
  readonly id: string;
}

/** The list before where nothing in it changed, else one with the values of before where they say the same. */
export function keep<T extends Named>(before: T[], items: readonly T[]): T[] {
  const known = new Map(before.map((item) => [item.id, item]));
  const kept = items.map((item) => {
    const was = known.get(item.id);
    return was && isSame(was, item) ? was : item;
  });
  return kept.length === before.length && kept.every((item, at) => item === before[at]) ? before : kept;
}

/** Whether two plain values (objects, lists and what is in them) say the same. */
function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const [a, b] = [Object.entries(one), new Map(Object.entries(other))];
  return a.length === b.size && a.every(([key, value]) => b.has(key) && isSame(value, b.get(key)));
}
