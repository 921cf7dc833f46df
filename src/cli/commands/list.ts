/** `stackwright services`, `components`, `platform`: what there is, by category. */
import { type Catalog, requirementsOf } from '#core/catalog.ts';
import { type FlagTable, readFlags } from '#core/flags.ts';
import type { Category, Module, ModuleKind, Option, Requirement } from '#core/module.ts';
import * as words from '#words/cli.ts';
import { catalog } from '../../catalog.ts';
import { argumentsRefused } from '../obstacles.ts';
import { done, type Outcome } from '../outcome.ts';
import { strong } from '../terminal.ts';

const FLAGS: FlagTable = { json: 'switch', help: 'switch' };

type Run = (argv: readonly string[], version: string) => Promise<Outcome>;

/** Platform services are services too, of several projects. */
export const services: Run = (argv, version) => list(['service', 'platform'], argv, version);
export const components: Run = (argv, version) => list(['component'], argv, version);
export const platform: Run = (argv, version) => list(['platform'], argv, version);

async function list(
  kinds: readonly [ModuleKind, ...ModuleKind[]],
  argv: readonly string[],
  version: string,
): Promise<Outcome> {
  const { words: extra, switches, refusals } = readFlags(argv, FLAGS);
  if (switches.has('help')) return (await import('./help.ts')).help([words.KIND_NAMES[kinds[0]].command], version);
  argumentsRefused(catalog, [
    ...refusals,
    ...extra.slice(0, 1).map((text) => ({ code: 'too-many-words', text, takes: 'options' }) as const),
  ]);
  const sections = kinds.map((kind) => ({
    kind,
    categories: catalog.categories
      .filter((category) => category.kind === kind)
      .map((category) => ({ category, modules: modulesIn(category) })),
  }));
  const out = sections.flatMap(({ kind, categories }) => [
    strong(words.KIND_NAMES[kind].many),
    ...categories.flatMap(({ category, modules }) => [
      '',
      `  ${category.title}`,
      ...(modules.length === 0 ? [`    ${words.emptyCategory}`] : modules.flatMap((module) => lines(catalog, module))),
    ]),
    '',
  ]);
  const fields = sections.flatMap(({ categories }) =>
    categories.map(({ category, modules }) => ({ ...category, modules: modules.map(fieldsOf) })),
  );
  return done([...out, words.listEnd(words.KIND_NAMES[kinds[0]].command)], {
    catalog: catalog.version,
    categories: fields,
  });
}

function modulesIn(category: Category): Module[] {
  return [...catalog.modules.values()].filter((module) => module.category === category.id && module.drawn !== false);
}

function lines(from: Catalog, module: Module): string[] {
  const { always, id, options = {}, status, summary, title } = module;
  return [
    `    ${strong(id.padEnd(22))} ${(always ? words.always : status).padEnd(10)} ${title}. ${summary}`,
    ...needs(module).map((requirement) => `${MARGIN}${words.need(from, requirement)}`),
    ...Object.entries(options).map(([option, declared]) => `${MARGIN}${option}: ${values(option, declared)}`),
  ];
}
const MARGIN = ' '.repeat(38);

/** Requirements a person can see; what no graph shows is no news. */
function needs(module: Module): Requirement[] {
  const visible = requirementsOf(module).filter(({ need }) => catalog.modules.get(need)?.drawn !== false);
  // Needed under a condition and needed anyway is needed anyway.
  return visible.filter(({ need, when }) => !when || !visible.some((other) => other.need === need && !other.when));
}

/** What can stand in brackets behind the module's name, the default first. */
function values(id: string, option: Option): string {
  switch (option.kind) {
    case 'choice':
      return [
        option.default,
        ...option.values.map((value) => value.id).filter((value) => value !== option.default),
      ].join(', ');
    case 'toggle':
    case 'link':
      return option.default ? `${id}, no-${id}` : `no-${id}, ${id}`;
    case 'text':
      return words.textOption(option);
  }
}

function fieldsOf(module: Module): object {
  const { id, title, summary, status, kind } = module;
  return {
    id,
    title,
    summary,
    kind,
    status,
    always: module.always === true,
    requires: needs(module).map(({ need, because, when }) => ({ need, because, ...(when ? { when } : {}) })),
    options: Object.entries(module.options ?? {}).map(([option, declared]) => ({ id: option, ...declared })),
  };
}
