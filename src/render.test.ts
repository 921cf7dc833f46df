/** Projects of the real catalog, every two options together in one of them, held to what needs no running project. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import { parse as parseToml } from 'smol-toml';
import { afterAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { fill } from '#core/fill.ts';
import { MARK_CHARACTER } from '#core/marks.ts';
import { type History, plan } from '#core/plan.ts';
import { emptySelection, refuseValue, type Selection } from '#core/selection.ts';
import { type FileTree, MANIFEST_PATH } from '#core/tree.ts';
import { badSpans, movedBetween, splitLines, unexplainedLines } from '#core/trees-testing.ts';
import { obtain } from '../e2e/support/obtain.ts';
import { findPython, toolFolder } from '../e2e/support/python.ts';
import { must, run } from '../e2e/support/shell.ts';
import { catalog } from './catalog.ts';
import {
  additions,
  combination,
  contents,
  distinct,
  flips,
  type Project,
  project,
  someSelections,
} from './combinations-testing.ts';

const TEMPLATES = fileURLToPath(new URL('../templates/', import.meta.url));
const everything = someSelections().map(combination);
const sound = everything.filter(({ resolution }) => resolution.problems.length === 0);
const projects: Project[] = distinct(sound).map(({ selection }) => project(selection));

/** Each distinct text once, with the first project it stands in. */
const texts = [
  ...new Map(
    projects.flatMap(({ name, tree }) =>
      tree.map(({ path, content }) => [`${path}\0${content}`, { path, content, name }] as const),
    ),
  ).values(),
];
const suffix = (...endings: readonly string[]) =>
  texts.filter(({ path }) => endings.some((ending) => path.endsWith(ending)));

