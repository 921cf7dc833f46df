/** Why arguments were refused: one sentence that names the thing, and what would work. */
import { type Catalog, tokensOf } from '#core/catalog.ts';
import { FLAG_OF } from '#core/command.ts';
import type { Refusal } from '#core/init.ts';
import type { ModuleId, ModuleKind } from '#core/module.ts';
import { suggestName } from '#core/names.ts';
import { KIND_NAMES, quoted } from './cli.ts';
import { list, nameRefusal, optionTitle, titleOf, valueRefusal, valueTitle } from './en.ts';

export function argumentRefusal(catalog: Catalog, refusal: Refusal): string {
  switch (refusal.code) {
    case 'unknown-flag':
      return `There is no option ${quoted(refusal.flag)}.${meant(refusal.nearest) || thereAre(refusal.known)}`;
    case 'missing-value':
      return `${refusal.flag} needs a value behind it.`;
    case 'unwanted-value':
      return `${refusal.flag} takes no value.`;
    case 'given-twice':
      return `${refusal.flag} can be given once.`;
    case 'too-many-words':
      return `${quoted(refusal.text)} is one argument too many: ${TAKES[refusal.takes ?? 'name']}${asModule(catalog, refusal.text)}`;
    case 'contradiction':
      return `${refusal.one} and ${refusal.other} do not go together; leave one out.`;
    case 'code-and-flags':
      return `A share code says everything already; leave out ${refusal.flag}, or give a name in place of the code.`;
    case 'unknown-preset':
      return `There is no preset called ${quoted(refusal.typed)}.${meant(refusal.nearest) || thereAre(refusal.known)}`;
    case 'bad-name':
      return `${quoted(refusal.name)} cannot be the project’s name. ${nameRefusal(refusal.why, refusal.name)} This one would work: ${suggestName(catalog, refusal.name)}`;
    case 'bad-item':
      return `${quoted(refusal.text)} cannot be read. A module and its options look like name, name[option,option] or name.option.option.`;
    case 'bad-setting':
      return `${quoted(refusal.text)} cannot be read. A setting looks like module.option=value.`;
    case 'unknown-module':
      return `There is no ${refusal.kind ? KIND_NAMES[refusal.kind].one : 'module'} called ${quoted(refusal.typed)}.${meant(moduleHint(catalog, refusal.nearest, refusal.kind)) || thereAre(open(catalog, refusal.kind))}`;
    case 'wrong-kind':
      // What no graph shows is nothing a person could ask for with another flag.
      if (catalog.modules.get(refusal.module)?.drawn === false)
        return `${quoted(refusal.module)} is in every project and cannot be asked for; leave it out.`;
      return `${titleOf(catalog, refusal.module)} is a ${kindOf(catalog, refusal.module)}; ask for it with ${refusal.right} ${refusal.module}`;
    case 'unknown-option':
      return `${titleOf(catalog, refusal.module)} has no option called ${quoted(refusal.typed)}.${meant(refusal.nearest) || optionsOf(catalog, refusal.module)}`;
    case 'unknown-value':
      return `${titleOf(catalog, refusal.module)} has no value ${quoted(refusal.typed)}.${meant(refusal.nearest)} It takes ${list(tokensIn(catalog, refusal.module), 'or') || 'none'}.`;
    case 'refused-value':
      return `${quoted(refusal.typed)} cannot be ${titleOf(catalog, refusal.module)}’s ${optionTitle(catalog, refusal.module, refusal.option)}. ${valueRefusal(refusal.why)}`;
    case 'said-twice': {
      const value = (given: string | boolean): string => valueTitle(catalog, refusal.module, refusal.option, given);
      return `${titleOf(catalog, refusal.module)}’s ${optionTitle(catalog, refusal.module, refusal.option)} cannot be both ${value(refusal.one)} and ${value(refusal.other)}; leave one out.`;
    }
  }
}

const TAKES = {
  name: 'after the name come options. Lists have commas and no spaces.',
  options: 'this command takes options alone.',
  folder: 'this command takes one folder.',
  sides: 'this command compares two projects.',
} as const;

/** A module that stands alone was probably meant for a list. */
function asModule(catalog: Catalog, text: string): string {
  const module = catalog.modules.get(text);
  return module ? meant(`${FLAG_OF[module.kind]} ${module.id}`) : '';
}
const thereAre = (names: readonly string[]): string => (names.length === 0 ? '' : ` There is ${list(names)}.`);
const open = (catalog: Catalog, kind: ModuleKind | undefined): ModuleId[] =>
  [...catalog.modules.values()]
    .filter((module) => (!kind || module.kind === kind) && module.status !== 'planned' && module.drawn !== false)
    .map(({ id }) => id);
const optionsOf = (catalog: Catalog, id: ModuleId): string =>
  thereAre(Object.keys(catalog.modules.get(id)?.options ?? {})) || ' It has none at all.';
const meant = (name: string | undefined): string => (name === undefined ? '' : ` Did you mean ${name}?`);
const tokensIn = (catalog: Catalog, id: ModuleId): string[] => {
  const module = catalog.modules.get(id);
  return module ? [...tokensOf(module).keys()] : [];
};
const kindOf = (catalog: Catalog, id: ModuleId): string => KIND_NAMES[catalog.modules.get(id)?.kind ?? 'component'].one;

function moduleHint(catalog: Catalog, id: ModuleId | undefined, wanted: ModuleKind | undefined): string | undefined {
  const module = id === undefined ? undefined : catalog.modules.get(id);
  if (!module) return undefined;
  const elsewhere =
    wanted && module.kind !== wanted ? `a ${KIND_NAMES[module.kind].one}: ${FLAG_OF[module.kind]} ${module.id}` : '';
  const remarks = [elsewhere, module.status === 'planned' ? 'planned' : ''].filter(Boolean);
  return `${module.id}${remarks.length > 0 ? ` (${remarks.join('; ')})` : ''}`;
}
