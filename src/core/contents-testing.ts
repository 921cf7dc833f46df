/** Random contents for random catalogs: facts of kinds of their own, templates, verbatim files. */
import Handlebars from 'handlebars';
import { checkTemplate, PRECOMPILE_OPTIONS } from '../../build/template-check.ts';
import type { Catalog } from './catalog.ts';
import type { ContentFile, Contents, ModuleContent, TemplateSpec } from './contents.ts';
import { valuesOf } from './drafts-testing.ts';
import { below, chance, type Draw, pick, some } from './draw-testing.ts';
import { type Contribution, defineFact, defineFacts, dependency, type Fact, type FactKind } from './facts.ts';
import type { Condition, Module, ModuleId, Option, OptionValue } from './module.ts';
import type { Pins } from './pins.ts';

export const TEST_PINS: Pins = {
  resolved: '2026-11-22',
  python: '>=3.11',
  packages: [
    { name: 'one', version: '1.0', needs: [{ name: 'shared' }, { name: 'extra-need', extra: 'more' }] },
    { name: 'two', version: '2.1', needs: [{ name: 'shared', extras: ['deep'] }] },
    { name: 'three', version: '3.0', needs: [{ name: 'one', extras: ['more'] }, { name: 'three' }] },
    { name: 'shared', version: '0.9', needs: [{ name: 'deepest', extra: 'deep' }] },
    { name: 'extra-need', version: '5', needs: [] },
    { name: 'deepest', version: '6', marker: "sys_platform == 'win32'", needs: [] },
    { name: 'deepest', version: '7', marker: "sys_platform != 'win32'", needs: [] },
  ],
};

const compiled = new Map<string, TemplateSpec>();

/** As the build compiles it. */
export function compile(text: string): TemplateSpec {
  const known = compiled.get(text);
  if (known) return known;
  checkTemplate('test.hbs', text);
  const spec = new Function(`return ${String(Handlebars.precompile(text, PRECOMPILE_OPTIONS))}`)() as TemplateSpec;
  compiled.set(text, spec);
  return spec;
}
export const template = (text: string): ContentFile => ({ template: compile(text) });

type Item = { readonly name: string; readonly text: string };
type Tag = { readonly name: string; readonly values: readonly string[] };
type Step = { readonly id: string; readonly needs: readonly string[] };
type Setting = { readonly name: string; readonly value: string; readonly secret?: string };

export const item = defineFact<Item>('item', { key: ({ name }) => name });
export const route = defineFact<Item>('route', {
  key: ({ name }) => name,
  sort: ({ name, text }) => `${text} ${name}`,
});
export const tag = defineFact<Tag>('tag', {
  key: ({ name }) => name,
  merge: (a, b) => ({ name: a.name, values: [...new Set([...a.values, ...b.values])].sort() }),
});
/** A migration: chained, and never moved once recorded. */
export const step = defineFact<Step>('step', { key: ({ id }) => id, chain: ({ needs }) => needs });
export const setting = defineFact<Setting>('setting', { key: ({ name }) => name, defaults: { secret: '' } });

const erase = <T extends FactKind>(kind: unknown): T => kind as T;
const LISTED: readonly { kind: FactKind; text: string }[] = [
  { kind: erase(item), text: 'items:\n{{#each plan.item}}\n- {{json name}}: {{json text}}\n{{/each}}\n' },
  { kind: erase(route), text: '[{{#each plan.route}}{{json name}}{{#unless @last}}, {{/unless}}{{/each}}]\n' },
  {
    kind: erase(tag),
    text: '{{#if plan.tag}}\ntags\n{{#each plan.tag}}\n{{json name}}={{json values}}\n{{/each}}\n{{else}}\nno tags\n{{/if}}\n',
  },
];

