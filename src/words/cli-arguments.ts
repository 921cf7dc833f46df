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
      return `There is no option ${quoted(refusal.flag)}. Did you mean ${refusal.nearest}?`;
    case 'missing-value':
      return `${refusal.flag} needs a value behind it.`;
    case 'unwanted-value':
      return `${refusal.flag} takes no value.`;
    case 'given-twice':
      return `${refusal.flag} can be given once.`;
    case 'too-many-words':
      return `${quoted(refusal.text)} is one argument too many: after the name come options. Lists have commas and no spaces.`;
    case 'contradiction':
      return `${refusal.one} and ${refusal.other} do not go together; leave one out.`;
    case 'code-and-flags':
      return `A share code says everything already; leave out ${refusal.flag}, or give a name in place of the code.`;
    case 'bad-name':
      return `${quoted(refusal.name)} cannot be the project’s name. ${nameRefusal(refusal.why, refusal.name)} This one would work: ${suggestName(catalog, refusal.name)}`;
    case 'bad-item':
      return `${quoted(refusal.text)} cannot be read. A module and its options look like name, name[option,option] or name.option.option.`;
    case 'bad-setting':
      return `${quoted(refusal.text)} cannot be read. A setting looks like module.option=value.`;
    case 'unknown-module':
      return `There is no ${refusal.kind ? KIND_NAMES[refusal.kind].one : 'module'} called ${quoted(refusal.typed)}.${meant(moduleHint(catalog, refusal.nearest, refusal.kind))}`;
    case 'wrong-kind':
      return `${titleOf(catalog, refusal.module)} is a ${kindOf(catalog, refusal.module)}; ask for it with ${refusal.right} ${refusal.module}`;
    case 'unknown-option':
      return `${titleOf(catalog, refusal.module)} has no option called ${quoted(refusal.typed)}.${refusal.nearest === undefined ? ' It has none at all.' : meant(refusal.nearest)}`;
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
