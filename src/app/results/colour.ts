/**
 * Light syntax colours: comments, strings, numbers, keywords and keys. One expression for each family of
 * formats, which is all that reading generated files asks for, in two kilobytes; the libraries that parse
 * properly weigh twenty to some hundreds.
 */
export type TokenKind = 'plain' | 'comment' | 'string' | 'number' | 'keyword' | 'key' | 'heading';
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const PYTHON_WORDS =
  'False|None|True|and|as|assert|async|await|break|case|class|continue|def|del|elif|else|except|finally|for|from|global|if|import|in|is|lambda|match|nonlocal|not|or|pass|raise|return|try|type|while|with|yield';
const NUMBER = String.raw`(?<number>\b\d[\d_]*(?:\.\d+)?\b)`;
const QUOTED = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'`;

const PYTHON = new RegExp(
  String.raw`(?<comment>#[^\n]*)|(?<string>\b[rbfuRBFU]{0,2}(?:"""[\s\S]*?"""|'''[\s\S]*?'''|${QUOTED})|"""[\s\S]*?"""|'''[\s\S]*?'''|${QUOTED})|(?<key>^[ \t]*@[\w.]+)|(?<keyword>\b(?:${PYTHON_WORDS})\b)|${NUMBER}`,
  'gm',
);
const SETTINGS = new RegExp(
  String.raw`(?<comment>(?:^|(?<=\s))#[^\n]*)|(?<heading>^\[[^\n\]]+\]{1,2})|(?<key>^[ \t-]*[\w."/-]+(?=\s*[:=]))|(?<string>"""[\s\S]*?"""|${QUOTED})|(?<keyword>\b(?:true|false|null|yes|no)\b)|${NUMBER}`,
  'gm',
);
const JSON_TEXT = new RegExp(
  String.raw`(?<key>"(?:[^"\\\n]|\\.)*"(?=\s*:))|(?<string>"(?:[^"\\\n]|\\.)*")|(?<keyword>\b(?:true|false|null)\b)|${NUMBER}`,
  'g',
);
const SHELL = new RegExp(
  String.raw`(?<comment>(?:^|(?<=\s))#[^\n]*)|(?<string>${QUOTED})|(?<key>^[A-Za-z_.-][\w. -]*(?=\s*:?=|:(?!\/)))|(?<keyword>\b(?:if|then|else|fi|for|do|done|case|esac|while|export|set|FROM|RUN|COPY|WORKDIR|ENV|ARG|CMD|EXPOSE|USER|ENTRYPOINT|HEALTHCHECK)\b)`,
  'gm',
);
const MARKDOWN = /(?<string>^```[\s\S]*?^```|`[^`\n]+`)|(?<heading>^#{1,6} [^\n]*)|(?<key>\[[^\]\n]+\]\([^)\n]+\))/gm;

function expressionFor(path: string): RegExp | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/\.pyi?$/.test(name)) return PYTHON;
  if (/\.(toml|ya?ml|ini|cfg)$/.test(name)) return SETTINGS;
  if (/\.json$/.test(name)) return JSON_TEXT;
  if (/\.md$/.test(name)) return MARKDOWN;
  return /^(Makefile|Dockerfile|\.env.*|\.gitignore|\.dockerignore)$|\.(sh|mako)$/.test(name) ? SHELL : undefined;
}

/** Lines of tokens; the texts of all of them are the text. */
export function coloured(path: string, text: string): Token[][] {
  const lines: Token[][] = [[]];
  const add = (kind: TokenKind, piece: string): void => {
    piece.split('\n').forEach((part, index) => {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ kind, text: part });
    });
  };
  let at = 0;
  const expression = expressionFor(path);
  for (const match of expression ? text.matchAll(expression) : []) {
    add('plain', text.slice(at, match.index));
    const kind = Object.entries(match.groups ?? {}).find(([, group]) => group !== undefined)?.[0] as TokenKind;
    add(kind, match[0]);
    at = match.index + match[0].length;
  }
  add('plain', text.slice(at));
  if (text.endsWith('\n')) lines.pop();
  return lines;
}