const BASE_FILES: Readonly<Record<string, string>> = {
  'README.md':
    '# {{md project.name}}\n\n{{sh project.code}}\n\n{{#each project.diagram}}\n{{line line}}\n{{/each}}\n{{#each project.units}}\n{{line id}} in {{json root}}\n{{#each plan.step}}\n  {{json id}}\n{{/each}}\n{{/each}}\n',
  'pins.txt':
    '{{#each plan.dependency}}\n{{json requirement}} {{json group}}\n{{/each}}\n{{#each plan.constraint}}\n{{json requirement}}\n{{/each}}\n',
  '.env':
    '# secrets\n{{#each plan.setting}}\n{{code name}}={{#if secret}}{{secret name secret}}{{else}}{{env value}}{{/if}}\n{{/each}}\n',
  '.env.example': '{{#each plan.setting}}\n{{code name}}={{#unless secret}}{{env value}}{{/unless}}\n{{/each}}\n',
  'steps.txt': '{{#each plan.step}}\n{{json id}} after {{json previous}}\n{{/each}}\nend\n',
};

/** @param clashes whether two modules may give different facts of one name, where an option asks for it */
export function contentsFor(draw: Draw, catalog: Catalog, clashes: boolean): Contents {
  const modules = [...catalog.modules.values()].filter(({ status }) => status !== 'planned');
  const first = modules.find(({ drawn }) => drawn === false)?.id;
  const lister = new Map(LISTED.map(({ kind }) => [kind, pick(draw, modules)?.id]));
  const steps = new Map(
    modules.map(({ id }) => [id, [...Array(below(draw, 3)).keys()].map((index) => `${id}-s${index}`)]),
  );
  return new Map(
    modules.map((module): [ModuleId, ModuleContent] => {
      const listed = LISTED.filter(({ kind }) => lister.get(kind) === module.id);
      const files: Record<string, ContentFile> = {
        [`${module.id}/plain.txt`]: { text: `{{ verbatim }} of ${module.id}\nsecond\n` },
      };
      for (const { kind, text } of listed) files[`lists/${kind.kind}.txt`] = template(text);
      if (module.id === first) for (const [path, text] of Object.entries(BASE_FILES)) files[path] = template(text);
      const conditions: Record<string, Condition> = {};
      for (const [id, option] of Object.entries(module.options ?? {}))
        files[`${module.id}/options/${id}.txt`] = template(optionText(id, option));
      const condition = drawGate(draw, module);
      if (condition && chance(draw, 40))
        conditions[pick(draw, [`${module.id}/plain.txt`, `${module.id}/options/`, `${module.id}/`]) ?? ''] = condition;
      const given = drawFacts(draw, module, steps, clashes);
      for (const id of given.steps) {
        files[`steps/${id}.txt`] = template(
          `"{{code own.step.${id}.id}}" after {{json own.step.${id}.previous}}\nverbatim\n`,
        );
        if (given.stepGate) conditions[`steps/${id}.txt`] = given.stepGate;
      }
      const contribution: Contribution = {
        give: given.give,
        files: conditions,
        modes: chance(draw, 20) ? { [`${module.id}/plain.txt`]: '755' } : {},
      };
      return [
        module.id,
        {
          contribution,
          kinds: [
            ...listed.map(({ kind }) => kind),
            ...(module.id === first ? [erase<FactKind>(step), erase<FactKind>(setting)] : []),
          ],
          files,
        },
      ];
    }),
  );
}

/** Every way a template can look at an option: a file for each, so that few texts are to be compiled. */
function optionText(id: string, option: Option): string {
  const path = `option.${id}`;
  switch (option.kind) {
    case 'choice':
      return `${id} = {{py ${path}}}\n{{#if (is ${path} "${option.values[0]?.id}")}}\nfirst\n{{else}}\nother\n{{/if}}\nlow{{#if (is ${path} "${option.default}")}} default{{/if}}\n`;
    case 'toggle':
      return `{{#if ${path}}}\n${id} on\n{{/if}}\n${id} {{#unless ${path}}}un{{/unless}}switched\n{{#if ${path}}}x{{/if}}y\n`;
    case 'text':
      return `${id} = {{toml ${path}}}\n# {{comment ${path}}}\n{{#if ${path}}}\nsaid {{sh ${path}}}\n{{/if}}\nof {{json project.name}}\n`;
    case 'link':
      return `a\n{{#if ${path}}}\nlinked\n{{/if}}\n`;
  }
}

