/**
 * The share code: the selection as a short readable text, for the link, the command line and the manifest.
 *
 *     v1/<name>/[<module>,…][/<catalogVersion>-<hash8>]
 *     <module> = [+]id{.value}          `+`: tuned, not chosen
 *     <value>  = a choice's value, a toggle's or link's id, no-<toggle>, <option>=<text>
 *     <text>   = [A-Za-z0-9-], every other UTF-8 byte as _hh
 */
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { type Catalog, tokensOf } from './catalog.ts';
import type { Module, OptionValue, OptionValues } from './module.ts';
import { PROJECT_NAME, refuseName } from './names.ts';
import { canonical, emptySelection, optionOf, refuseValue, type Selection } from './selection.ts';

export const SHARE_VERSION = 'v1';
/** Beyond these a code is cut off, with a notice. */
export const MAX_CODE_LENGTH = 4096;
export const MAX_MODULES = 200;
/** More different faults than these are counted, not told one by one. */
export const MAX_NOTICES = 10;

export type NoticeCode =
  | 'not-a-code'
  | 'newer-version'
  | 'too-long'
  | 'too-many'
  | 'bad-name'
  | 'unknown-module'
  | 'planned-module'
  | 'unknown-value'
  | 'refused-value'
  | 'said-twice'
  | 'bad-origin'
  | 'more';
/** Something a code said that could not be taken up. */
export interface Notice {
  readonly code: NoticeCode;
  readonly text: string;
  readonly module?: string;
}
/** The catalog and project a code was made with. */
export interface Origin {
  readonly catalog: string;
  readonly hash8: string;
}
export interface Decoded {
  readonly selection: Selection;
  readonly notices: readonly Notice[];
  readonly origin?: Origin;
  /** A place in a file, appended by the page alone: `//<path>:<line>`. */
  readonly place?: { readonly path: string; readonly line?: number };
}

/**
 * Equal selections have equal codes. What no catalog could know is left out, so that a selection from
 * anywhere gives a code of the grammar above.
 */
export function encode(catalog: Catalog, selection: Selection, origin?: Origin): string {
  const said = canonical(selection);
  const chosen = new Set(said.chosen);
  const ids = [...new Set([...said.chosen, ...Object.keys(said.options)])]
    .filter((id) => /^[a-z][a-z0-9-]{0,63}$/.test(id))
    .sort();
  const modules = ids.flatMap((id) => {
    const values = encodeValues(
      catalog.modules.get(id),
      Object.hasOwn(said.options, id) ? (said.options[id] ?? {}) : {},
    );
    if (chosen.has(id)) return [[id, ...values].join('.')];
    return values.length > 0 ? [`+${[id, ...values].join('.')}`] : [];
  });
  const project = PROJECT_NAME.test(said.project) ? said.project : emptySelection().project;
  const tail = origin ? `/${origin.catalog}-${origin.hash8}` : '';
  return `${SHARE_VERSION}/${project}/${modules.join(',')}${tail}`;
}

function encodeValues(module: Module | undefined, values: OptionValues): string[] {
  if (!module) return [];
  return Object.entries(values).flatMap(([option, value]) => {
    const declared = optionOf(module, option);
    if (!declared || refuseValue(declared, value)) return [];
    switch (declared.kind) {
      case 'choice':
        return [String(value)];
      case 'toggle':
      case 'link':
        return [value === true ? option : `no-${option}`];
      case 'text':
        return [`${option}=${encodeText(String(value))}`];
    }
  });
}

const byte = (value: number): string => `_${value.toString(16).padStart(2, '0')}`;

/** Letters, digits and inner hyphens stay; the empty text is the one NUL no text can hold. */
export function encodeText(text: string): string {
  if (text === '') return byte(0);
  const encoded = [...utf8ToBytes(text)]
    .map((code) =>
      /[A-Za-z0-9-]/.test(String.fromCharCode(code)) && code < 0x80 ? String.fromCharCode(code) : byte(code),
    )
    .join('');
  // A trailing hyphen would be cut off by whatever turns text into links.
  return encoded.endsWith('-') ? `${encoded.slice(0, -1)}${byte(0x2d)}` : encoded;
}

/** The text, or `undefined` where it is not one. */
export function decodeText(encoded: string): string | undefined {
  if (encoded === byte(0)) return '';
  const bytes: string[] = [];
  for (let at = 0; at < encoded.length; ) {
    const character = encoded.charAt(at);
    if (character === '_') {
      const digits = encoded.slice(at + 1, at + 3);
      if (!/^[0-9a-f]{2}$/i.test(digits)) return undefined;
      bytes.push(`%${digits}`);
      at += 3;
    } else {
      if (!/[A-Za-z0-9-]/.test(character)) return undefined;
      bytes.push(character);
      at += 1;
    }
  }
  try {
    return decodeURIComponent(bytes.join(''));
  } catch {
    return undefined;
  }
}

