/**
 * The formats text is written into. Whatever a person typed stays text in every one of them: each
 * function returns a literal of its language whose value is exactly the input.
 */

const hex = (code: number, width: number): string => code.toString(16).padStart(width, '0');

function escaped(text: string, extra: RegExp, short: Readonly<Record<string, string>>): string {
  let out = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (short[character] !== undefined) out += short[character];
    else if (code < 0x20 || code === 0x7f || extra.test(character))
      out += code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
    else out += character;
  }
  return out;
}

const C_ESCAPES = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\t': '\\t' };
const INVISIBLE = /[\u0080-\u009f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;

/** All that some format takes for the end of a line, with the space around it. */
const LINE_END = /\s*[\n\r\v\f\u0085\u2028\u2029]\s*/g;

/** A Python literal, in the quotes the formatter would take. */
export function py(value: string | boolean | null | readonly string[]): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'string') return `[${value.map((item) => py(item)).join(', ')}]`;
  // The formatter takes the quotes that need fewer escapes, double ones where it is equal.
  const count = (quote: string): number => value.split(quote).length;
  if (count('"') > count("'"))
    return `'${escaped(value, INVISIBLE, { "'": "\\'", '\\': '\\\\', '\n': '\\n', '\t': '\\t' })}'`;
  return `"${escaped(value, INVISIBLE, C_ESCAPES)}"`;
}

/** A TOML basic string, boolean or array. */
export function toml(value: string | boolean | readonly string[]): string {
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return `[${value.map((item) => toml(item)).join(', ')}]`;
  return `"${escaped(value, INVISIBLE, C_ESCAPES)}"`;
}

/** JSON, which is also what a quoted YAML scalar is. */
export function json(value: string | boolean | null | readonly string[]): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (character) => `\\u${hex(character.charCodeAt(0), 4)}`,
  );
}

/** One word for a POSIX shell. */
export function sh(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * A value in a `.env` file, as python-dotenv reads it, which expands `${X}` in any quotes; Docker Compose
 * reads the same but where a `$` stands beside what needs escaping.
 */
export function env(text: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]*$/.test(text)) return text;
  if (!/['\n\r\\]|\$\{/.test(text)) return `'${text}'`;
  const quoted = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  // A nameless variable with `$` for a default is the one way to write that character before a brace.
  return `"${quoted.replaceAll('${', '${:-$}{')}"`;
}

const MD_ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };

/**
 * Text in a Markdown paragraph or table cell: no markup, no HTML, no block of its own. What only means
 * something at the start of a line is only escaped there, so that ordinary words stay readable.
 */
export function md(text: string): string {
  return (
    text
      .replace(LINE_END, ' ')
      .trim()
      .replace(/[\\`*_[\]<>|~$&]/g, (character) => MD_ENTITIES[character] ?? `\\${character}`)
      // An address would become a link, in which the backslashes above are part of it.
      .replace(/:(?=\/\/)|(?<=www)\.|@/gi, '\\$&')
      .replace(/^(?=[#+=:-])/, '\\')
      .replace(/^(\d{1,9})(?=[.)])/, '$1\\')
  );
}

/** Text behind a `#`, on one line. */
export function comment(text: string): string {
  return text.replace(LINE_END, ' ').trim();
}
