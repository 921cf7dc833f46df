/** What the page says of edges: drawn, taken away, or refused. */
import type { Catalog } from '#core/catalog.ts';
import { type Cutting, type Joining, type Link, linksFrom, linksTo } from '#core/links.ts';
import type { ModuleId } from '#core/module.ts';
import { list, optionTitle, titleOf } from './en.ts';
import { reasons } from './page.ts';

/** Why no edge can be drawn from one to the other, or `undefined` if one can. */
export function joinRefusal(catalog: Catalog, from: ModuleId, to: ModuleId, given: Joining): string | undefined {
  const [source, target] = [titleOf(catalog, from), titleOf(catalog, to)];
  switch (given.kind) {
    case 'link':
      return undefined;
    case 'itself':
      return `${source} cannot be connected to itself.`;
    case 'linked':
      return `${source} is connected to ${target} already.`;
    case 'required':
      return `${source} requires ${target} anyway: ${given.because}.`;
    case 'turned':
      return `The edge runs the other way: draw it from ${target} to ${source}.`;
    case 'none': {
      const others = titles(catalog, linksFrom(catalog, from), 'to');
      return others.length > 0
        ? `${source} cannot be connected to ${target}, only to ${list(others, 'or')}.`
        : noLinks(catalog, from);
    }
  }
}

/** Of a module from which no edge can be drawn. */
export function noLinks(catalog: Catalog, from: ModuleId): string {
  const title = titleOf(catalog, from);
  const users = titles(catalog, linksTo(catalog, from), 'from');
  const hint = users.length > 0 ? ` Draw the edge from ${list(users, 'or')} to ${title}.` : '';
  return `${title} has no option that connects it to another module.${hint}`;
}

function titles(catalog: Catalog, links: readonly Link[], end: 'from' | 'to'): string[] {
  return [...new Set(links.map((link) => titleOf(catalog, link[end])))];
}

/** Why an edge cannot be taken away, and what would help; `undefined` if it can. */
export function cutRefusal(catalog: Catalog, from: ModuleId, to: ModuleId, given: Cutting): string | undefined {
  const [source, target] = [titleOf(catalog, from), titleOf(catalog, to)];
  switch (given.kind) {
    case 'link':
      return undefined;
    case 'demanded':
      return `${titleOf(catalog, given.by)} asks for it: ${given.because}. It goes when ${titleOf(catalog, given.by)} does.`;
    case 'follows':
      return `This edge follows from ${source}’s ${optionTitle(catalog, from, given.option)}: set that back, and the edge goes with it.`;
    case 'required':
      return catalog.modules.get(from)?.always
        ? `${source} cannot do without ${target}, and ${source} is in every project.`
        : `${source} cannot do without ${target}: ${given.because}. Remove ${source}, and the edge goes with it.`;
  }
}

/** `Jobs as tasks` */
export function linkTitle(catalog: Catalog, { from, option }: Link): string {
  return optionTitle(catalog, from, option);
}

interface DrawnEdge {
  readonly from: ModuleId;
  readonly to: ModuleId;
  readonly edges: readonly { readonly because: string }[];
}
/** `Scheduler uses Database: it notes there …`; a requirement: `Auth requires Database: …` */
export function edgeLabel(catalog: Catalog, drawn: DrawnEdge, isLink: boolean): string {
  return `${edgeTitle(catalog, drawn, isLink)}: ${reasons(drawn)}`;
}
export function edgeTitle(catalog: Catalog, { from, to }: Pick<DrawnEdge, 'from' | 'to'>, isLink: boolean): string {
  return `${titleOf(catalog, from)} ${isLink ? 'uses' : 'requires'} ${titleOf(catalog, to)}`;
}

export const edges = {
  connect: (title: string): string => `Connect ${title}`,
  connectTo: 'Connect to…',
  connectTitle: (title: string): string => `Connect ${title} to…`,
  to: (title: string): string => `Connect to ${title}`,
  absent: (title: string): string => `It adds ${title}.`,
  connected: (from: string, to: string): string => `Connected ${from} to ${to}`,
  disconnected: (from: string, to: string): string => `Disconnected ${from} from ${to}`,
  disconnect: (from: string, to: string): string => `Disconnect ${from} from ${to}`,
  gone: 'This edge is not in the project.',
  begun: (title: string, targets: readonly string[]): string =>
    `Connecting ${title}. It can go to ${list(targets, 'or')}. Press Enter on one of them; Escape stops.`,
  bar: (title: string): string => `What shall ${title} use? Choose a module that is lit up.`,
  stop: 'Stop connecting',
  stopped: 'Nothing was connected.',
  adds: (titles: readonly string[]): string => (titles.length > 0 ? `Adds ${list(titles)}.` : ''),
  removes: (titles: readonly string[]): string => (titles.length > 0 ? `Removes ${list(titles)}.` : ''),
  settles: 'Then something has to be settled with what asks for another.',
  role: { link: 'connection', requirement: 'requirement' },
  kind: { link: 'A connection, which can be taken away', requirement: 'A requirement' },
  why: 'Why it is here',
  taking: 'Taking it away',
  on: 'connected',
  stays: 'Nothing goes with it.',
} as const;
