/** What a person typed is text in every format: thousands of hostile texts, read back by the real parsers. */
import fc from 'fast-check';
import { marked, type Token } from 'marked';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { obtain } from '../../e2e/support/obtain.ts';
import { findPython, toolFolder } from '../../e2e/support/python.ts';
import { must } from '../../e2e/support/shell.ts';
import { comment, env, json, md, py, sh, toml } from './formats.ts';
import { refuseValue } from './selection.ts';
import { anyText } from './testing.ts';

const CORPUS = [
  '',
  ' ',
  "it's",
  '"',
  '""',
  '"""',
  "'''",
  '\'"',
  '\\',
  '\\\\',
  '\\n',
  '\\"',
  "\\'",
  '\\u0041',
  '\\x41',
  '\\N{DASH}',
  '\n',
  '\n\n',
  ' \n ',
  '\t',
  'a\tb',
  '{{x}}',
  '{{{x}}}',
  '\\{{x}}',
  '{x}',
  '%s',
  '%(x)s',
  '$x',
  '${HOME}',
  '${HOME:-x}',
  '$(id)',
  '`id`',
  '$((1))',
  '!!',
  '~',
  '*',
  '?',
  '[a]',
  ']]>',
  '<!--',
  '-->',
  '<script>alert(1)</script>',
  '&amp;',
  '&#x27;',
  '#',
  '# x',
  'x # y',
  'x #',
  '- x',
  '-',
  '--',
  '---',
  '--help',
  '...',
  ': ',
  'a: b',
  '? x',
  '&a',
  '*a',
  '!tag',
  '%YAML',
  '|',
  '>',
  '@',
  'null',
  '~',
  'true',
  'no',
  '0x1F',
  '1e3',
  '.inf',
  '2026-11-22',
  '=',
  '==',
  '===',
  '<<',
  '[x](javascript:alert(1))',
  '![x](y)',
  '*b*',
  '__b__',
  '~~s~~',
  '| a | b |',
  '1. x',
  '1) x',
  '+ x',
  '    code',
  '\tcode',
  'http://x.y',
  '\\',
  'x\\',
  "x'",
  'x"',
  '😀',
  '👩‍👩‍👧',
  'é',
  'e\u0301',
  '\u00a0',
  '\u200b',
  '\u202e',
  '\ufeff',
  '\u2028',
  '\u2029',
  '\u0085',
  '\u00ad',
  '\u{10ffff}',
  '\u{1f1e9}',
  '\u007f',
  '\u001b[31m',
  'a'.repeat(300),
  "';\nimport os\n#",
  '"\nx = 1\n"',
  '"""\nimport os',
  '")\nimport os  # ',
  "' + __import__('os').system('id') + '",
  '"]\n[tool.x]\ny = "',
  '\r',
  '\r\n',
  'a\rb',
  '\f',
  '\v',
  '/*',
  '*/',
  '//',
  '<![CDATA[',
  '$(touch x)',
  ';',
  '&&',
  '||',
  '>x',
  '\\\n',
  ':x:',
  '[^1]',
  '[ ]',
];
const hostileText = fc.oneof(
  anyText(20),
  fc.string({ unit: fc.constantFrom(...'\\"\'`${}()#\n\t -=[]<>&|;:%@!*_~a1'), maxLength: 12 }),
  fc.tuple(fc.constantFrom(...CORPUS), fc.constantFrom(...CORPUS)).map((parts) => parts.join('')),
);
// A lone surrogate is no text: it cannot be written in UTF-8. NUL is in no program's arguments or files.
const wellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text) && !text.includes('\0');
/** Always other texts; a failure prints its text, so it can go into the corpus. */
const TEXTS = [...new Set([...CORPUS, ...fc.sample(hostileText, 3000)])].filter(wellFormed);

/** Those that can be an option's value; others cannot reach prose. */
const TYPED = TEXTS.filter(
  (text) => !refuseValue({ kind: 'text', title: '', summary: '', default: '', maxLength: 1000, multiline: true }, text),
);

/** Reads each literal with the languages' own parsers: one process for all. */
async function readByPython(): Promise<Record<'py' | 'lists' | 'toml' | 'json', unknown[]>> {
  const program = [
    'import ast, json, sys, tomllib',
    'given = json.load(sys.stdin)',
    // In a module, as it will stand, and not by itself.
    'def py(literal):',
    '    tree = ast.parse("X = " + literal + "\\nY = 1\\n")',
    '    assert len(tree.body) == 2 and len(literal.splitlines()) == 1, literal',
    '    return ast.literal_eval(tree.body[0].value)',
    'def toml(literal):',
    '    data = tomllib.loads("x = " + literal + "\\ny = 1\\n")',
    '    assert list(data) == ["x", "y"], literal',
    '    return data["x"]',
    'json.dump({"py": [py(x) for x in given["py"]], "lists": [py(x) for x in given["lists"]], "toml": [toml(x) for x in given["toml"]], "json": [json.loads(x) for x in given["json"]]}, sys.stdout)',
  ].join('\n');
  const input = JSON.stringify({
    py: TEXTS.map((text) => py(text)),
    lists: [py(TEXTS), py([]), py(true), py(false), py(null)],
    toml: [...TEXTS.map((text) => toml(text)), toml(TEXTS), toml([]), toml(true)],
    json: [...TEXTS.map((text) => json(text)), json(TEXTS)],
  });
  return JSON.parse((await must(await findPython(), ['-I', '-c', program], { input })).stdout) as never;
}

