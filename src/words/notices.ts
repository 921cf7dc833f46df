/** What a share code said that could not be taken up: one fault, in the words of the page and of the command line. */
import { type Catalog, tokensOf } from '#core/catalog.ts';
import { nearest } from '#core/flags.ts';
import { refuseName, suggestName } from '#core/names.ts';
import type { Notice } from '#core/share.ts';
import { nameRefusal, titleOf } from './en.ts';

/** What the page says of a code it took up as far as it could. */
export function notice(catalog: Catalog, given: Notice): string {
  switch (given.code) {
    case 'not-a-code':
    case 'newer-version':
      return `${fault(catalog, given)} The empty project was opened.`;
    case 'too-long':
      return `${fault(catalog, given)} Only the first 4,096 were read.`;
    case 'too-many':
      return `${fault(catalog, given)} Only the first 200 were read.`;
    case 'bad-name':
      return `${fault(catalog, given)} The name my-app was taken.`;
    case 'more':
      return fault(catalog, given);
    default:
      return `${fault(catalog, given).replace(/\.$/, '')}; it was left out.${meant(catalog, given)}`;
  }
}

/** What the command line says, which takes up nothing of a code with a fault in it. */
export function noticeRefusal(catalog: Catalog, given: Notice): string {
  if (given.code === 'bad-name')
    return `${fault(catalog, given)} This one would work: ${suggestName(catalog, given.text)}`;
  return `${fault(catalog, given)}${meant(catalog, given)}`;
}

function fault(catalog: Catalog, { code, text, module }: Notice): string {
  const owner = module === undefined ? '' : titleOf(catalog, module);
  switch (code) {
    case 'not-a-code':
      return `“${text}” is not a project link; one begins with v1/.`;
    case 'newer-version':
      return `This link is of version ${text}, which this composer does not know.`;
    case 'too-long':
      return `The link has ${text} characters.`;
    case 'too-many':
      return `The link names ${text} modules.`;
    case 'bad-name': {
      const why = refuseName(catalog, text);
      return `“${text}” cannot be a project name. ${nameRefusal(why ?? 'grammar', text)}`;
    }
    case 'unknown-module':
      return `There is no module called “${text}”.`;
    case 'planned-module':
      return `${titleOf(catalog, text)} is planned and cannot be added yet.`;
    case 'unknown-value':
      return `${owner} has no value “${text}”.`;
    case 'refused-value':
      return `“${text}” cannot be taken as a value of ${owner}.`;
    case 'said-twice':
      return `${owner} has two values for one option, “${text}” being the second.`;
    case 'bad-origin':
      return `“${text}” names no catalog and project hash.`;
    case 'more':
      return `And ${text} more ${text === '1' ? 'part' : 'parts'} of it could not be taken up.`;
  }
}

/** The name that was probably meant, where one looks like it. */
function meant(catalog: Catalog, { code, text, module }: Notice): string {
  const owner = module === undefined ? undefined : catalog.modules.get(module);
  const known =
    code === 'unknown-module'
      ? [...catalog.modules.keys()]
      : code === 'unknown-value' && owner
        ? [...tokensOf(owner).keys()]
        : [];
  const near = nearest(text, known);
  return near === undefined ? '' : ` Did you mean ${near}?`;
}
