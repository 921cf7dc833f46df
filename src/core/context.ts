/** What templates see: the project, the facts of their unit, and their module's own. */
import type { Catalog } from './catalog.ts';
import { architecture } from './diagrams.ts';
import type { Source } from './facts.ts';
import { APP_UNIT, type OptionValue } from './module.ts';
import type { Plan, PlannedFact, Unit } from './plan.ts';
import { once, type Readable, Reads, readable } from './reads.ts';
import type { ResolvedModule } from './resolve.ts';
import { optionOf } from './selection.ts';
import { encode } from './share.ts';
import { type Context, contextOf, guarded, Tracked, TrackedList } from './template.ts';

/** Values by name, as templates ask for them. */
type Part = Readonly<Record<string, Readable>>;
/** A unit with its facts by kind. */
interface Planned {
  readonly unit: Unit;
  readonly facts: Part;
}

/**
 * What the templates of each module see and read.
 * @returns for each unit of the plan, by module
 */
export function readsFor(catalog: Catalog, plan: Plan): { unit: Unit; readsOf: (entry: ResolvedModule) => Reads }[] {
  const units = plan.units.map((unit) => ({ unit, facts: factsOf(unit) }));
  const project = projectParts(catalog, plan, units);
  return units.map((planned) => ({ unit: planned.unit, readsOf: (entry) => readsOf(entry, project, planned) }));
}

/** What templates see of a fact, and its print; a fact is often the same in the next plan. */
interface Seen {
  readonly context: () => Context;
  readonly print: () => string;
}
const known = new WeakMap<PlannedFact, Seen>();

function seen(kind: string, fact: PlannedFact): Seen {
  const before = known.get(fact);
  if (before) return before;
  const made = {
    context: once(() => contextOf(fact.value, fact.from, kind)),
    print: once(() => JSON.stringify(fact)),
  };
  known.set(fact, made);
  return made;
}

const printOf = (kind: string, facts: readonly PlannedFact[]): string =>
  facts.map((fact) => seen(kind, fact).print()).join();

function list(kind: string, facts: () => readonly PlannedFact[]): Readable {
  return readable(
    () => new TrackedList(facts().map((fact) => ({ context: seen(kind, fact).context(), from: fact.from }))),
    () => printOf(kind, facts()),
  );
}

const tracked = (value: OptionValue, from: readonly Source[]): Readable =>
  readable(
    () => new Tracked(value, from),
    () => JSON.stringify([value, from]),
  );

const partPrint = (part: Part): string =>
  Object.entries(part)
    .map(([name, { print }]) => `${name} ${print()}`)
    .join('\n');

function factsOf(unit: Unit): Part {
  return Object.fromEntries([...unit.facts].map(([kind, facts]) => [kind, list(kind, () => facts)]));
}

const planContext = (facts: Part): Context => guarded(facts, 'plan', (_, found) => (found as Readable).value());

function projectParts(catalog: Catalog, plan: Plan, units: readonly Planned[]): Part {
  const { selection } = plan.resolution;
  const isKnown = ({ module, option }: Source): boolean => {
    const declared = catalog.modules.get(module);
    return declared !== undefined && (option === undefined || optionOf(declared, option) !== undefined);
  };
  const said: Source[] = [
    ...selection.chosen.map((module) => ({ module })),
    ...Object.entries(selection.options).flatMap(([module, values]) =>
      Object.keys(values).map((option) => ({ module, option })),
    ),
  ].filter(isKnown);
  const drawing = once(() => architecture(plan.resolution));
  return {
    name: tracked(selection.project, []),
    code: tracked(encode(catalog, selection), said),
    catalog: tracked(catalog.version, []),
    diagram: readable(
      () =>
        new TrackedList(
          drawing().map(({ value, from }) => ({
            context: guarded({ line: new Tracked(value, from) }, 'project.diagram'),
            from,
          })),
        ),
      () => JSON.stringify(drawing()),
    ),
    units: readable(
      () =>
        new TrackedList(
          units.map(({ unit, facts }) => ({
            context: guarded(
              { id: new Tracked(unit.id, []), root: new Tracked(unit.root, []), plan: planContext(facts) },
              'unit',
            ),
            from: unit.id === APP_UNIT ? [] : unit.modules.map((module) => ({ module })),
          })),
        ),
      () =>
        units
          .map(({ unit: { id, root, modules }, facts }) => [id, root, modules, partPrint(facts)].join('\n'))
          .join('\n\n'),
    ),
  };
}

function readsOf({ module, options }: ResolvedModule, project: Part, { unit, facts }: Planned): Reads {
  const { id } = module;
  const option = Object.entries(options).map(([key, value]) => [key, tracked(value, [{ module: id, option: key }])]);
  const given = [...unit.facts].map(([kind, all]) => {
    const mine = once(() => all.filter(({ from }) => from.some((source) => source.module === id)));
    const own = readable(
      () => guarded(Object.fromEntries(mine().map((fact) => [fact.key, seen(kind, fact).context()])), `own.${kind}`),
      () => printOf(kind, mine()),
    );
    return { kind, own, gives: list(kind, mine) };
  });
  return new Reads(
    {
      project,
      plan: facts,
      option: Object.fromEntries(option),
      own: Object.fromEntries(given.map(({ kind, own }) => [kind, own])),
      gives: Object.fromEntries(given.map(({ kind, gives }) => [kind, gives])),
    },
    { option: `the options of ${id}`, gives: 'plan' },
  );
}
