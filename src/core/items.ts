/**
 * Modules with their options as a person types them: `auth[org,oauth]`, `auth.org.oauth`, and
 * `module.option=value`. Texts are taken as they stand here; only share codes encode them.
 */
import { type Catalog, tokensOf } from './catalog.ts';
import { nearest } from './flags.ts';
import type { Module, ModuleId, ModuleKind, OptionId, OptionValue } from './module.ts';
import { optionOf, refuseValue, type ValueRefusal } from './selection.ts';

export type ItemRefusal =
  | { readonly code: 'bad-item' | 'bad-setting'; readonly text: string }
  | {
      readonly code: 'unknown-module';
      readonly typed: string;
      readonly nearest: ModuleId | undefined;
      readonly kind?: ModuleKind;
    }
  | { readonly code: 'wrong-kind'; readonly module: ModuleId; readonly flag: string; readonly right: string }
  | {
      readonly code: 'unknown-option';
      readonly module: ModuleId;
      readonly typed: string;
      readonly nearest: OptionId | undefined;
    }
  | {
      readonly code: 'unknown-value';
      readonly module: ModuleId;
      readonly typed: string;
      readonly nearest: string | undefined;
    }
  | {
      readonly code: 'refused-value';
      readonly module: ModuleId;
      readonly option: OptionId;
      readonly typed: string;
      readonly why: ValueRefusal;
    }
  | {
      readonly code: 'said-twice';
      readonly module: ModuleId;
      readonly option: OptionId;
      readonly one: OptionValue;
      readonly other: OptionValue;
    };

export type Read<T> = { readonly value: T } | { readonly refusal: ItemRefusal };
export interface Setting {
  readonly option: OptionId;
  readonly value: OptionValue;
}

/** Splits at commas outside brackets. */
export function splitList(text: string): string[] {
  const items: string[] = [];
  let depth = 0;
  let item = '';
  for (const character of text) {
    if (character === '[') depth += 1;
    if (character === ']') depth = Math.max(0, depth - 1);
    if (character === ',' && depth === 0) {
      items.push(item);
      item = '';
    } else item += character;
  }
  return [...items, item].map((part) => part.trim()).filter((part) => part !== '');
}

/** `auth`, `auth[a,b]` or `auth.a.b` as its parts. */
export function readItem(text: string): Read<{ id: string; values: string[] }> {
  const match = /^([^.[\],=\s]+)(?:\[([^[\]]*)\]|\.([^[\]]+))?$/s.exec(text);
  if (!match) return { refusal: { code: 'bad-item', text } };
  const [, id = '', bracket, dots] = match;
  const values = bracket !== undefined ? bracket.split(',') : (dots ?? '').split('.');
  const said = values.map((value) => value.trim()).filter((value) => value !== '');
  // Brackets with nothing in them are more likely a variable of the shell that was empty.
  if (bracket !== undefined && said.length === 0) return { refusal: { code: 'bad-item', text } };
  return { value: { id, values: said } };
}

export function readModule(catalog: Catalog, typed: string, kind?: ModuleKind): Read<Module> {
  const module = catalog.modules.get(catalog.aliases.get(typed) ?? typed);
  if (module) return { value: module };
  // Equally near ones of the wanted kind come first.
  const known = [...catalog.modules.values()].sort((a, b) => Number(b.kind === kind) - Number(a.kind === kind));
  const near = nearest(
    typed,
    known.map(({ id }) => id),
  );
  return { refusal: { code: 'unknown-module', typed, nearest: near, ...(kind ? { kind } : {}) } };
}

/** One value in brackets or behind a dot: a short word, or `option=value`. */
export function readToken(module: Module, typed: string): Read<Setting> {
  const equals = typed.indexOf('=');
  if (equals >= 0) return readAssignment(module, typed.slice(0, equals), typed.slice(equals + 1));
  const tokens = tokensOf(module);
  const known = tokens.get(typed);
  if (known) return { value: known };
  const near = nearest(typed, [...tokens.keys()]);
  return { refusal: { code: 'unknown-value', module: module.id, typed, nearest: near } };
}

/** `module.option=value` */
export function readSetting(catalog: Catalog, text: string): Read<Setting & { module: Module }> {
  const match = /^([^.=]+)\.([^=]+)=(.*)$/s.exec(text);
  if (!match) return { refusal: { code: 'bad-setting', text } };
  const [, id = '', option = '', value = ''] = match;
  const module = readModule(catalog, id);
  if ('refusal' in module) return module;
  const setting = readAssignment(module.value, option, value);
  return 'refusal' in setting ? setting : { value: { module: module.value, ...setting.value } };
}

const SWITCHED: Readonly<Record<string, boolean>> = {
  true: true,
  on: true,
  yes: true,
  false: false,
  off: false,
  no: false,
};

function readAssignment(module: Module, option: string, typed: string): Read<Setting> {
  const declared = optionOf(module, option);
  if (!declared) {
    const near = nearest(option, Object.keys(module.options ?? {}));
    return { refusal: { code: 'unknown-option', module: module.id, typed: option, nearest: near } };
  }
  let value: OptionValue = typed;
  if (declared.kind === 'choice') value = declared.values.find(({ aliases }) => aliases?.includes(typed))?.id ?? typed;
  else if (declared.kind !== 'text' && Object.hasOwn(SWITCHED, typed)) value = SWITCHED[typed] ?? typed;
  const why = refuseValue(declared, value);
  return why
    ? { refusal: { code: 'refused-value', module: module.id, option, typed, why } }
    : { value: { option, value } };
}
