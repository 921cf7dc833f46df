/**
 * The selection: what a person said, and nothing else. It is the one value that is stored and shared;
 * every function here returns a new one in canonical order, so equal selections are equal JSON.
 */
import type { Module, ModuleId, Option, OptionId, OptionValue, OptionValues, TextOption } from './module.ts';

export { drop, dropWithDependents } from './drop.ts';

export interface Selection {
  readonly project: string;
  readonly chosen: readonly ModuleId[];
  /** Values a person set, kept also where they equal the default. */
  readonly options: Readonly<Record<ModuleId, OptionValues>>;
}

/** The default project name, and the name a link without a usable one gets. */
export const DEFAULT_PROJECT = 'my-app';

export function emptySelection(project = DEFAULT_PROJECT): Selection {
  return { project, chosen: [], options: {} };
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function sortedRecord<T>(entries: Iterable<readonly [string, T]>): Record<string, T> {
  return Object.fromEntries([...entries].sort(([a], [b]) => byText(a, b)));
}

/** One selection for all that say the same: sorted, without duplicates and empty option records. */
export function canonical(selection: Selection): Selection {
  const options = Object.entries(selection.options)
    .filter(([, values]) => Object.keys(values).length > 0)
    .map(([id, values]) => [id, sortedRecord(Object.entries(values))] as const);
  return {
    project: selection.project,
    chosen: [...new Set(selection.chosen)].sort(byText),
    options: sortedRecord(options),
  };
}

export function rename(selection: Selection, project: string): Selection {
  return { ...selection, project };
}

export function choose(selection: Selection, id: ModuleId): Selection {
  return canonical({ ...selection, chosen: [...selection.chosen, id] });
}

/** Sets an option, or with `undefined` takes the said value back. */
export function configure(
  selection: Selection,
  id: ModuleId,
  option: OptionId,
  value: OptionValue | undefined,
): Selection {
  const others = Object.entries(selection.options[id] ?? {}).filter(([key]) => key !== option);
  const values = value === undefined ? others : [...others, [option, value] as const];
  return canonical({ ...selection, options: { ...selection.options, [id]: Object.fromEntries(values) } });
}

/** Why a value cannot be an option's value, or `undefined` if it can. */
export type ValueRefusal =
  | { readonly code: 'not-a-value'; readonly allowed: readonly string[] }
  | { readonly code: 'too-long'; readonly maxLength: number }
  | { readonly code: 'not-in-range'; readonly from: number; readonly to: number }
  | { readonly code: 'not-of-form'; readonly is: string }
  | { readonly code: 'bad-character'; readonly character: string };

/** Control characters, lone surrogates and the private-use marks rendering works with. */
const REFUSED_CHARACTER =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ue000-\uf8ff\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

export function refuseValue(option: Option, value: OptionValue): ValueRefusal | undefined {
  switch (option.kind) {
    case 'choice': {
      const allowed = option.values.map((candidate) => candidate.id);
      return typeof value === 'string' && allowed.includes(value) ? undefined : { code: 'not-a-value', allowed };
    }
    case 'toggle':
    case 'link':
      return typeof value === 'boolean' ? undefined : { code: 'not-a-value', allowed: ['true', 'false'] };
    case 'text': {
      if (typeof value !== 'string') return { code: 'not-a-value', allowed: [] };
      if (value.length > option.maxLength) return { code: 'too-long', maxLength: option.maxLength };
      const bad = REFUSED_CHARACTER.exec(value)?.[0] ?? (option.multiline ? undefined : /[\n\t]/.exec(value)?.[0]);
      if (bad !== undefined) return { code: 'bad-character', character: bad };
      if (option.range && !isWithin(value, option.range)) return { code: 'not-in-range', ...option.range };
      return option.form && !isOfForm(value, option.form) ? { code: 'not-of-form', is: option.form.is } : undefined;
    }
  }
}

/** One way to write each number, so that equal values are equal texts. */
function isWithin(value: string, { from, to }: NonNullable<TextOption['range']>): boolean {
  return /^(?:0|[1-9]\d{0,14})$/.test(value) && Number(value) >= from && Number(value) <= to;
}

function isOfForm(value: string, { pattern }: NonNullable<TextOption['form']>): boolean {
  return new RegExp(`^(?:${pattern})$`, 'u').test(value);
}

/** The option of that id, own properties only: ids may come from a link. */
export function optionOf(module: Module, option: OptionId): Option | undefined {
  return module.options && Object.hasOwn(module.options, option) ? module.options[option] : undefined;
}

export type Change =
  | { readonly kind: 'choose' | 'drop'; readonly module: ModuleId }
  | { readonly kind: 'set'; readonly module: ModuleId; readonly option: OptionId; readonly value: OptionValue }
  | { readonly kind: 'unset'; readonly module: ModuleId; readonly option: OptionId }
  | { readonly kind: 'rename'; readonly project: string };

/** What a person would have to say to get from one selection to the other. */
export function changesBetween(before: Selection, after: Selection): Change[] {
  const changes: Change[] = [];
  if (before.project !== after.project) changes.push({ kind: 'rename', project: after.project });
  for (const id of before.chosen) if (!after.chosen.includes(id)) changes.push({ kind: 'drop', module: id });
  for (const id of after.chosen) if (!before.chosen.includes(id)) changes.push({ kind: 'choose', module: id });
  const modules = new Set([...Object.keys(before.options), ...Object.keys(after.options)]);
  for (const module of [...modules].sort(byText)) {
    const was = before.options[module] ?? {};
    const is = after.options[module] ?? {};
    for (const option of [...new Set([...Object.keys(was), ...Object.keys(is)])].sort(byText)) {
      const value = is[option];
      if (was[option] === value) continue;
      changes.push(value === undefined ? { kind: 'unset', module, option } : { kind: 'set', module, option, value });
    }
  }
  return changes;
}
