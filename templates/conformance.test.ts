/** What every module folder has to be. It is read from the disk, so a new folder is held to it at once. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';
import type { ModuleContent } from '#core/contents.ts';
import type { Condition, Module } from '#core/module.ts';
import { refusePath } from '#core/paths.ts';
import { conditionFor } from '#core/render.ts';
import { optionOf, refuseValue } from '#core/selection.ts';
import { checkTemplate } from '../build/template-check.ts';
import { catalog, contentIds, loadContents } from '../src/catalog.ts';

const TEMPLATES = fileURLToPath(new URL('.', import.meta.url));
const LEFT_BEHIND = /(^|\/)(__pycache__|\.ruff_cache|\.mypy_cache|\.pytest_cache)\//;
const folders = readdirSync(TEMPLATES).filter((name) => statSync(join(TEMPLATES, name)).isDirectory());
const contents = await loadContents(contentIds);

/** Files below a folder, by their path in it. */
function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !LEFT_BEHIND.test(path));
}
const read = (id: string, path: string): string => readFileSync(join(TEMPLATES, id, path), 'utf8');
const has = (id: string, path: string): boolean => existsSync(join(TEMPLATES, id, path));

function moduleOf(id: string): Module {
  const module = catalog.modules.get(id);
  if (!module) throw new Error(`templates/${id} is no module of the catalog`);
  return module;
}
function contentOf(id: string): ModuleContent {
  const content = contents.get(id);
  if (!content) throw new Error(`templates/${id} has no contents`);
  return content;
}

/** What a module's facts may be written in. */
const PARTS = ['facts.ts', 'kinds.ts', 'diagrams.ts'];
/** Those a module has; long facts have parts of their own in `facts/`. */
const partsOf = (id: string): string[] => [
  ...PARTS.filter((file) => has(id, file)),
  ...filesIn(join(TEMPLATES, id, 'facts')).map((file) => `facts/${file}`),
];
/** Listed by the core itself. */
const CORE_KINDS = ['dependency', 'constraint', 'diagram'];
/** The names under which templates see facts. */
const FACTS = ['plan', 'own', 'gives'];

interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
function walk(node: Node, visit: (node: Node, parent: Node | undefined) => void, parent?: Node): void {
  visit(node, parent);
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value])
      if (isNode(child)) walk(child, visit, node);
}
const program = (id: string, path: string): Node => parseSync(path, read(id, path)).program as unknown as Node;
function importsOf(id: string, path: string): string[] {
  const found: string[] = [];
  walk(program(id, path), ({ type, source }) => {
    if (/^(Import|Export(All|Named))Declaration$|^ImportExpression$/.test(type) && isNode(source))
      found.push(String(source.value));
  });
  return found;
}