test('Python, TOML and JSON literals are read back as the texts they were made of', async () => {
  const read = await readByPython();
  expect(read.py).toEqual(TEXTS);
  expect(read.lists).toEqual([TEXTS, [], true, false, null]);
  expect(read.toml).toEqual([...TEXTS, TEXTS, [], true]);
  expect(read.json).toEqual([...TEXTS, TEXTS]);
});

test('a Python literal is in the quotes that need fewer escapes, and shows what is invisible', () => {
  expect([py('a'), py("it's"), py('say "x"'), py(`"'"`), py(`'"'`), py(`"'`)]).toEqual([
    '"a"',
    '"it\'s"',
    `'say "x"'`,
    `'"\\'"'`,
    `"'\\"'"`,
    `"\\"'"`,
  ]);
  expect(py('\u202e\ufeff\u2028')).toBe('"\\u202e\\ufeff\\u2028"');
});

test('TOML, JSON and YAML are read back by the packages the page uses', () => {
  for (const text of TEXTS) {
    expect(parseToml(`x = ${toml(text)}\ny = 1\n`)).toEqual({ x: text, y: 1 });
    expect(JSON.parse(json(text))).toBe(text);
    expect(json(text)).not.toMatch(/[\n\u2028\u2029]/);
  }
  const lines = TEXTS.map((text, index) => `k${index}:\n  - ${json(text)}\n  - x: ${json(text)} # c\n`);
  expect(Object.values(parseYaml(lines.join(''), { maxAliasCount: 0 }) as object)).toEqual(
    TEXTS.map((text) => [text, { x: text }]),
  );
  expect(parseYaml(`x: ${json(TEXTS)}`)).toEqual({ x: TEXTS });
});

describe.each(['bash', 'sh'])('a shell word for %s', (shell) => {
  test('is one argument, equal to the text', async () => {
    // `set -f` is not set: a pattern would be expanded. `!` is safe in scripts and, quoted, at a prompt.
    const script = `cd /\n${TEXTS.map((text) => `printf '%s\\0' ${sh(text)} end`).join('\n')}\n`;
    const { stdout } = await must(shell, ['-s'], { input: script });
    expect(stdout.split('\0').slice(0, -1)).toEqual(TEXTS.flatMap((text) => [text, 'end']));
  });
});
test('a shell word is bare only where no shell could mind', () => {
  expect([sh('my-app'), sh('a=b'), sh('--x'), sh(''), sh('~'), sh('a*')]).toEqual([
    'my-app',
    'a=b',
    "'--x'",
    "''",
    "'~'",
    "'a*'",
  ]);
});

test('a value in .env is read back by python-dotenv, whatever the environment holds', async () => {
  const bin = await obtain('python-dotenv', () => toolFolder('dotenv', ['python-dotenv==1.2.4']));
  if (!bin) return;
  const file = TEXTS.map((text, index) => `K${index}=${env(text)}\n`).join('');
  const program =
    'import io, json, sys\nfrom dotenv import dotenv_values\njson.dump(list(dotenv_values(stream=io.StringIO(json.load(sys.stdin))).values()), sys.stdout)';
  const { stdout } = await must(`${bin}/python`, ['-c', program], {
    input: JSON.stringify(file),
    env: { HOME: '/root', x: 'pwned', X: 'pwned' },
  });
  expect(JSON.parse(stdout)).toEqual(TEXTS);
}, 120_000);

test('Markdown: a paragraph of text and nothing else, and the text is all there', () => {
  const inline = (token: Token): string => {
    // A bare address is a link to what it says.
    if (token.type === 'link')
      return token.text === token.href ||
        `http://${String(token.text)}` === token.href ||
        `mailto:${String(token.text)}` === token.href
        ? String(token.text)
        : `LINK ${token.raw}`;
    if (token.type !== 'text' && token.type !== 'escape') return `${token.type.toUpperCase()} ${token.raw}`;
    return 'tokens' in token && token.tokens ? token.tokens.map(inline).join('') : String(token.text);
  };
  const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&#39;': "'" };
  const plain = (text: string): string =>
    text.replace(/&(?:lt|gt|amp|quot|#39);/g, (entity) => entities[entity] ?? entity);
  for (const text of TYPED) {
    const expected = text.replace(/\s+/g, ' ').trim();
    for (const around of [
      (it: string) => `${it}\n`,
      (it: string) => `before\n${it}\nafter\n`,
      (it: string) => `Words ${it} words.\n`,
    ]) {
      const tokens = marked.lexer(around(md(text)), { gfm: true }).filter(({ type }) => type !== 'space');
      if (expected === '') continue;
      expect(
        tokens.map(({ type }) => type),
        json(text),
      ).toEqual(['paragraph']);
      const seen =
        (tokens[0] as { tokens?: Token[] }).tokens
          ?.map((token) => (token.type === 'br' ? ' ' : inline(token)))
          .join('') ?? '';
      expect(plain(seen).replace(/\s+/g, ' ').trim()).toBe(around(expected).replace(/\s+/g, ' ').trim());
    }
    const [table] = marked.lexer(`| a | b |\n|---|---|\n| ${md(text)} | end |\n`);
    expect(
      table?.type === 'table' && table.rows.length === 1 && table.rows[0]?.length === 2 && table.rows[0][1]?.text,
      JSON.stringify(text),
    ).toBe('end');
  }
});

test('a comment is one line in every language that has `#`', () => {
  for (const text of TEXTS) {
    expect(comment(text)).not.toMatch(/[\n\r\v\f\u0085\u2028\u2029]/);
    expect(comment(text).replace(/\s+/g, ' ')).toBe(text.replace(/[\s\u0085]+/g, ' ').trim());
  }
});
