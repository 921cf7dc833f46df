/** Reads flags off an argument list. Pure, so that what the page prints can be proven to be read back. */
import { distance } from 'fastest-levenshtein';

/** `list` may be given several times, `text` once, `switch` takes no value. */
export type FlagKind = 'list' | 'text' | 'switch';
export type FlagTable = Readonly<Record<string, FlagKind>>;

export type FlagRefusal =
  | { readonly code: 'unknown-flag'; readonly flag: string; readonly nearest: string }
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
      refusals.push({ code: 'unknown-flag', flag: typed, nearest: `--${nearest(flag, Object.keys(table)) ?? 'help'}` });
      continue;
    }
    if (kind === 'switch') {
      if (equals >= 0) refusals.push({ code: 'unwanted-value', flag: typed });
      switches.add(flag);
      continue;
    }
    const value = equals < 0 ? argv[at + 1] : word.slice(equals + 1);
    // A value that begins with two dashes is more likely a flag behind a forgotten value; `--flag=--value` says it.
    if (value === undefined || (equals < 0 && value.startsWith('--'))) {
      refusals.push({ code: 'missing-value', flag: typed });
      continue;
    }
    if (equals < 0) at += 1;
    const known = values.get(flag) ?? [];
    if (kind === 'text' && known.length > 0) refusals.push({ code: 'given-twice', flag: typed });
    values.set(flag, [...known, value]);
  }
  return { words, values, switches, refusals };
}

/** The known word nearest to what was typed; the earlier one where two are equally near. */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  const short = typed.slice(0, 100).toLowerCase();
  const ranked = known.map((word) => ({
    word,
    far: distance(short, word) - (word.startsWith(short) ? short.length / 2 : 0),
  }));
  return ranked.reduce<{ word: string; far: number } | undefined>(
    (best, candidate) => (best && best.far <= candidate.far ? best : candidate),
    undefined,
  )?.word;
}
