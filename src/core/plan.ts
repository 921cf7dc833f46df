/** The plan: all facts, sorted into units, every value with the module and option it came from. No paths, no text. */
import type { Catalog } from './catalog.ts';
import type { Contents } from './contents.ts';
import { diagram } from './diagrams.ts';
import {
  type Contribution,
  type Dependency,
  dependency,
  type FactKind,
  type FactRecord,
  type FactValue,
  type Source,
  type Sourced,
} from './facts.ts';
import { APP_UNIT, type ModuleId } from './module.ts';
import { topological } from './order.ts';
import { cutPins, requirementText } from './pins.ts';
import { repairsFor } from './repair.ts';
import { type Finding, type Problem, type Resolution, type ResolvedModule, resolveBare } from './resolve.ts';
import type { Selection } from './selection.ts';

/** The kind the pins give: exact versions of all that is reached. */
const CONSTRAINT = 'constraint';

export type PlannedFact = Sourced<{ readonly [field: string]: FactValue | null | undefined }> & {
  readonly key: string;
};

export interface Unit {
  readonly id: string;
  /** The unit's folder in the zip, empty or ending in `/`. */
  readonly root: string;
  readonly modules: readonly ModuleId[];
  /** By kind; kinds nobody gave a fact of are there too, empty. */
  readonly facts: ReadonlyMap<string, readonly PlannedFact[]>;
  /** What the manifest is to remember of its chained kinds. */
  readonly chains: History;
}
export interface Plan {
  readonly resolution: Resolution;
  readonly units: readonly Unit[];
  readonly problems: readonly Problem[];
}

/** What an existing project's manifest remembers of chained facts, by unit and kind: keys, oldest first. */
export type History = Readonly<Record<string, readonly string[]>>;

/** The app's own kinds stand by their name alone. */
export function historyKey(unit: string, kind: string): string {
  return unit === APP_UNIT ? kind : `${unit}/${kind}`;
}

export function rootOf(unit: string): string {
  return unit === APP_UNIT ? '' : `central-services/${unit}/`;
}

/**
 * @param contents of every module in the resolution
 * @param history chained facts keep the recorded order, and new ones only go behind it
 */
export function plan(catalog: Catalog, resolution: Resolution, contents: Contents, history: History = {}): Plan {
  const { units, findings } = planBare(catalog, resolution, contents, history);
  const problems = findings.map((finding) => ({
    ...finding,
    repairs: repairsFor(catalog, resolution.selection, finding, (candidate) =>
      findingsOf(catalog, candidate, contents),
    ),
  }));
  return { resolution, units, problems };
}

function findingsOf(catalog: Catalog, selection: Selection, contents: Contents): Finding[] {
  const resolution = resolveBare(catalog, selection);
  // A repair that needs texts not yet loaded cannot be judged, so it is not offered.
  if (!resolution.modules.every(({ module }) => contents.has(module.id))) {
    return [{ code: 'clash', modules: [], values: { option: 'not loaded' } }];
  }
  return [...resolution.findings, ...planBare(catalog, resolution, contents, {}).findings];
}

function planBare(
  catalog: Catalog,
  resolution: Pick<Resolution, 'modules'>,
  contents: Contents,
  history: History,
): { units: Unit[]; findings: Finding[] } {
  const kinds = new Map([dependency, diagram].map((kind) => [kind.kind, kind as unknown as FactKind]));
  for (const { module } of resolution.modules) {
    for (const kind of contentOf(contents, module.id).kinds) {
      const taken = kind.kind === CONSTRAINT || (kinds.get(kind.kind) ?? kind) !== kind;
      if (taken) throw new Error(`${module.id} lists facts called ${kind.kind}, and so does another`);
      kinds.set(kind.kind, kind);
    }
  }
  const byUnit = new Map<string, ResolvedModule[]>([[APP_UNIT, []]]);
  for (const entry of resolution.modules) {
    const unit = entry.module.unit ?? APP_UNIT;
    byUnit.set(unit, [...(byUnit.get(unit) ?? []), entry]);
  }
  const findings: Finding[] = [];
  const units = [...byUnit].map(([id, modules]): Unit => {
    const collected = collect(modules, contents, findings);
    const facts = new Map<string, readonly PlannedFact[]>([...kinds.keys()].map((kind) => [kind, []]));
    const chains: Record<string, readonly string[]> = {};
    for (const [name, items] of collected) {
      const kind = kinds.get(name);
      // Nobody in this project lists the kind, so its facts are unused.
      if (!kind) continue;
      const key = historyKey(id, name);
      const order = kind.chain
        ? chainOrder(kind.chain, items, Object.hasOwn(history, key) ? (history[key] ?? []) : [])
        : undefined;
      if (order) chains[key] = order;
      facts.set(name, order ? chained(items, order) : sorted(kind, items));
    }
    // Only `dependency` itself makes facts of its kind.
    const dependencies = (facts.get(dependency.kind) ?? []) as unknown as readonly Sourced<Dependency>[];
    facts.set(
      dependency.kind,
      dependencies.map((fact) => ({
        key: fact.value.name,
        from: fact.from,
        value: {
          ...fact.value,
          group: fact.value.group ?? 'main',
          requirement: requirementText(fact.value, catalog.pins),
        },
      })),
    );
    facts.set(
      CONSTRAINT,
      cutPins(dependencies, catalog.pins).map((pin) => ({ ...pin, key: pin.value.requirement })),
    );
    return { id, root: rootOf(id), modules: modules.map(({ module }) => module.id), facts, chains };
  });
  units.sort((a, b) => (a.root < b.root ? -1 : 1));
  return { units, findings };
}

