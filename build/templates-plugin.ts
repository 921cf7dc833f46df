/**
 * Makes the catalog a set of modules for the bundler: `virtual:catalog` holds the declarations and pins,
 * and one chunk per module holds its facts and files. Templates are compiled here, because compiling in
 * the page would need `unsafe-eval` and costs thirty times the rendering.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import Handlebars from 'handlebars';
import type { Plugin } from 'vite';
import { isMarkFree } from '../src/core/template.ts';
import { checkTemplate, PRECOMPILE_OPTIONS } from './template-check.ts';

const CATALOG = 'virtual:catalog';
const CONTENT = 'virtual:content/';

export function templatesPlugin(root: string): Plugin {
  const templates = join(root, 'templates');
  return {
    name: 'stackwright-templates',
    resolveId: (id) => (id === CATALOG || id.startsWith(CONTENT) ? `\0${id}` : undefined),
    load(id) {
      if (id === `\0${CATALOG}`) {
        this.addWatchFile(join(templates, 'pins.json'));
        return catalogCode(root);
      }
      if (!id.startsWith(`\0${CONTENT}`)) return undefined;
      const module = join(templates, id.slice(CONTENT.length + 1));
      for (const file of filesUnder(join(module, 'files'))) this.addWatchFile(file);
      return contentCode(module);
    },
  };
}

/** Names of all module folders. */
function moduleFolders(templates: string): string[] {
  return (
    readdirSync(templates, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(templates, entry.name, 'module.ts')))
      .map((entry) => entry.name)
      // The bench leaves one out, to see what it weighs.
      .filter((name) => name !== process.env.STACKWRIGHT_WITHOUT)
      .sort()
  );
}

function catalogCode(root: string): string {
  const templates = join(root, 'templates');
  const ids = moduleFolders(templates);
  const withContent = ids.filter((id) => existsSync(join(templates, id, 'facts.ts')));
  return [
    ...ids.map((id, index) => `import m${index} from ${JSON.stringify(join(templates, id, 'module.ts'))};`),
    `import pins from ${JSON.stringify(join(templates, 'pins.json'))};`,
    `import categories from ${JSON.stringify(join(templates, 'categories.json'))};`,
    `export const source = { version: ${JSON.stringify(catalogVersion(root))}, modules: [${ids.map((_, index) => `m${index}`).join(', ')}], categories, pins };`,
    'export const contents = {',
    ...withContent.map((id) => `  ${JSON.stringify(id)}: () => import(${JSON.stringify(`${CONTENT}${id}`)}),`),
    '};',
  ].join('\n');
}

function contentCode(module: string): string {
  const base = join(module, 'files');
  const files = filesUnder(base);
  const entries = files.map((file) => {
    const path = relative(base, file).split(sep).join('/');
    if (files.includes(`${file}.hbs`)) throw new Error(`${file} is there twice, as it stands and as a template`);
    const text = readFileSync(file, 'utf8');
    if (!isMarkFree(text)) throw new Error(`${file} has a private-use character that rendering works with`);
    if (!path.endsWith('.hbs')) return `  ${JSON.stringify(path)}: { text: ${JSON.stringify(text)} },`;
    checkTemplate(file, text);
    return `  ${JSON.stringify(path.slice(0, -4))}: { template: ${Handlebars.precompile(text, PRECOMPILE_OPTIONS)} },`;
  });
  const kinds = existsSync(join(module, 'kinds.ts'));
  return [
    `import contribution from ${JSON.stringify(join(module, 'facts.ts'))};`,
    kinds ? `import * as kinds from ${JSON.stringify(join(module, 'kinds.ts'))};` : 'const kinds = {};',
    'export const content = {',
    '  contribution,',
    '  kinds: Object.values(kinds).filter((value) => typeof value === "function" && typeof value.kind === "string"),',
    '  files: {',
    ...entries,
    '} };',
  ].join('\n');
}

/** Presets only choose; a new one is no other catalog. */
const UNVERSIONED = 'presets.json';

/** The date of the pins and a hash over everything that decides what is rendered. */
export function catalogVersion(root: string): string {
  const pins = JSON.parse(readFileSync(join(root, 'templates', 'pins.json'), 'utf8')) as { resolved: string };
  const hash = createHash('sha256');
  for (const file of [...filesUnder(join(root, 'templates')), ...filesUnder(join(root, 'src', 'core'))]) {
    if (file.endsWith('.test.ts') || file.endsWith('testing.ts') || file === join(root, 'templates', UNVERSIONED))
      continue;
    hash.update(relative(root, file).split(sep).join('/')).update('\0').update(readFileSync(file)).update('\0');
  }
  return `${pins.resolved.replaceAll('-', '')}-${hash.digest('hex').slice(0, 8)}`;
}

/** What tools leave behind when they read the Python files in place. */
const LEFT_BEHIND = new Set(['__pycache__', '.ruff_cache', '.mypy_cache', '.pytest_cache', 'node_modules']);

function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !LEFT_BEHIND.has(name))
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? filesUnder(path) : [path];
    });
}
