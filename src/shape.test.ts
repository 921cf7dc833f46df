/** The rules of the design that a reader would otherwise have to keep: see DESIGN.md, "Five rules". */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';
import { tokensOf } from '#core/catalog.ts';
import { APP_UNIT } from '#core/module.ts';
import { pathKey, refusePath } from '#core/paths.ts';
import { rootOf } from '#core/plan.ts';
import { emptySelection, type Selection } from '#core/selection.ts';
import { decode, encode, MAX_CODE_LENGTH, MAX_MODULES } from '#core/share.ts';
import { MANIFEST_PATH } from '#core/tree.ts';
import { catalog, contentIds, loadContents } from './catalog.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Source files below a folder, without tests. */
function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && !/(\.test|testing)\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** Visits every node but those that `enter` turns away. */
function walk(node: Node, enter: (node: Node) => boolean): void {
  if (!enter(node)) return;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) if (isNode(child)) walk(child, enter);
  }
}

function parsed(path: string): { text: string; program: Node } {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const { program, errors } = parseSync(path, text);
  expect(errors, path).toEqual([]);
  return { text, program: program as unknown as Node };
}

const KEYED = [
  'Property',
  'PropertyDefinition',
  'MethodDefinition',
  'AccessorProperty',
  'TSPropertySignature',
  'TSMethodSignature',
];

/** String literals and property keys, import paths aside. */
function words(path: string): { word: string; line: number }[] {
  const { text, program } = parsed(path);
  const found: { word: string; line: number }[] = [];
  const take = (word: unknown, { start }: Node): void => {
    if (typeof word === 'string') found.push({ word, line: text.slice(0, start).split('\n').length });
  };
  walk(program, (node) => {
    if (/^(Import|Export(All|Named))Declaration$/.test(node.type)) {
      // What is exported beside a path is code like any other.
      if (isNode(node.declaration)) walk(node.declaration, enter);
      return false;
    }
    return enter(node);
  });
  function enter(node: Node): boolean {
    if (node.type === 'ImportExpression') return false;
    if (node.type === 'Literal') take(node.value, node);
    if (node.type === 'TemplateLiteral' && (node.expressions as unknown[]).length === 0) {
      take((node.quasis as { value: { cooked: string } }[])[0]?.value.cooked, node);
    }
    const key = node.key;
    if (KEYED.includes(node.type) && node.computed !== true && isNode(key) && key.type === 'Identifier')
      take(key.name, key);
    return true;
  }
  return found;
}

function imports(path: string): string[] {
  const found: string[] = [];
  walk(parsed(path).program, (node) => {
    const source = node.source;
    if (/^(Import|Export(All|Named))Declaration$|^ImportExpression$/.test(node.type) && isNode(source))
      found.push(String(source.value));
    return true;
  });
  return found;
}

describe('a module is a folder, and nothing else names one', () => {
  const ids = new Set(catalog.modules.keys());

  test('the reader finds strings, keys and templates, and lets import paths pass', () => {
    // A test that finds nothing proves nothing: the declarations of modules are full of ids.
    const found = words('templates/auth/module.ts').map(({ word }) => word);
    expect(found).toContain('auth');
    expect(found).toContain('database');
    expect(found).toContain('engine');
    expect(found).not.toContain('#core/module.ts');
  });

  /** Words of the browser's own interfaces that a module is called by as well. */
  const BROWSERS: Readonly<Record<string, readonly string[]>> = { 'src/app/offline/worker.ts': ['cache'] };

  test.each(sources('src'))('%s', (path) => {
    expect(
      words(path)
        .filter(({ word }) => ids.has(word) && !BROWSERS[path]?.includes(word))
        .map(({ word, line }) => `${path}:${line}: ${word}`),
    ).toEqual([]);
  });
});