function drawGate(draw: Draw, module: Module): Condition | undefined {
  const options = Object.entries(module.options ?? {}).filter(([, option]) => option.kind !== 'text');
  const [id, option] = pick(draw, options) ?? [];
  if (id === undefined || !option) return undefined;
  const is = some(draw, valuesOf(option));
  return { option: id, is: is.length > 0 ? is : valuesOf(option).slice(0, 1) };
}

interface Gated {
  readonly gate: Condition | undefined;
  readonly facts: readonly Fact[];
}

function drawFacts(draw: Draw, module: Module, steps: ReadonlyMap<ModuleId, readonly string[]>, clashes: boolean) {
  const gate = (): Condition | undefined => (chance(draw, 50) ? drawGate(draw, module) : undefined);
  const { id } = module;
  const groups: Gated[] = [];
  if (chance(draw, 60)) groups.push({ gate: gate(), facts: [item({ name: `${id}-item`, text: `of ${id}` })] });
  if (chance(draw, 60))
    groups.push({
      gate: gate(),
      facts: [route({ name: `${id}-r`, text: pick(draw, ['p', 'q']) ?? 'p' }), route({ name: 'both', text: 'same' })],
    });
  if (chance(draw, 50))
    groups.push({ gate: gate(), facts: [tag({ name: pick(draw, ['t1', 't2']) ?? 't1', values: [id] })] });
  if (chance(draw, 50))
    groups.push({
      gate: gate(),
      facts: some(draw, ['one', 'two', 'three']).map((name) =>
        dependency({
          name,
          ...(chance(draw, 30) ? { extras: ['more'] } : {}),
          group: chance(draw, 50) ? 'dev' : 'main',
        }),
      ),
    });
  if (chance(draw, 40))
    groups.push({
      gate: gate(),
      facts: [
        setting({ name: `S_${id.replaceAll('-', '_')}`, value: 'v w' }),
        setting({ name: `K_${id.replaceAll('-', '_')}`, value: '', secret: '24' }),
      ],
    });
  const shared = drawGate(draw, module);
  if (clashes && shared && chance(draw, 60))
    groups.push({ gate: shared, facts: [item({ name: 'disputed', text: id })] });
  const own = steps.get(id) ?? [];
  const stepGate = own.length > 0 && chance(draw, 40) ? drawGate(draw, module) : undefined;
  const others = [...steps.values()].flat().filter((other) => other < id);
  groups.push({
    gate: stepGate,
    facts: own.map((name, index) => step({ id: name, needs: [...own.slice(0, index), ...some(draw, others, 30)] })),
  });
  const valued = pick(draw, Object.entries(module.options ?? {}));
  const carriesValue = valued !== undefined && chance(draw, 50);
  const { give } = defineFacts(module, (reader) => {
    // The declaration is random, so its options have no types to be read by.
    const options = reader as unknown as LooseReader;
    return [
      ...groups.flatMap(({ gate: condition, facts }) =>
        condition ? options.when(condition.option, condition.is, facts) : facts,
      ),
      ...(carriesValue ? options.with(valued[0], (value) => valueFacts(id, valued[1], value)) : []),
    ];
  });
  return { give, steps: own, stepGate };
}

interface LooseReader {
  when(option: string, is: readonly OptionValue[], facts: readonly Fact[]): Fact[];
  with(option: string, give: (value: OptionValue) => readonly Fact[]): Fact[];
}

/** Facts that hold an option's value. */
function valueFacts(id: ModuleId, declared: Option, value: OptionValue): Fact[] {
  const text = declared.kind === 'text' || declared.kind === 'choice' ? String(value) : value ? 'on' : 'off';
  return [
    item({ name: `${id}-value`, text }),
    setting({ name: `V_${id.replaceAll('-', '_')}`, value: text.replace(/\s/g, ' ') }),
  ];
}
