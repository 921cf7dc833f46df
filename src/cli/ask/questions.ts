/** Asks for what was not said: name, services, components, options, and how to settle problems. */
import type { InitArguments } from '#core/init.ts';
import type { Module, ModuleKind, Option, OptionId } from '#core/module.ts';
import { refuseName } from '#core/names.ts';
import type { History } from '#core/plan.ts';
import { type Resolution, type ResolvedModule, resolve } from '#core/resolve.ts';
import { canonical, configure, refuseValue, rename, type Selection } from '#core/selection.ts';
import * as words from '#words/cli.ts';
import { changes, nameRefusal, optionTitle, problem, standing, valueRefusal, whyIn } from '#words/en.ts';
import { catalog } from '../../catalog.ts';
import { compose, type Project } from '../compose.ts';
import { cancel, type Prompts } from './prompts.ts';

export interface Settled {
  readonly resolution: Resolution;
  readonly project: Project;
}

/** @param folderRefusal why the project of that name cannot be written, if so */
export async function askName(
  ask: Prompts,
  selection: Selection,
  folderRefusal: (name: string) => string | undefined,
): Promise<Selection> {
  const name = await ask.text(words.askName, selection.project, (typed) => {
    const refusal = refuseName(catalog, typed);
    return refusal ? nameRefusal(refusal, typed) : folderRefusal(typed);
  });
  return rename(selection, name);
}

/** Modules by kind, then their options, those of the ones that need others first. */
export async function askModules(ask: Prompts, given: InitArguments, named: Selection): Promise<Selection> {
  if (given.decoded) return named;
  let selection = named;
  for (const kind of ['service', 'component', 'platform'] as const) selection = await askKind(ask, selection, kind);
  const asked = new Set<string>();
  for (;;) {
    const next = resolve(catalog, selection)
      .modules.toReversed()
      .find((entry) => !asked.has(entry.module.id) && openOptions(entry).length > 0);
    if (!next) return selection;
    asked.add(next.module.id);
    for (const option of openOptions(next)) selection = await askOption(ask, selection, next, option);
  }
}

/** Settles problems one by one by the person's pick; composes, since some only show then. */
export async function settle(ask: Prompts, given: Selection, history: History): Promise<Settled> {
  for (let selection = given; ; ) {
    const resolution = resolve(catalog, selection);
    const project =
      resolution.problems.length > 0 ? { problems: resolution.problems } : await compose(resolution, history);
    if ('tree' in project) return { resolution, project };
    const [first] = project.problems;
    if (!first) throw new Error('neither a project nor a problem');
    ask.warn(problem(catalog, first));
    const items = first.repairs.map((repair, index) => ({
      value: String(index),
      label: changes(catalog, repair.changes),
    }));
    const picked =
      first.repairs[Number(await ask.one(words.askRepair, [...items, { value: '-1', label: words.askCancel }]))];
    if (!picked) throw cancel();
    selection = picked.selection;
  }
}

async function askKind(ask: Prompts, selection: Selection, kind: ModuleKind): Promise<Selection> {
  const offered = [...catalog.modules.values()].filter(
    (module) => module.kind === kind && module.status !== 'planned' && !module.always,
  );
  if (offered.length === 0) return selection;
  const { modules } = resolve(catalog, selection);
  const items = offered.map((module) => ({ value: module.id, label: module.title, hint: hint(module, modules) }));
  const before = selection.chosen.filter((id) => offered.some((module) => module.id === id));
  // What comes along anyway stands ticked, or the record would deny it; ticked it is still not chosen.
  const along = offered.map(({ id }) => id).filter((id) => !before.includes(id) && isAdded(modules, id));
  const ticked = await ask.many(words.askKind(kind), items, [...before, ...along]);
  const picked = ticked.filter((id) => !along.includes(id));
  return canonical({ ...selection, chosen: [...selection.chosen.filter((id) => !before.includes(id)), ...picked] });
}

function isAdded(modules: readonly ResolvedModule[], id: string): boolean {
  const there = modules.find(({ module }) => module.id === id);
  return there !== undefined && standing(there.reasons) === 'added';
}

/** What it is, and whether it comes along anyway. */
function hint(module: Module, modules: readonly ResolvedModule[]): string {
  const there = modules.find((entry) => entry.module.id === module.id);
  if (!there || standing(there.reasons) !== 'added') return module.summary;
  return whyIn(catalog, there.reasons);
}

/** Options nobody has said anything about: neither the person nor another module. */
function openOptions({ module, origins }: ResolvedModule): OptionId[] {
  return Object.keys(module.options ?? {}).filter((option) => origins[option]?.kind === 'default');
}

/** Only a value other than the present one is said, so that Enter leaves a default a default. */
async function askOption(
  ask: Prompts,
  selection: Selection,
  { module, options }: ResolvedModule,
  id: OptionId,
): Promise<Selection> {
  const option = module.options?.[id];
  if (!option) return selection;
  const now = options[id] ?? '';
  const value = await askValue(ask, `${module.title}: ${optionTitle(catalog, module.id, id)}`, option, now);
  return value === now ? selection : configure(selection, module.id, id, value);
}

async function askValue(ask: Prompts, title: string, option: Option, now: string | boolean): Promise<string | boolean> {
  const message = `${title}. ${option.summary}`;
  switch (option.kind) {
    case 'choice':
      return ask.one(
        message,
        option.values.map(({ id, title: label, summary }) => ({
          value: id,
          label,
          ...(summary === undefined ? {} : { hint: summary }),
        })),
        String(now),
      );
    case 'toggle':
    case 'link': {
      const items = [
        { value: 'true', label: words.on },
        { value: 'false', label: words.off },
      ];
      return (await ask.one(message, items, String(now))) === 'true';
    }
    case 'text':
      return ask.text(
        title,
        String(now),
        (typed) => {
          const refusal = refuseValue(option, typed);
          return refusal && valueRefusal(refusal);
        },
        String(now) || option.summary,
      );
  }
}