/** Total: takes what it can from any text, names each thing it dropped, and throws nothing. */
export function decode(catalog: Catalog, input: string): Decoded {
  const noted = new Map<string, Notice>();
  // What is wrong in the same way twice is told once.
  const note: Note = (code, text, module) => {
    const notice: Notice = { code, text: shown(text), ...(module === undefined ? {} : { module }) };
    noted.set(JSON.stringify(notice), notice);
  };
  const taken = take(catalog, unescaped(input.trim()).replace(/^#/, ''), note);
  const all = [...noted.values()];
  const untold = all.slice(MAX_NOTICES);
  const more: readonly Notice[] = untold.length > 0 ? [{ code: 'more', text: String(untold.length) }] : [];
  return { ...taken, notices: [...all.slice(0, MAX_NOTICES), ...more] };
}

/**
 * Mail programs and address bars write `,` as `%2C`. No code has a `%` of its own, since texts have theirs
 * as `_25`, so decoding once can change nothing that was meant.
 */
function unescaped(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function take(catalog: Catalog, input: string, note: Note): Omit<Decoded, 'notices'> {
  let text = input;
  if (text.length > MAX_CODE_LENGTH) {
    note('too-long', String(text.length));
    text = text.slice(0, MAX_CODE_LENGTH);
  }
  // By position, since an empty list puts two slashes next to each other.
  const [, version = '', name = '', list = '', rest = ''] = /^([^/]*)\/?([^/]*)\/?([^/]*)(.*)$/s.exec(text) ?? [];
  const placeAt = rest.indexOf('//');
  const tail = placeAt < 0 ? rest : rest.slice(0, placeAt);
  const place = placeAt < 0 ? undefined : placeOf(rest.slice(placeAt + 2));
  if (version !== SHARE_VERSION) {
    note(/^v\d+$/.test(version) ? 'newer-version' : 'not-a-code', version || text);
    return { selection: emptySelection() };
  }
  let project = name;
  if (!PROJECT_NAME.test(name) || refuseName(catalog, name)) {
    note('bad-name', name);
    project = emptySelection().project;
  }
  const selection = readModules(catalog, project, list, note);
  const origin = readOrigin(tail.slice(1), note);
  return { selection, ...(origin ? { origin } : {}), ...(place ? { place } : {}) };
}

type Note = (code: NoticeCode, text: string, module?: string) => void;

const CODE = /(?:^|[\s#"'`(<])(v\d{1,3}\/[^\s"'`()<>[\]]*)/;

/** The share code in a text that a person pasted: by itself, in a link, or in the middle of a message. */
export function pastedCode(text: string): string | undefined {
  const plain = CODE.exec(text) ?? CODE.exec(text.replaceAll(/%2f/gi, '/'));
  // No code ends in punctuation; a sentence does.
  return plain?.[1]?.replace(/[.,;:!?]+$/, '');
}

/** What a notice repeats from a foreign text: short and without anything invisible. */
function shown(text: string): string {
  const visible = text.replace(/[^\x20-\x7e]/gu, '?');
  return visible.length > 60 ? `${visible.slice(0, 57)}...` : visible;
}

function readModules(catalog: Catalog, project: string, list: string, note: Note): Selection {
  const items = list.split(',').filter((item) => item !== '');
  if (items.length > MAX_MODULES) note('too-many', String(items.length));
  const chosen: string[] = [];
  const options: Record<string, Record<string, OptionValue>> = {};
  for (const item of items.slice(0, MAX_MODULES)) {
    const tuned = item.startsWith('+');
    const [rawId = '', ...values] = (tuned ? item.slice(1) : item).split('.');
    const id = catalog.aliases.get(rawId) ?? rawId;
    const module = catalog.modules.get(id);
    if (!module) {
      note('unknown-module', rawId);
      continue;
    }
    if (module.status === 'planned') {
      note('planned-module', id);
      continue;
    }
    if (!tuned) chosen.push(id);
    for (const value of values) {
      const read = readValue(module, value);
      if (typeof read === 'string') note(read, value, id);
      else if (options[id]?.[read.option] !== undefined && options[id][read.option] !== read.value)
        note('said-twice', value, id);
      else options[id] = { ...options[id], [read.option]: read.value };
    }
  }
  return canonical({ project, chosen, options });
}

/** One value of a module, as it stands in a share code. */
export function readValue(
  module: Module,
  value: string,
): { option: string; value: OptionValue } | 'unknown-value' | 'refused-value' {
  const equals = value.indexOf('=');
  if (equals < 0) return tokensOf(module).get(value) ?? 'unknown-value';
  const option = value.slice(0, equals);
  const declared = optionOf(module, option);
  if (declared?.kind !== 'text') return 'unknown-value';
  const text = decodeText(value.slice(equals + 1));
  return text === undefined || refuseValue(declared, text) ? 'refused-value' : { option, value: text };
}

function readOrigin(tail: string, note: Note): Origin | undefined {
  if (tail === '') return undefined;
  const match = /^(\d{8}-[0-9a-f]{8})-([0-9a-f]{8})$/.exec(tail);
  if (match?.[1] && match[2]) return { catalog: match[1], hash8: match[2] };
  note('bad-origin', tail);
  return undefined;
}

function placeOf(text: string): Decoded['place'] {
  // Whatever it says is looked for, so that what is not there is named.
  const [, path = text, line] = /^(.+?):(\d{1,15})$/s.exec(text) ?? [];
  if (path === '') return undefined;
  return { path: path.slice(0, 200), ...(line === undefined ? {} : { line: Number(line) }) };
}
