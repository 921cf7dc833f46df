/**
 * The template language: Handlebars with helpers of our own. Values travel with their sources, so that
 * whatever they decide or print can be traced; unknown names throw instead of printing nothing.
 */
import Handlebars from 'handlebars/runtime';
import type { TemplateSpec } from './contents.ts';
import type { FactValue, Source } from './facts.ts';
import { comment, env, json, md, py, sh, toml } from './formats.ts';
import { distinct, MARK_CHARACTER, type Marker, SLOT_CLOSE, SLOT_OPEN, withoutMarks } from './marks.ts';

type Plain = string | boolean | null | readonly string[];

/** A value with where it came from. */
export class Tracked {
  readonly value: Plain;
  readonly from: readonly Source[];
  constructor(value: Plain, from: readonly Source[]) {
    this.value = value;
    this.from = from;
  }
}
/** A list of records, each with where it came from. */
export class TrackedList {
  readonly items: readonly { readonly context: Context; readonly from: readonly Source[] }[];
  #sources: readonly Source[] | undefined;
  constructor(items: readonly { readonly context: Context; readonly from: readonly Source[] }[]) {
    this.items = items;
  }

  /** All who put something into it, each once. */
  get sources(): readonly Source[] {
    this.#sources ??= distinct(this.items.flatMap((item) => item.from));
    return this.#sources;
  }
}
export type Context = Readonly<Record<string, unknown>>;

/**
 * A context in which an unknown name is an author's mistake. Handlebars' strict mode misses those in arguments.
 * @param read what is answered for a name, if not what stands there
 */
export function guarded(
  values: Readonly<Record<string, unknown>>,
  name: string,
  read?: (key: string, found: unknown) => unknown,
): Context {
  const target: Record<string, unknown> = Object.assign(Object.create(null), values);
  return new Proxy(target, {
    get(known, key) {
      if (typeof key === 'symbol') return Reflect.get(known, key);
      if (key in known) return read ? read(key, known[key]) : known[key];
      throw new Error(`${name} has no ${key}; it has ${Object.keys(known).join(', ') || 'nothing'}`);
    },
  });
}

/** A fact's record as a context. */
export function contextOf(
  record: { readonly [field: string]: FactValue | null | undefined },
  from: readonly Source[],
  name: string,
): Context {
  const fields = Object.entries(record).map(([field, value]) => {
    const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
    const wrapped = isRecord
      ? contextOf(value as { readonly [field: string]: FactValue }, from, `${name}.${field}`)
      : new Tracked((value ?? null) as Plain, from);
    return [field, wrapped] as const;
  });
  return guarded(Object.fromEntries(fields), name);
}

function textOf(value: Plain, helper: string): string {
  if (typeof value === 'string') return value;
  throw new Error(`{{${helper}}} takes a text, not ${JSON.stringify(value)}`);
}

function listless(value: Plain): string | boolean | readonly string[] {
  if (value === null) throw new Error('this format has no null');
  return value;
}

