/**
 * Facts: what a module gives, each of a declared kind. A kind is declared by the module that lists it
 * (or here, for the one every project has), so a new kind needs no change in the core.
 */
import type { Condition, Module, ModuleId, OptionId, Options, OptionValue } from './module.ts';

/** Facts hold plain data, so templates can only print them. */
export type FactValue = string | boolean | readonly string[] | { readonly [field: string]: FactValue };
export type FactRecord = { readonly [field: string]: FactValue | undefined };

/** The module, and where there is one the option, that a value came from. */
export interface Source {
  readonly module: ModuleId;
  readonly option?: OptionId;
}
export interface Sourced<T> {
  readonly value: T;
  readonly from: readonly Source[];
}

export interface KindRules<T extends FactRecord> {
  /** What people call such facts, in the plural: `Settings`. Plumbing has no title, and is not listed where a module says what it adds. */
  readonly title?: string;
  /** Two facts with one key are one fact; if they differ, `merge` joins them or the plan reports a clash. */
  readonly key: (value: T) => string;
  readonly merge?: (a: T, b: T) => T;
  /** Listed by this text instead of in module order (imports, for one). */
  readonly sort?: (value: T) => string;
  /** What optional fields are when a fact leaves them out, so templates can ask for them. */
  readonly defaults?: Partial<T>;
  /** Keys this one comes after. The items are chained one behind the other and each gets `previous`. */
  readonly chain?: (value: T) => readonly string[];
}
/** A kind of fact; calling it makes one. */
export interface FactKind<T extends FactRecord = FactRecord> extends KindRules<T> {
  (value: T): Fact;
  readonly kind: string;
}
export interface Fact {
  readonly kind: FactKind;
  readonly value: FactRecord;
  readonly options: readonly OptionId[];
}

/** Declares a kind of fact. `kind` is the name templates list it by: `plan.<kind>`. */
export function defineFact<T extends FactRecord>(kind: string, rules: KindRules<T>): FactKind<T> {
  const make = (value: T): Fact => ({ kind: erased, value: { ...rules.defaults, ...value }, options: [] });
  const declared: FactKind<T> = Object.assign(make, { kind, ...rules });
  // The core only ever hands a kind values that this kind made, so forgetting T is safe.
  const erased = declared as unknown as FactKind;
  return declared;
}

type ValueOf<O> = O extends { kind: 'choice'; values: readonly { id: infer V }[] }
  ? V
  : O extends { kind: 'text' }
    ? string
    : boolean;

/** Reads a module's own options and notes on each fact which of them it rests on. */
export interface OptionReader<O extends Options> {
  /** The facts if the option has one of the values, else none. */
  when<K extends keyof O & string>(option: K, is: readonly ValueOf<O[K]>[], facts: readonly Fact[]): Fact[];
  /** Facts that hold the option's value. */
  with<K extends keyof O & string>(option: K, give: (value: ValueOf<O[K]>) => readonly Fact[]): Fact[];
}

export interface Contribution {
  readonly give: (read: (option: OptionId) => OptionValue) => readonly Fact[];
  /** Files that exist only under a condition on the module's own options. */
  readonly files: Readonly<Record<string, Condition>>;
  /** Octal modes of files that are not 644. */
  readonly modes: Readonly<Record<string, '755'>>;
}

type OptionsOf<M extends Module> = M extends { options: infer O extends Options } ? O : Record<never, never>;

/**
 * What a module gives, from its own options alone.
 * @param _module the declaration, for its options' types
 * @param give facts; options are only to be read through the reader it is handed
 */
export function defineFacts<M extends Module>(
  _module: M,
  give: (options: OptionReader<OptionsOf<M>>) => readonly Fact[],
  more: { files?: Record<string, Condition>; modes?: Record<string, '755'> } = {},
): Contribution {
  return {
    give: (read) => give(reader(read)),
    files: more.files ?? {},
    modes: more.modes ?? {},
  };
}

function reader<O extends Options>(read: (option: OptionId) => OptionValue): OptionReader<O> {
  const resting = (option: string, facts: readonly Fact[]): Fact[] =>
    facts.map((fact) => ({ ...fact, options: [...fact.options, option] }));
  return {
    when: (option, is, facts) => ((is as readonly OptionValue[]).includes(read(option)) ? resting(option, facts) : []),
    with: (option, give) => resting(option, give(read(option) as ValueOf<O[typeof option]>)),
  };
}

export type Dependency = {
  readonly name: string;
  readonly extras?: readonly string[];
  /** `dev`: only for working on the project. */
  readonly group?: 'main' | 'dev';
};

/** A distribution the project depends on directly. Versions are not said here: the pins hold them. */
export const dependency = defineFact<Dependency>('dependency', {
  title: 'Dependencies',
  key: (value) => value.name,
  defaults: { extras: [], group: 'main' },
  sort: (value) => value.name,
  merge: (a, b) => ({
    name: a.name,
    extras: [...new Set([...(a.extras ?? []), ...(b.extras ?? [])])].sort(),
    group: a.group === 'dev' && b.group === 'dev' ? 'dev' : 'main',
  }),
});