const folder = mkdtempSync(join(tmpdir(), 'stackwright-render-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }), 120_000);

function write(name: string, tree: FileTree): void {
  for (const { path, content } of tree) {
    const file = join(folder, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

describe('every combination', () => {
  test('is counted, and those with a problem say how to mend it', () => {
    expect(projects.length).toBeGreaterThanOrEqual(3);
    for (const { name, resolution } of everything) {
      for (const problem of resolution.problems)
        expect(problem.repairs.length, `${name}: ${problem.code}`).toBeGreaterThan(0);
    }
  });

  test.each(projects)('$name: lines with owners, no empty file, nothing left over', ({ resolution, tree }) => {
    expect(plan(catalog, resolution, contents).problems).toEqual([]);
    expect(badSpans(catalog, tree, resolution)).toEqual([]);
    for (const { path, content } of tree) {
      expect(content.trim(), path).not.toBe('');
      expect(content.endsWith('\n') && !content.endsWith('\n\n'), `${path} ends with one newline`).toBe(true);
      expect(content, path).not.toMatch(/[^\S\n]\n/);
    }
    const filled = fill(tree, (count) => new Uint8Array(count).fill(255));
    for (const { path, content } of filled) expect(content, path).not.toMatch(MARK_CHARACTER);
    // Only `.env` has secrets.
    expect(
      filled
        .filter(({ content }, index) => content !== tree[index]?.content)
        .map(({ path }) => path)
        .filter((path) => !/(^|\/)\.env$/.test(path)),
    ).toEqual([]);
    expect(unrendered(tree)).toEqual([]);
  });

  test('TOML, YAML and JSON parse', () => {
    for (const { path, content, name } of suffix('.toml'))
      expect(() => parseToml(content), `${name}: ${path}`).not.toThrow();
    for (const { path, content, name } of suffix('.json'))
      expect(() => JSON.parse(content), `${name}: ${path}`).not.toThrow();
    for (const { path, content, name } of suffix('.yaml', '.yml')) {
      // A chart's templates are YAML only once Helm has filled them in, which is done where a project is made for real.
      if (/(^|\/)helm\/templates\//.test(path)) continue;
      const documents = parseAllDocuments(content);
      expect([name, path, ...documents.flatMap((document) => [...document.errors, ...document.warnings])]).toEqual([
        name,
        path,
      ]);
      for (const document of documents) expect(() => document.toJS({ maxAliasCount: 10 })).not.toThrow();
    }
  });

  test('Python parses, with no warning', async () => {
    const program =
      'import ast, json, sys, warnings\nwarnings.simplefilter("error")\nfor path, text in json.load(sys.stdin):\n    try:\n        compile(ast.parse(text, path), path, "exec", dont_inherit=True)\n    except (SyntaxError, ValueError, Warning) as error:\n        print(path, error)';
    const input = JSON.stringify(suffix('.py').map(({ path, content, name }) => [`${name}: ${path}`, content]));
    expect((await must(await findPython(), ['-I', '-c', program], { input })).stdout).toBe('');
  });

  test('ruff finds nothing, by the project’s own rules and format', async () => {
    const bin = await obtain('ruff', () =>
      toolFolder('ruff', [`ruff==${catalog.pins.packages.find(({ name }) => name === 'ruff')?.version ?? '0.17.6'}`]),
    );
    if (!bin) return;
    projects.forEach(({ tree }, index) => {
      write(`p${index}`, tree);
    });
    const names = projects.map(({ name }, index) => `p${index} is ${name}`).join('\n');
    const ruff = (...args: readonly string[]) => run(join(bin, 'ruff'), [...args, '.'], { cwd: folder });
    // What an option leaves behind when it is off: independent of what the project mutes.
    const unused = await ruff(
      'check',
      '--no-cache',
      '--isolated',
      '--quiet',
      '--output-format=concise',
      '--select=F,E9',
    );
    expect(unused.stdout, names).toBe('');
    const rules = await ruff('check', '--no-cache', '--quiet', '--output-format=concise');
    expect(rules.stdout, names).toBe('');
    expect((await ruff('format', '--no-cache', '--check', '--quiet')).output, names).toBe('');
  }, 180_000);

  // What each module may come to is held where its project is made for real.
  test('is small while nothing is chosen', () => {
    const size = (selection: Selection) => {
      const { tree } = project(selection);
      return { files: tree.length, lines: tree.reduce((sum, { content }) => sum + splitLines(content).length, 0) };
    };
    const bare = size(emptySelection());
    expect(bare.files, JSON.stringify(bare)).toBeLessThan(60);
    expect(bare.lines, JSON.stringify(bare)).toBeLessThan(2500);
  });
});

/** Tags of the template language in a file that was rendered, but for those the template itself writes as text. */
function unrendered(tree: FileTree): string[] {
  return tree.flatMap(({ path, content, spans }) => {
    if (path === MANIFEST_PATH || !/\{\{|\}\}/.test(content)) return [];
    const own = templateText(
      path,
      spans.flatMap(({ from }) => from.map(({ module }) => module)),
    );
    if (own === undefined) return [];
    return splitLines(content)
      .filter((line) => (line.includes('{{') && !own.includes('{{')) || (line.includes('}}') && !own.includes('}}')))
      .map((line) => `${path}: ${line}`);
  });
}

/** The literal text of the template a file came from; `undefined` for one that is taken as it stands. */
function templateText(path: string, owners: readonly string[]): string | undefined {
  for (const [id, { files }] of contents) {
    const file = files[path.replace(/^central-services\/[^/]+\//, '')];
    if (!file || (owners.length > 0 && !catalog.modules.has(id))) continue;
    if ('text' in file) return undefined;
    const parts: string[] = [];
    const visit = (program: hbs.AST.Program | undefined): void => {
      for (const statement of program?.body ?? []) {
        if (statement.type === 'ContentStatement') parts.push((statement as hbs.AST.ContentStatement).value);
        const { program: inner, inverse } = statement as hbs.AST.BlockStatement;
        if (inner) visit(inner);
        if (inverse) visit(inverse);
      }
    };
    visit(Handlebars.parse(readFileSync(join(TEMPLATES, id, 'files', `${path}.hbs`), 'utf8')));
    return parts.join('');
  }
  return undefined;
}

describe('one option more or less', () => {
  const rows = sound.map(({ selection }) => selection);

  test('changes only lines that name it', () => {
    const pairs = flips(rows);
    expect(pairs.length).toBeGreaterThan(3);
    for (const [one, other] of pairs) {
      const [before, after] = [project(one), project(other)];
      const moved = movedBetween(before.resolution, after.resolution);
      const said = (selection: Selection, module: string, option: string | undefined) =>
        option === undefined ? undefined : selection.options[module]?.[option];
      const named = (source: { module: string; option?: string }): boolean =>
        moved(source) || said(one, source.module, source.option) !== said(other, source.module, source.option);
      expect(unexplainedLines(before.tree, after.tree, named), `${before.name} → ${after.name}`).toEqual([]);
    }
  });

  test('and one module more changes only lines that name what came', () => {
    for (const [one, other] of additions(rows)) {
      const [before, after] = [project(one), project(other)];
      const more = other.chosen.filter((id) => !one.chosen.includes(id));
      const moved = movedBetween(before.resolution, after.resolution);
      const named = (source: { module: string; option?: string }): boolean =>
        moved(source) || more.includes(source.module);
      expect(unexplainedLines(before.tree, after.tree, named), `${before.name} → ${after.name}`).toEqual([]);
    }
  });
});

test('a project that grows keeps its migrations as they are, and only appends', () => {
  const grown = [
    ...additions(sound.map(({ selection }) => selection)),
    ...projects.slice(1).map(({ selection }): [Selection, Selection] => [emptySelection(), selection]),
  ];
  for (const [one, other] of grown) {
    const before = project(one);
    const historyOf = (tree: FileTree): History =>
      (JSON.parse(tree.find(({ path }) => path === MANIFEST_PATH)?.content ?? '{}') as { history: History }).history;
    const history = historyOf(before.tree);
    const after = project(other, history);
    for (const [kind, keys] of Object.entries(history)) {
      expect(historyOf(after.tree)[kind]?.slice(0, keys.length), `${before.name} → ${after.name}`).toEqual(keys);
      for (const key of keys) {
        const files = (tree: FileTree) =>
          tree.filter(({ path }) => path.includes(key)).map(({ path, content }) => [path, content]);
        expect(files(before.tree).length, `a file for ${kind} ${key}`).toBeGreaterThan(0);
        expect(files(after.tree)).toEqual(files(before.tree));
      }
    }
  }
});

describe('what a person typed', () => {
  const HOSTILE = [
    `zqx9 "double" 'single' """triple""" '''triple''' \\ \\n \\" end`,
    'zqx9 {{#if x}} {{py x}} {{{x}}} }} \\{{ {% x %} ${x} %s %(x)s',
    'zqx9 ]]> <script>alert(1)</script> --> <!-- &amp; & < >',
    'zqx9 $(touch /tmp/x) `id` ; rm -rf / && || | > < * ? ~ !',
    'zqx9 first\n\nsecond # not a comment\n```sh\n---\n===\n# heading\n- item\n| a | b |\n[tool.x]\n  key: value',
    'zqx9 😀 👩‍👩‍👧 Größe ñ 漢字 \u200b\u202e\u00a0 e\u0301',
    "zqx9 ') or evil(1) # = [x] , : . + - * / @ % ~ ! & |",
    'zqx9 \\',
    '= zqx9: @x *a &b !c %d - e ? f | g > h',
  ];
  const fields = [...catalog.modules.values()]
    .filter(({ status }) => status !== 'planned')
    .flatMap((module) =>
      Object.entries(module.options ?? {}).flatMap(([option, declared]) =>
        declared.kind === 'text'
          ? HOSTILE.filter((text) => !refuseValue(declared, text)).map((text) => ({ module, option, text }))
          : [],
      ),
    );
  // The smallest project that has the option and the largest: a text goes through the same templates in those between.
  const bySize = [...projects].sort((a, b) => a.tree.length - b.tree.length);
  const cases = fields.flatMap(({ module, option, text }) => {
    const having = bySize.filter(({ resolution }) => resolution.modules.some((entry) => entry.module.id === module.id));
    return [...new Set([having[0], having.at(-1)])]
      .flatMap((one) => one ?? [])
      .map(({ name, selection }) => ({
        name: `${name} with ${module.id}.${option}`,
        text,
        line: text.replace(/\s+/g, ' ').trim(),
        plain: project({
          ...selection,
          options: { ...selection.options, [module.id]: { ...selection.options[module.id], [option]: 'zqx9' } },
        }),
        typed: project({
          ...selection,
          options: { ...selection.options, [module.id]: { ...selection.options[module.id], [option]: text } },
        }),
      }));
  });

  test('reaches files', () => {
    expect(fields.length).toBeGreaterThan(0);
    for (const { plain, name } of cases)
      expect(
        plain.tree.filter(({ path, content }) => path !== MANIFEST_PATH && content.includes('zqx9')).length,
        name,
      ).toBeGreaterThan(1);
  });

  test('is text in every file it reaches: those files alone change, and each reads as before', () => {
    for (const { name, text, line, plain, typed } of cases) {
      expect(typed.tree.map(({ path, mode }) => [path, mode])).toEqual(
        plain.tree.map(({ path, mode }) => [path, mode]),
      );
      for (const [index, { path, content }] of typed.tree.entries()) {
        const where = `${name}: ${path}: ${JSON.stringify(text)}`;
        const before = plain.tree[index]?.content ?? '';
        if (!before.includes('zqx9')) {
          if (path !== MANIFEST_PATH) expect(content, where).toBe(before);
          continue;
        }
        // Structures are compared after the text was put in the place of the plain word.
        const put = (value: unknown, by: string): unknown =>
          JSON.parse(JSON.stringify(value), (_, item: unknown) => (item === 'zqx9' ? by : item));
        if (path.endsWith('.toml')) {
          const read = parseToml(content);
          expect([put(parseToml(before), text), put(parseToml(before), line)], where).toContainEqual(
            JSON.parse(JSON.stringify(read)),
          );
        } else if (path === MANIFEST_PATH) {
          expect((JSON.parse(content) as { selection: Selection }).selection).toEqual(typed.selection);
        } else if (/\.(ya?ml|json)$/.test(path)) {
          const read = parseAllDocuments(content).map((document) => document.toJS() as unknown);
          const was = parseAllDocuments(before).map((document) => document.toJS() as unknown);
          expect([put(was, text), put(was, line)], where).toContainEqual(read);
        } else if (!/\.(py|md)$/.test(path)) {
          const lines = splitLines(content).filter((item) => item.includes('zqx9'));
          expect(
            lines.every((item) => /^\s*#/.test(item)),
            `${where} stands in a file this test cannot read`,
          ).toBe(true);
          expect(splitLines(content).length, where).toBe(splitLines(before).length);
        }
      }
    }
  });

  test('is a literal of that very text in Python, or a comment', async () => {
    const program = [
      'import ast, io, json, sys, tokenize',
      'class Put(ast.NodeTransformer):',
      '    def __init__(self, text, line): self.allowed = (text, line)',
      '    def visit_Constant(self, node):',
      '        return ast.Constant("zqx9") if node.value in self.allowed and isinstance(node.value, str) else node',
      'for where, before, content, text, line in json.load(sys.stdin):',
      '    try:',
      '        if ast.dump(Put(text, line).visit(ast.parse(content))) != ast.dump(ast.parse(before)):',
      '            print(where, "is other code")',
      '    except (SyntaxError, ValueError) as error:',
      '        print(where, error)',
    ].join('\n');
    const input = cases.flatMap(({ name, text, line, plain, typed }) =>
      typed.tree.flatMap(({ path, content }, index) =>
        path.endsWith('.py') && content.includes('zqx9')
          ? [[`${name}: ${path}`, plain.tree[index]?.content, content, text, line]]
          : [],
      ),
    );
    expect(input.length).toBeGreaterThan(0);
    expect((await must(await findPython(), ['-I', '-c', program], { input: JSON.stringify(input) })).stdout).toBe('');
  });

  test('is prose in Markdown: the same headings, tables and code as with a plain word', async () => {
    const { marked } = await import('marked');
    const skeleton = (content: string): string[] =>
      marked
        .lexer(content)
        .map((token) =>
          token.type === 'paragraph' ? 'paragraph' : `${token.type} ${token.raw.includes('zqx9') ? '' : token.raw}`,
        );
    for (const { name, text, plain, typed } of cases) {
      for (const [index, { path, content }] of typed.tree.entries()) {
        if (path.endsWith('.md'))
          expect(skeleton(content), `${name}: ${path}: ${JSON.stringify(text)}`).toEqual(
            skeleton(plain.tree[index]?.content ?? '').map((item) => item),
          );
      }
    }
  });

  test('is formatted and lints like any other text', async () => {
    const bin = await obtain('ruff', () =>
      toolFolder('ruff', [`ruff==${catalog.pins.packages.find(({ name }) => name === 'ruff')?.version ?? '0.17.6'}`]),
    );
    if (!bin) return;
    cases.forEach(({ typed }, index) => {
      write(
        `typed/t${index}`,
        typed.tree.filter(
          ({ path, content }) => path === 'pyproject.toml' || (path.endsWith('.py') && content.includes('zqx9')),
        ),
      );
    });
    const ruff = (...args: readonly string[]) => run(join(bin, 'ruff'), [...args, 'typed'], { cwd: folder });
    expect((await ruff('check', '--no-cache', '--quiet', '--output-format=concise')).stdout).toBe('');
    expect((await ruff('format', '--no-cache', '--check', '--quiet', '--diff')).output).toBe('');
  }, 180_000);
});