/** Text an author wrote for a place in code: nothing in it can end a line or a string. */
function code(text: string): string {
  if (/^[\w .,:;=<>[\](){}*/@'%+~!?&|-]*$/u.test(text) && !/'''/.test(text)) return text;
  throw new Error(`{{code}} is for the catalog's own words, not ${JSON.stringify(text)}`);
}

const FORMATS: Readonly<Record<string, (value: Plain) => string>> = {
  py: (value) => py(value),
  toml: (value) => toml(listless(value)),
  json: (value) => json(value),
  yaml: (value) => json(value),
  sh: (value) => sh(textOf(value, 'sh')),
  env: (value) => env(textOf(value, 'env')),
  md: (value) => md(textOf(value, 'md')),
  comment: (value) => comment(textOf(value, 'comment')),
  code: (value) => code(textOf(value, 'code')),
  // An author's line, indentation and all.
  line: (value) =>
    textOf(value, 'line')
      .replace(/\s*\n\s*/g, ' ')
      .trimEnd(),
};

/** Every helper there is, by name; the compiler refuses others. */
export const FORMAT_HELPERS: readonly string[] = [...Object.keys(FORMATS), 'secret'];
export const KNOWN_HELPERS: readonly string[] = [...FORMAT_HELPERS, 'if', 'unless', 'each', 'is'];

let marker: Marker | undefined;

function tracked(value: unknown, helper: string): Tracked {
  if (value instanceof Tracked) return value;
  if (typeof value === 'string' || typeof value === 'boolean') return new Tracked(value, []);
  throw new Error(`{{${helper}}} was given nothing it knows`);
}

function mark(text: string, from: readonly Source[]): string {
  return marker ? marker.mark(text, from) : text;
}

interface Block {
  fn(context: unknown, options?: { data?: unknown }): string;
  inverse(context: unknown): string;
  data?: unknown;
}

function truth(value: unknown): { holds: boolean; from: readonly Source[] } {
  if (value instanceof TrackedList) return { holds: value.items.length > 0, from: value.sources };
  const { value: plain, from } = tracked(value, 'if');
  return { holds: Array.isArray(plain) ? plain.length > 0 : Boolean(plain), from };
}

const handlebars = Handlebars.create();
for (const name of Object.keys(handlebars.helpers)) handlebars.unregisterHelper(name);
for (const [name, format] of Object.entries(FORMATS)) {
  handlebars.registerHelper(name, (argument: unknown) => {
    const { value, from } = tracked(argument, name);
    return mark(withoutMarks(format(value)), from);
  });
}
handlebars.registerHelper('secret', (name: unknown, bytes: unknown) => {
  const [slot, size] = [tracked(name, 'secret'), tracked(bytes, 'secret')];
  return mark(`${SLOT_OPEN}${textOf(slot.value, 'secret')}:${textOf(size.value, 'secret')}${SLOT_CLOSE}`, slot.from);
});
handlebars.registerHelper('is', (value: unknown, ...rest: unknown[]) => {
  const { value: plain, from } = tracked(value, 'is');
  return new Tracked(rest.slice(0, -1).includes(plain), from);
});
handlebars.registerHelper('if', function (this: unknown, value: unknown, block: Block) {
  const { holds, from } = truth(value);
  return mark(holds ? block.fn(this) : block.inverse(this), from);
});
handlebars.registerHelper('unless', function (this: unknown, value: unknown, block: Block) {
  const { holds, from } = truth(value);
  return mark(holds ? block.inverse(this) : block.fn(this), from);
});
handlebars.registerHelper('each', function (this: unknown, list: unknown, block: Block) {
  const items =
    list instanceof TrackedList
      ? list.items
      : listOf(tracked(list, 'each')).map((text) => ({ context: text, from: text.from }));
  if (items.length === 0) return block.inverse(this);
  return items
    .map(({ context, from }, index) => {
      const data = Handlebars.createFrame(block.data ?? {});
      // That an item is not the first or last is its neighbour's doing.
      data.first = new Tracked(index === 0, items[index - 1]?.from ?? []);
      data.last = new Tracked(index === items.length - 1, items[index + 1]?.from ?? []);
      return mark(block.fn(context, { data }), from);
    })
    .join('');
});

function listOf({ value, from }: Tracked): Tracked[] {
  if (!Array.isArray(value)) throw new Error('{{#each}} takes a list');
  return (value as readonly string[]).map((item) => new Tracked(item, from));
}

const compiled = new WeakMap<TemplateSpec, (context: Context) => string>();

/** Renders a precompiled template; the marks in the result are `into`'s. */
export function runTemplate(spec: TemplateSpec, context: Context, into: Marker): string {
  let template = compiled.get(spec);
  if (!template) {
    template = handlebars.template(spec) as (context: Context) => string;
    compiled.set(spec, template);
  }
  marker = into;
  try {
    return template(context);
  } finally {
    marker = undefined;
  }
}

/** For loaders: a text that may become a file as it is. */
export function isMarkFree(text: string): boolean {
  return !MARK_CHARACTER.test(text);
}
