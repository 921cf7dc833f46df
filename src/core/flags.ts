/** Reads flags off an argument list. Pure, so that what the page prints can be proven to be read back. */
import { distance } from 'fastest-levenshtein';

/** `list` may be given several times, `text` once, `switch` takes no value. */
export type FlagKind = 'list' | 'text' | 'switch';
export type FlagTable = Readonly<Record<string, FlagKind>>;

export type FlagRefusal =
  | {
      readonly code: 'unknown-flag';
      readonly flag: string;
      readonly nearest: string | undefined;
      readonly known: readonly string[];
    }
  | { readonly code: 'missing-value' | 'unwanted-value' | 'given-twice'; readonly flag: string };

export interface Flags {
  readonly words: readonly string[];
  /** By flag without dashes; only flags that were given. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly switches: ReadonlySet<string>;
  readonly refusals: readonly FlagRefusal[];
}

const SHORT: Readonly<Record<string, string>> = { '-h': '--help' };

export function readFlags(argv: readonly string[], table: FlagTable): Flags {
  const words: string[] = [];
  const values = new Map<string, string[]>();
  const switches = new Set<string>();
  const refusals: FlagRefusal[] = [];
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (word === '--') {
      words.push(...argv.slice(at + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      words.push(word);
      continue;
    }
    const equals = word.indexOf('=');
    const typed = equals < 0 ? word : word.slice(0, equals);
    const flag = (SHORT[typed] ?? typed).replace(/^--/, '');
    const kind = Object.hasOwn(table, flag) ? table[flag] : undefined;
    if (!kind) {
      const near = nearest(flag, Object.keys(table));
      const known = Object.keys(table).map((name) => `--${name}`);
      refusals.push({ code: 'unknown-flag', flag: typed, nearest: near && `--${near}`, known });
      continue;
    }
    if (kind === 'switch') {
      if (equals >= 0) refusals.push({ code: 'unwanted-value', flag: typed });
      switches.add(flag);
      continue;
    }
    const value = equals < 0 ? argv[at + 1] : word.slice(equals + 1);
    // A value that begins with two dashes is more likely a flag behind a forgotten value; `--flag=--value` says it.
    const isFlag = equals < 0 && value?.startsWith('--') === true;
    // `--components=` says “none” on purpose; an empty word behind a flag is a shell variable that was empty.
    const isEmpty = value === '' && (equals < 0 || kind === 'text');
    if (value === undefined || isEmpty || isFlag) {
      refusals.push({ code: 'missing-value', flag: typed });
      // An empty value is the value; what follows it is not.
      if (equals < 0 && value !== undefined && !isFlag) at += 1;
      continue;
    }
    if (equals < 0) at += 1;
    const known = values.get(flag) ?? [];
    if (kind === 'text' && known.length > 0) refusals.push({ code: 'given-twice', flag: typed });
    values.set(flag, [...known, value]);
  }
  return { words, values, switches, refusals };
}

/**
 * The known word nearest to what was typed; the earlier one where two are equally near, and none where none
 * looks like it: a guess without resemblance is worse than none.
 */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  const short = typed.slice(0, 100).toLowerCase();
  const slips = short.length < 3 ? 0 : short.length < 4 ? 1 : short.length < 9 ? 2 : 3;
  const isBegun = (word: string): boolean => short.length > 1 && word.startsWith(short);
  // Two slips and another beginning make another word.
  const isAlike = (word: string): boolean => word.replace(/^--/, '')[0] === short[0];
  const ranked = known
    .map((word) => ({ word, slips: distance(short, word), begun: isBegun(word) }))
    .filter((candidate) => candidate.begun || candidate.slips <= (isAlike(candidate.word) ? slips : Math.min(slips, 1)))
    .map((candidate) => ({ ...candidate, far: candidate.slips - (candidate.begun ? short.length / 2 : 0) }));
  return ranked.reduce<(typeof ranked)[number] | undefined>(
    (best, candidate) => (best && best.far <= candidate.far ? best : candidate),
    undefined,
  )?.word;
}
