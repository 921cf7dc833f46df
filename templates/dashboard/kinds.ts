/** The kinds of facts that the dashboard lists: the cards of the parts. */
import { defineFact } from '#core/facts.ts';
import { defineImports, defineListed, type PythonObject } from '../base/kinds.ts';

/** The imports of the list of cards. */
export const cardImport = defineImports('cardImport');

export type CardPart = PythonObject & {
  /** What stands on the card. A check of the backend that has the same name is asked by it, and has no card of its own. */
  readonly part: string;
};
export const cardPart = defineFact<CardPart>('card', { title: 'Cards', key: (value) => value.part });
/**
 * A card: an async function that asks a part how it is and says what matters there; it raises while the part is down.
 * Its file renders to nothing where no page shows it: `{{#if plan.overview}}`.
 */
export const card = defineListed(cardPart, cardImport);