describe('the arrows point one way', () => {
  const PURE = /^(handlebars\/runtime|jszip|@noble\/hashes\/[a-z0-9]+\.js|diff|fastest-levenshtein)$/;

  test.each(sources('src/core'))('%s imports the core and pure packages alone', (path) => {
    expect(imports(path).filter((source) => !/^\.\/[a-z-]+\.ts$/.test(source) && !PURE.test(source))).toEqual([]);
  });

  test('the core knows no DOM, Node or React', async () => {
    await promisify(execFile)(process.execPath, [
      join(ROOT, 'node_modules/typescript/lib/tsc.js'),
      '-p',
      join(ROOT, 'src/core'),
    ]).catch((error: { stdout?: string }) => {
      throw new Error(`tsc -p src/core:\n${error.stdout ?? ''}`);
    });
  }, 60_000);

  test.each(['src/app', 'src/cli', 'src/words'])('%s imports no module and no other surface', (folder) => {
    const others = ['src/app', 'src/cli'].filter((other) => other !== folder);
    for (const path of sources(folder)) {
      for (const source of imports(path)) {
        const target = source.startsWith('.') ? relative(ROOT, join(ROOT, path, '..', source)) : source;
        expect(
          target.startsWith('templates/') ||
            target.startsWith('virtual:') ||
            others.some((other) => target.startsWith(`${other}/`)),
          `${path} imports ${source}`,
        ).toBe(false);
      }
    }
  });

  test('only src/catalog.ts knows where modules lie', () => {
    const knowing = sources('src').filter((path) =>
      imports(path).some((source) => source.startsWith('virtual:') || source.includes('templates/')),
    );
    expect(knowing).toEqual(['src/catalog.ts']);
  });
});

describe('every path has one owner', () => {
  test('whatever is chosen, on any disk', async () => {
    const contents = await loadContents(contentIds);
    const owners = new Map<string, string>([[pathKey(MANIFEST_PATH), 'the engine']]);
    const folders = new Map<string, string>();
    for (const [id, { files }] of contents) {
      for (const file of Object.keys(files)) {
        const path = `${rootOf(catalog.modules.get(id)?.unit ?? APP_UNIT)}${file}`;
        expect([path, refusePath(path)]).toEqual([path, undefined]);
        expect(owners.get(pathKey(path)) ?? id, `${path} of ${id}`).toBe(id);
        owners.set(pathKey(path), id);
        // One spelling for each folder, or a disk that knows no case makes two of one.
        path
          .split('/')
          .slice(0, -1)
          .forEach((_, index, parts) => {
            const folder = parts.slice(0, index + 1).join('/');
            expect(folders.get(pathKey(folder)) ?? folder).toBe(folder);
            folders.set(pathKey(folder), folder);
          });
      }
    }
    for (const [folder, spelled] of folders)
      expect(owners.has(folder), `${spelled} is a file and a folder`).toBe(false);
  });
});

describe('every value has one reading', () => {
  const open = [...catalog.modules.values()].filter(({ status }) => status !== 'planned');

  test('a word of a share code says one value of one option, and each value has a word', () => {
    for (const module of open) {
      for (const [token, { option, value }] of tokensOf(module)) {
        const selection: Selection = {
          ...emptySelection(),
          chosen: [module.id],
          options: { [module.id]: { [option]: value } },
        };
        expect(decode(catalog, `v1/my-app/${module.id}.${token}`)).toEqual({ selection, notices: [] });
        expect(decode(catalog, encode(catalog, selection))).toEqual({ selection, notices: [] });
      }
    }
  });

  test('an id is one module, also where it was renamed', () => {
    const names = open.flatMap(({ id, aliases }) => [id, ...(aliases ?? [])]);
    expect(new Set(names).size).toBe(names.length);
  });

  test('the longest project there can be has a code that is read whole', () => {
    const widest: Selection = {
      project: 'a'.repeat(50),
      chosen: [...catalog.modules.keys()],
      options: Object.fromEntries(
        [...catalog.modules.values()].map(({ id, options }) => [
          id,
          Object.fromEntries(
            Object.entries(options ?? {}).map(([option, declared]) => {
              if (declared.kind === 'text') return [option, '漢'.repeat(declared.maxLength)];
              return [
                option,
                declared.kind === 'choice'
                  ? ([...declared.values].sort((a, b) => b.id.length - a.id.length)[0]?.id ?? '')
                  : false,
              ];
            }),
          ),
        ]),
      ),
    };
    const code = encode(catalog, widest, { catalog: catalog.version, hash8: '00000000' });
    expect(code.length).toBeLessThanOrEqual(MAX_CODE_LENGTH);
    expect(catalog.modules.size).toBeLessThanOrEqual(MAX_MODULES);
  });
});