function contentOf(contents: Contents, id: ModuleId) {
  const content = contents.get(id);
  if (!content) throw new Error(`the texts of ${id} are not loaded`);
  return content;
}

function collect(
  modules: readonly ResolvedModule[],
  contents: Contents,
  findings: Finding[],
): Map<string, PlannedFact[]> {
  const byKind = new Map<string, Map<string, PlannedFact>>();
  for (const entry of modules) {
    for (const { kind, planned } of given(entry, contentOf(contents, entry.module.id).contribution)) {
      const ofKind = byKind.get(kind.kind) ?? new Map<string, PlannedFact>();
      byKind.set(kind.kind, ofKind);
      const { key, value } = planned;
      const known = ofKind.get(key);
      if (!known) ofKind.set(key, planned);
      else {
        const fresh = planned.from.filter((source) => !known.from.some((other) => same(other, source)));
        const from = [...known.from, ...fresh];
        if (!same(known.value, value) && !kind.merge) findings.push(clash(kind.kind, key, from));
        const merged = kind.merge ? kind.merge(known.value as FactRecord, value as FactRecord) : known.value;
        ofKind.set(key, { key, value: merged, from });
      }
    }
  }
  return new Map([...byKind].map(([kind, items]) => [kind, [...items.values()]]));
}

interface Given {
  readonly kind: FactKind;
  readonly planned: PlannedFact;
}
/** What a module gives follows from its options alone, so with the same ones it gives the same facts again. */
const last = new WeakMap<Contribution, { readonly said: string; readonly given: readonly Given[] }>();

function given({ module, options }: ResolvedModule, contribution: Contribution): readonly Given[] {
  const said = JSON.stringify([module.id, options]);
  const before = last.get(contribution);
  if (before?.said === said) return before.given;
  const facts = contribution
    .give((option) => options[option] ?? '')
    .map(({ kind, value, options: on }): Given => {
      const from =
        on.length > 0 ? on.map((option): Source => ({ module: module.id, option })) : [{ module: module.id }];
      return { kind, planned: { key: kind.key(value), value, from } };
    });
  last.set(contribution, { said, given: facts });
  return facts;
}

function clash(kind: string, key: string, from: readonly Source[]): Finding {
  // Without an option in play nobody using the composer could mend it: the author has to.
  if (from.every((source) => source.option === undefined)) {
    throw new Error(
      `${from.map((source) => source.module).join(' and ')} give two different ${kind} facts called ${key}`,
    );
  }
  return { code: 'clash', modules: [...new Set(from.map((source) => source.module))], values: { kind, key } };
}

/** What is recorded stays as it is, also keys of modules that have left; new ones only go behind it. */
function chainOrder(
  needs: NonNullable<FactKind['chain']>,
  items: readonly PlannedFact[],
  recorded: readonly string[],
): string[] {
  const values = new Map(items.map(({ key, value }) => [key, value as FactRecord]));
  const known = new Set(recorded);
  const fresh = topological(
    [...values.keys()].filter((key) => !known.has(key)),
    (key) => needs(values.get(key) ?? {}),
  );
  return [...known, ...fresh];
}

/** Each with the nearest one before it that this project has. */
function chained(items: readonly PlannedFact[], order: readonly string[]): PlannedFact[] {
  const byKey = new Map(items.map((item) => [item.key, item]));
  const present = order.flatMap((key) => byKey.get(key) ?? []);
  return present.map((item, index) => {
    const before = present[index - 1];
    return {
      ...item,
      value: { ...item.value, previous: before?.key ?? null },
      from: [...item.from, ...(before?.from ?? [])],
    };
  });
}

function sorted({ sort }: FactKind, items: readonly PlannedFact[]): PlannedFact[] {
  if (!sort) return [...items];
  const keyed = items.map((item) => ({ item, by: sort(item.value as FactRecord) }));
  return keyed.sort((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0)).map(({ item }) => item);
}

/** Equal whatever order the fields were written in. */
function same(a: unknown, b: unknown): boolean {
  const inOrder = (_: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)))
      : value;
  return JSON.stringify(a, inOrder) === JSON.stringify(b, inOrder);
}
