/** Which of many titles a few typed letters mean; pure. */

export interface Ranked {
  readonly title: string;
  /** Other words it is looked for by. */
  readonly keywords: string;
  readonly refused?: string | undefined;
  /** Stands behind what fits as well. */
  readonly behind?: boolean;
}

/** Those that hold every word typed, the best first; what cannot be done now comes after what can. */
export function rank<T extends Ranked>(items: readonly T[], query: string): T[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const scored = items.flatMap((item, index) => {
    const title = item.title.toLowerCase();
    const keywords = item.keywords.toLowerCase();
    const scores = words.map((word) => Math.max(closeness(word, title), closeness(word, keywords) - 2));
    if (scores.some((score) => score <= 0)) return [];
    const score =
      scores.reduce((sum, one) => sum + one, 0) - (item.refused === undefined ? 0 : 1.5) - (item.behind ? 0.5 : 0);
    return [{ item, score, index }];
  });
  // The shorter of two equals is the closer one; then they stay as they were.
  return scored
    .sort(
      (a, b) =>
        b.score - a.score || (words.length > 0 ? a.item.title.length - b.item.title.length : 0) || a.index - b.index,
    )
    .map(({ item }) => item);
}

/** 0 where a word is not in a text; else more, the more plainly it stands there. */
function closeness(word: string, text: string): number {
  const at = text.indexOf(word);
  if (at === 0) return 6;
  if (at > 0) return /[\p{L}\p{N}]/u.test(text[at - 1] ?? '') ? 4 : 5;
  return word.length > 2 && isScattered(word, text) ? 3 : 0;
}

/** Its letters in order, the first of them at the beginning of a word: `dwzip` for “download zip”. */
function isScattered(word: string, text: string): boolean {
  const first = word.charAt(0);
  if (!/[a-z0-9]/.test(first)) return false;
  const start = text.search(new RegExp(`(?<![\\p{L}\\p{N}])${first}`, 'u'));
  if (start < 0) return false;
  let from = start;
  for (const letter of word) {
    const at = text.indexOf(letter, from);
    // Letters strewn over a long line mean nothing.
    if (at < 0 || at - from > 9) return false;
    from = at + 1;
  }
  return true;
}
