/** The arguments of `stackwright init`, as a selection and what to do with it. */
import type { Catalog } from './catalog.ts';
import { FLAG_OF } from './command.ts';
import { type FlagRefusal, type FlagTable, nearest, readFlags } from './flags.ts';
import { type ItemRefusal, type Read, readItem, readModule, readSetting, readToken, splitList } from './items.ts';
import type { ModuleKind, OptionValue } from './module.ts';
import { type NameRefusal, refuseName } from './names.ts';
import { canonical, emptySelection, type Selection } from './selection.ts';
import { type Decoded, decode } from './share.ts';

export type Refusal =
  | FlagRefusal
  | ItemRefusal
  | { readonly code: 'too-many-words'; readonly text: string; readonly takes?: 'options' | 'folder' | 'sides' }
  | { readonly code: 'contradiction'; readonly one: string; readonly other: string }
  | { readonly code: 'code-and-flags'; readonly flag: string }
  | {
      readonly code: 'unknown-preset';
      readonly typed: string;
      readonly nearest: string | undefined;
      readonly known: readonly string[];
    }
  | { readonly code: 'bad-name'; readonly name: string; readonly why: NameRefusal };

export interface InitArguments {
  /** Of the default name where none was given. */
  readonly selection: Selection;
  /** The project's name or share code as it was typed. */
  readonly word: string | undefined;
  /** Anything was said about modules or options. */
  readonly said: boolean;
  /** Nothing may be added: `--components` together with `--no-interactive`. */
  readonly explicit: boolean;
  readonly interactive: boolean | undefined;
  readonly output: string | undefined;
  readonly zip: string | undefined;
  readonly force: boolean;
  readonly switches: ReadonlySet<string>;
  /** What the share code held, where one was given. */
  readonly decoded: Decoded | undefined;
  readonly refusals: readonly Refusal[];
}

export const SELECTION_FLAGS: FlagTable = {
  preset: 'text',
  services: 'list',
  components: 'list',
  platform: 'list',
  set: 'list',
};
export const INIT_FLAGS: FlagTable = {
  ...SELECTION_FLAGS,
  interactive: 'switch',
  'no-interactive': 'switch',
  output: 'text',
  zip: 'text',
  force: 'switch',
  json: 'switch',
  help: 'switch',
};

const KINDS: readonly ModuleKind[] = ['service', 'component', 'platform'];

/** Share codes by the ids of presets. */
export type PresetCodes = ReadonlyMap<string, string>;

/** Total: whatever cannot be taken up is a refusal. */
export function parseInit(
  catalog: Catalog,
  argv: readonly string[],
  table: FlagTable = INIT_FLAGS,
  presets: PresetCodes = new Map(),
): InitArguments {
  const { words, values, switches, refusals: flagRefusals } = readFlags(argv, table);
  const refusals: Refusal[] = [...flagRefusals];
  const [word, extra] = words;
  // Behind a flag there is none of stands what would have been its value.
  const strayed = flagRefusals.some((refusal) => refusal.code === 'unknown-flag');
  if (extra !== undefined && !strayed) refusals.push({ code: 'too-many-words', text: extra });
  for (const [one, other] of [
    ['interactive', 'no-interactive'],
    ['output', 'zip'],
  ] as const) {
    const given = (flag: string): boolean => values.has(flag) || switches.has(flag);
    if (given(one) && given(other)) refusals.push({ code: 'contradiction', one: `--${one}`, other: `--${other}` });
  }
  const code = word === undefined ? undefined : codeIn(word);
  const decoded = code === undefined ? undefined : decode(catalog, code);
  const flag = Object.keys(SELECTION_FLAGS).find((candidate) => values.has(candidate));
  if (decoded && flag !== undefined) refusals.push({ code: 'code-and-flags', flag: `--${flag}` });
  const project = word ?? emptySelection().project;
  // Of several words nobody can tell which is meant as the name.
  const why = decoded || strayed || extra !== undefined ? undefined : refuseName(catalog, project);
  if (why) refusals.push({ code: 'bad-name', name: project, why });
  const preset = readPreset(catalog, values.get('preset')?.[0], presets, refusals);
  return {
    selection: decoded?.selection ?? readSelection(catalog, { ...preset, project }, values, refusals),
    word,
    said: decoded !== undefined || flag !== undefined,
    explicit: values.has('components') && switches.has('no-interactive'),
    interactive: switches.has('interactive') ? true : switches.has('no-interactive') ? false : undefined,
    output: values.get('output')?.[0],
    zip: values.get('zip')?.[0],
    force: switches.has('force'),
    switches,
    decoded,
    refusals,
  };
}

/** A share code, or the one in a pasted link. */
export function codeIn(word: string): string | undefined {
  if (/^v\d+(?:\/|%2f)/i.test(word)) return word;
  const hash = word.indexOf('#');
  return /^https?:\/\//.test(word) && hash >= 0 ? word.slice(hash + 1) : undefined;
}

/** What the other flags are said on top of. */
function readPreset(catalog: Catalog, id: string | undefined, presets: PresetCodes, refusals: Refusal[]): Selection {
  const code = id === undefined ? undefined : presets.get(id);
  if (id !== undefined && code === undefined) {
    const known = [...presets.keys()];
    refusals.push({ code: 'unknown-preset', typed: id, nearest: nearest(id, known), known });
  }
  return code === undefined ? emptySelection() : decode(catalog, code).selection;
}

function readSelection(
  catalog: Catalog,
  from: Selection,
  values: ReadonlyMap<string, readonly string[]>,
  refusals: Refusal[],
): Selection {
  const chosen: string[] = [...from.chosen];
  const options: Record<string, Record<string, OptionValue>> = {};
  const take = <T>(read: Read<T>): T | undefined => {
    if ('value' in read) return read.value;
    refusals.push(read.refusal);
    return undefined;
  };
  const say = (module: string, option: string, value: OptionValue): void => {
    const one = options[module]?.[option];
    if (one !== undefined && one !== value) refusals.push({ code: 'said-twice', module, option, one, other: value });
    else options[module] = { ...options[module], [option]: value };
  };
  for (const kind of KINDS) {
    const flag = FLAG_OF[kind];
    const given = values.get(flag.slice(2)) ?? [];
    const lists = given.map(splitList);
    if (lists.some((items, index) => items.length === 0 && given[index] !== ''))
      refusals.push({ code: 'missing-value', flag });
    for (const text of lists.flat()) {
      const item = take(readItem(text));
      const module = item && take(readModule(catalog, item.id, kind));
      if (!item || !module) continue;
      if (module.kind !== kind)
        refusals.push({ code: 'wrong-kind', module: module.id, flag, right: FLAG_OF[module.kind] });
      chosen.push(module.id);
      for (const typed of item.values) {
        const setting = take(readToken(module, typed));
        if (setting) say(module.id, setting.option, setting.value);
      }
    }
  }
  for (const text of values.get('set') ?? []) {
    const setting = take(readSetting(catalog, text));
    if (setting) say(setting.module.id, setting.option, setting.value);
  }
  // What is said beside a preset wins over it.
  const ids = new Set([...Object.keys(from.options), ...Object.keys(options)]);
  const merged = [...ids].map((id) => [id, { ...from.options[id], ...options[id] }] as const);
  return canonical({ project: from.project, chosen, options: Object.fromEntries(merged) });
}
