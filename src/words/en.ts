/**
 * Every sentence that page and command line share, from codes and values: the same words in both, and one
 * file to translate.
 */
import type { Catalog } from '#core/catalog.ts';
import type { ModuleId, OptionId, OptionValue } from '#core/module.ts';
import type { NameRefusal } from '#core/names.ts';
import type { Edge, Finding, Reason, Resolution } from '#core/resolve.ts';
import { type Change, optionOf, type ValueRefusal } from '#core/selection.ts';

export function titleOf(catalog: Catalog, id: ModuleId): string {
  return catalog.modules.get(id)?.title ?? id;
}

export function optionTitle(catalog: Catalog, id: ModuleId, option: OptionId): string {
  const module = catalog.modules.get(id);
  return (module && optionOf(module, option)?.title) ?? option;
}

export function valueTitle(catalog: Catalog, id: ModuleId, option: OptionId, value: OptionValue): string {
  const module = catalog.modules.get(id);
  const declared = module && optionOf(module, option);
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (declared?.kind === 'choice') return declared.values.find((candidate) => candidate.id === value)?.title ?? value;
  return declared?.kind === 'text' && !declared.range ? `“${value}”` : value;
}

export function list(items: readonly string[], last = 'and'): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `Required by Auth: users are stored there` */
export function reason(catalog: Catalog, given: Reason): string {
  switch (given.kind) {
    case 'always':
      return 'In every project';
    case 'chosen':
      return 'Chosen by you';
    case 'required':
      return `Required by ${titleOf(catalog, given.by)}: ${given.because}`;
  }
}

/** All reasons in one line, each module named once. */
export function whyIn(catalog: Catalog, given: readonly Reason[]): string {
  const by = (one: Reason): string => (one.kind === 'required' ? one.by : one.kind);
  const isFirst = (one: Reason, index: number): boolean => given.findIndex((other) => by(other) === by(one)) === index;
  return given
    .filter(isFirst)
    .map((one) => {
      const more = given.filter((other) => other !== one && by(other) === by(one));
      return [reason(catalog, one), ...more.flatMap((other) => (other.kind === 'required' ? other.because : []))].join(
        '; ',
      );
    })
    .join('; ');
}

/** `Auth requires Database: users are stored there` */
export function edge(catalog: Catalog, given: Edge): string {
  return `${titleOf(catalog, given.from)} requires ${titleOf(catalog, given.to)}: ${given.because}`;
}

/** How a module is in: the word behind its title in every list. */
export function standing(reasons: readonly Reason[]): 'chosen' | 'added' | 'always' {
  if (reasons.some(({ kind }) => kind === 'chosen')) return 'chosen';
  return reasons.some(({ kind }) => kind === 'always') ? 'always' : 'added';
}

export function problem(catalog: Catalog, { code, modules, values }: Finding): string {
  const [one = '', two = ''] = modules;
  const [first, second] = [titleOf(catalog, one), titleOf(catalog, two)];
  const option = (id: ModuleId): string => optionTitle(catalog, id, values.option ?? '');
  const value = (id: ModuleId, which: string): string =>
    valueTitle(catalog, id, values.option ?? '', values[which] ?? '');
  switch (code) {
    case 'unknown-module':
      return `There is no module called ${one}.`;
    case 'planned-module':
      return `${first} is planned and cannot be added yet.`;
    case 'unknown-option':
      return `${first} has no option called ${values.option}.`;
    case 'refused-value':
      return `${values.value} is not a value of ${first}’s ${option(one)}.`;
    case 'said-against-demand':
      return `${first}’s ${option(one)} is set to ${value(one, 'said')}, but ${second} needs ${value(one, 'demanded')}: ${values.because}.`;
    case 'demand-against-demand':
      return `${first}’s ${option(one)} cannot be both: ${second} needs ${value(one, 'one')} and ${titleOf(catalog, modules[2] ?? '')} needs ${value(one, 'other')}.`;
    case 'conflict':
      return `${first} and ${second} do not go together: ${values.because}.`;
    case 'clash':
      return `${list(modules.map((id) => titleOf(catalog, id)))} ask for two different things called ${values.key}.`;
  }
}

/** What a person would do: `set Database’s Engine to PostgreSQL`. */
export function change(catalog: Catalog, given: Change): string {
  switch (given.kind) {
    case 'choose':
      return `add ${titleOf(catalog, given.module)}`;
    case 'drop':
      return `remove ${titleOf(catalog, given.module)}`;
    case 'set':
      return `set ${titleOf(catalog, given.module)}’s ${optionTitle(catalog, given.module, given.option)} to ${valueTitle(catalog, given.module, given.option, given.value)}`;
    case 'unset':
      return `set ${titleOf(catalog, given.module)}’s ${optionTitle(catalog, given.module, given.option)} back to its default`;
    case 'rename':
      return `rename the project to ${given.project}`;
  }
}

export function changes(catalog: Catalog, given: readonly Change[]): string {
  return upper(list(given.map((item) => change(catalog, item))));
}

export function nameRefusal(refusal: NameRefusal, name: string): string {
  switch (refusal) {
    case 'grammar':
      return 'A project name has 2 to 50 lower-case letters, digits and single hyphens, and begins with a letter.';
    case 'distribution':
      return `${name} is the name of a package the projects depend on; a project of that name would hide it.`;
    case 'device':
      return `${name} is a device name on Windows, so no folder can have it.`;
  }
}

export function valueRefusal(refusal: ValueRefusal): string {
  switch (refusal.code) {
    case 'not-a-value':
      return refusal.allowed.length > 0 ? `Possible values: ${list(refusal.allowed, 'or')}.` : 'This takes a text.';
    case 'too-long':
      return `This takes at most ${refusal.maxLength} characters.`;
    case 'not-in-range':
      return `This takes a whole number from ${refusal.from} to ${refusal.to}.`;
    case 'not-of-form':
      return `This takes ${refusal.is}.`;
    case 'bad-character':
      return refusal.character === '\n'
        ? 'This takes one line.'
        : `The character U+${(refusal.character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')} cannot be in a text.`;
  }
}

/** `Added Database and Backend` for what came with a step, or nothing. */
export function consequence(
  catalog: Catalog,
  before: Resolution,
  after: Resolution,
  said: readonly ModuleId[],
): string {
  const ids = (resolution: Resolution): ModuleId[] =>
    resolution.modules.filter(({ module }) => module.drawn !== false).map(({ module }) => module.id);
  const [was, is] = [ids(before), ids(after)];
  const came = is.filter((id) => !was.includes(id) && !said.includes(id)).map((id) => titleOf(catalog, id));
  const went = was.filter((id) => !is.includes(id) && !said.includes(id)).map((id) => titleOf(catalog, id));
  return [came.length > 0 ? `added ${list(came)}` : '', went.length > 0 ? `removed ${list(went)}` : '']
    .filter(Boolean)
    .join(', ');
}