describe.each(folders)('templates/%s', (id) => {
  test('is the module of its name', () => {
    expect(moduleOf(id).id).toBe(id);
  });

  test('declares data only: small, and of the core alone', () => {
    expect(importsOf(id, 'module.ts')).toEqual(['#core/module.ts']);
    expect(read(id, 'module.ts').length).toBeLessThan(8000);
    const called: string[] = [];
    walk(program(id, 'module.ts'), ({ type, callee }) => {
      if (/Function/.test(type)) called.push(type);
      if (type === 'CallExpression' && isNode(callee)) called.push(String(callee.name));
    });
    expect(called).toEqual(['defineModule']);
  });

  test('has files and facts exactly where it is not only planned', () => {
    const open = moduleOf(id).status !== 'planned';
    expect(has(id, 'facts.ts')).toBe(open);
    const gives =
      open &&
      (filesIn(join(TEMPLATES, id, 'files')).length > 0 ||
        contentOf(id).contribution.give((option) => moduleOf(id).options?.[option]?.default ?? '').length > 0);
    expect(gives).toBe(open);
    if (!open) expect([has(id, 'files'), has(id, 'kinds.ts')]).toEqual([false, false]);
  });

  test('holds nothing but what is expected in a module', () => {
    expect(
      readdirSync(join(TEMPLATES, id)).filter(
        (name) => !/^(module|facts|kinds|diagrams|[a-z-]+\.test)\.ts$|^(files|facts)$/.test(name),
      ),
    ).toEqual([]);
  });

  test('speaks in sentences that fit where the page puts them', () => {
    const { title, summary, requires, conflicts, recommends, options } = moduleOf(id);
    const reasons = [...(requires ?? []), ...(conflicts ?? []), ...(recommends ?? [])].map(({ because }) => because);
    const links = Object.values(options ?? {}).flatMap((option) => (option.kind === 'link' ? [option.because] : []));
    // `Auth requires Database: <because>.`
    for (const because of [...reasons, ...links]) expect(because).toMatch(/^[a-z][^\n.]*[^\n.\s]$/);
    const named = [{ title, summary }, ...Object.values(options ?? {})];
    for (const one of named) {
      expect(one.title).toMatch(/^[^\n"<>]{2,40}$/);
      expect(one.summary).toMatch(/^\p{Lu}[^\n]*\.$/u);
    }
    for (const option of Object.values(options ?? {})) {
      if (option.kind === 'choice') for (const value of option.values) expect(value.title).toMatch(/^\S[^\n]*$/);
    }
  });
});

describe.each(contentIds)('the contents of templates/%s', (id) => {
  const base = join(TEMPLATES, id, 'files');
  const onDisk = filesIn(base);

  test('are all the files below it, and no others', () => {
    expect(Object.keys(contentOf(id).files).sort()).toEqual(onDisk.map((path) => path.replace(/\.hbs$/, '')).sort());
    for (const path of Object.keys(contentOf(id).files)) expect([path, refusePath(path)]).toEqual([path, undefined]);
  });

  test('know of other modules only the kinds they list', () => {
    const allowed = (source: string): boolean =>
      /^#core\/[a-z-]+\.ts$|^\.\/(module|kinds|diagrams|schema|facts\/[a-z]+)\.ts$|^\.\.\/diagrams\.ts$/.test(source) ||
      folders.some((folder) => [`../${folder}/kinds.ts`, `../../${folder}/kinds.ts`].includes(source));
    for (const path of partsOf(id)) expect(importsOf(id, path).filter((source) => !allowed(source))).toEqual([]);
    // A link has the name of what it leads to, and a value may have that of what it demands.
    const { options = {}, requires = [] } = moduleOf(id);
    const links = Object.keys(options);
    const demanded = new Set<string>(requires.map(({ need }) => need));
    const values = Object.values(options).flatMap((option) =>
      option.kind === 'choice' ? option.values.filter((value) => demanded.has(value.id)).map((value) => value.id) : [],
    );
    const others = new Set(folders.filter((folder) => folder !== id && ![...links, ...values].includes(folder)));
    // As a whole string: Python modules and prose may hold the word.
    const named: string[] = [];
    for (const path of partsOf(id)) {
      walk(program(id, path), ({ type, value }, parent) => {
        if (
          type === 'Literal' &&
          typeof value === 'string' &&
          others.has(value) &&
          parent?.type !== 'ImportDeclaration'
        )
          named.push(`${path}: ${value}`);
      });
    }
    expect(named).toEqual([]);
  });

  test('declare kinds and what makes facts of them, in kinds.ts, and each kind once', async () => {
    const exported = has(id, 'kinds.ts')
      ? ((await import(join(TEMPLATES, id, 'kinds.ts'))) as Record<string, unknown>)
      : {};
    for (const [name, value] of Object.entries(exported)) expect([name, typeof value]).toEqual([name, 'function']);
    for (const kind of contentOf(id).kinds) {
      expect(kind.kind).toMatch(/^[a-z][A-Za-z]*$/);
      const listing = [...contents]
        .filter(([, content]) => content.kinds.some((other) => other.kind === kind.kind))
        .map(([lister]) => lister);
      expect(listing, kind.kind).toEqual([id]);
      expect(CORE_KINDS).not.toContain(kind.kind);
    }
  });

  test('list what they declare: some template asks for each kind', () => {
    const asked = contentIds.flatMap(templates).flatMap(({ paths }) => paths);
    for (const { kind } of contentOf(id).kinds) {
      expect(
        asked.some(([first, second]) => FACTS.includes(first ?? '') && second === kind),
        `nobody asks for plan.${kind}`,
      ).toBe(true);
    }
  });

  test('give facts of kinds somebody lists, with data alone', () => {
    const { options } = moduleOf(id);
    const kinds = new Set([
      ...CORE_KINDS,
      ...[...contents.values()].flatMap((content) => content.kinds.map(({ kind }) => kind)),
    ]);
    for (const fact of contentOf(id).contribution.give((option) => options?.[option]?.default ?? '')) {
      expect(kinds).toContain(fact.kind.kind);
      const plain = JSON.stringify(fact.value, (_, value: unknown) =>
        ['string', 'boolean', 'object'].includes(typeof value) && value !== null ? value : `not data: ${typeof value}`,
      );
      expect(plain).not.toContain('not data');
      for (const option of fact.options) expect(Object.keys(options ?? {})).toContain(option);
    }
  });

  test('put conditions and modes on files that are there, and on values that can be', () => {
    const { contribution, files } = contentOf(id);
    const paths = Object.keys(files);
    for (const [path, condition] of Object.entries(contribution.files)) {
      expect(
        path.endsWith('/') ? paths.some((file) => file.startsWith(path)) : paths.includes(path),
        `${path} is no file or folder`,
      ).toBe(true);
      const option = optionOf(moduleOf(id), condition.option);
      expect(option, `${path} waits for ${condition.option}`).toBeDefined();
      for (const value of condition.is) expect(option && refuseValue(option, value)).toBeUndefined();
      expect(condition.is.length).toBeGreaterThan(0);
    }
    for (const path of Object.keys(contribution.modes)) expect(paths, `mode of ${path}`).toContain(path);
    for (const path of paths)
      if (/^#!/.test(onDisk.includes(path) ? read(id, `files/${path}`) : ''))
        expect(contribution.modes[path], `${path} has a shebang`).toBe('755');
    for (const path of paths) expect(() => conditionFor(path, contribution.files)).not.toThrow();
  });

  test.each(onDisk)('files/%s is written as it has to be', (path) => {
    const text = read(id, `files/${path}`);
    const name = path.split('/').at(-1) ?? '';
    expect(text.trim(), 'is not empty').not.toBe('');
    expect(text.endsWith('\n') && !text.endsWith('\n\n'), 'ends with one newline').toBe(true);
    expect(text).not.toMatch(/[\r\u200b-\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/);
    expect(text).not.toMatch(/\b(TODO|FIXME|XXX)\b/);
    if (name.startsWith('.')) expect(name, 'a dotfile as it stands hides or moves its neighbours').toMatch(/\.hbs$/);
    if (path.endsWith('.hbs')) {
      checkTemplate(path, text);
      if (!name.startsWith('.')) expect(mustaches(text), 'a template in which nothing is filled in').toBeGreaterThan(0);
    } else {
      // `{{` is also f-strings and workflows; a template left behind without its suffix reads like this.
      expect(text).not.toMatch(
        /\{\{[#/~!>]?\s*(if|unless|each|else|is|py|toml|json|yaml|sh|env|md|comment|code|line|secret)\b/,
      );
    }
  });

  test('ask in templates for what is there: own options, kinds that are listed wherever it is, and no other module', () => {
    const lister = (kind: string): string | undefined =>
      [...contents].find(([, content]) => content.kinds.some((declared) => declared.kind === kind))?.[0];
    const others = new Set(folders.filter((folder) => folder !== id));
    for (const { path, paths, words } of templates(id)) {
      for (const [first = '', second = ''] of paths) {
        if (first === 'option') expect(Object.keys(moduleOf(id).options ?? {}), path).toContain(second);
        if (FACTS.includes(first)) {
          const by = CORE_KINDS.includes(second) ? id : lister(second);
          const there = alwaysWith(id, contentOf(id).contribution.files[path.replace(/\.hbs$/, '')]);
          expect(by !== undefined && there.has(by), `${path} asks for ${first}.${second}`).toBe(true);
        }
      }
      expect(
        words.filter((word) => others.has(word)),
        path,
      ).toEqual([]);
    }
  });
});

/** What is in every project that this module is in, or that a file of it is in whose link is on. */
function alwaysWith(id: string, condition?: Condition): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (module: Module): void => {
    if (found.has(module.id)) return;
    found.add(module.id);
    for (const { need, when } of module.requires ?? []) {
      const needed = catalog.modules.get(need);
      if (!when && needed) visit(needed);
    }
  };
  visit(moduleOf(id));
  const link = condition && optionOf(moduleOf(id), condition.option);
  if (link?.kind === 'link' && !condition?.is.includes(false)) visit(moduleOf(link.target));
  for (const module of catalog.modules.values()) if (module.always) visit(module);
  return found;
}

function mustaches(text: string): number {
  let count = 0;
  walk(Handlebars.parse(text) as unknown as Node, ({ type }) => {
    if (type === 'MustacheStatement' || type === 'BlockStatement') count += 1;
  });
  return count;
}

/** The templates of a module, with the names they ask for and the words they compare with. */
function templates(id: string): { path: string; paths: string[][]; words: string[] }[] {
  return filesIn(join(TEMPLATES, id, 'files'))
    .filter((path) => path.endsWith('.hbs'))
    .map((path) => {
      const paths: string[][] = [];
      const words: string[] = [];
      walk(Handlebars.parse(read(id, `files/${path}`)) as unknown as Node, (node) => {
        if (node.type === 'PathExpression') paths.push(node.parts as string[]);
        if (node.type === 'StringLiteral') words.push(String(node.value));
      });
      return { path, paths, words };
    });
}

describe('the lists beside the modules', () => {
  test('categories are told apart, and every module is in one of its kind', () => {
    const ids = catalog.categories.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { title } of catalog.categories) expect(title).toMatch(/^\S[^\n]*$/);
  });

  test('every dependency a module can give has a pin', () => {
    const pinned = new Set(catalog.pins.packages.map(({ name }) => name));
    for (const id of contentIds) {
      const source = read(id, 'facts.ts');
      for (const [, name] of source.matchAll(/\bdependency\(\{\s*name:\s*'([^']+)'/g))
        expect(pinned, `${id} depends on ${name}`).toContain(name);
    }
  });

  test('a pin’s name is normalised, and its needs are pins', () => {
    const names = new Set(catalog.pins.packages.map(({ name }) => name));
    for (const { name, version, needs } of catalog.pins.packages) {
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(version).toMatch(/^[0-9][0-9a-z.+]*$/);
      for (const need of needs) expect(names, `${name} needs ${need.name}`).toContain(need.name);
    }
  });
});
