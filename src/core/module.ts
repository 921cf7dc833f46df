/** What the author of a module writes: a declaration, data only. */

export type ModuleId = string;
export type OptionId = string;
/** A thing several modules can provide, such as `secrets`. */
export type Capability = string;

/** The value of an option: a choice's or text's string, a toggle's or link's boolean. */
export type OptionValue = string | boolean;
export type OptionValues = Readonly<Record<OptionId, OptionValue>>;

export type ModuleKind = 'service' | 'component' | 'platform';
/** `planned` modules are listed and drawn dashed; they have no files and cannot be added. */
export type ModuleStatus = 'available' | 'preview' | 'planned';

interface OptionBase {
  readonly title: string;
  readonly summary: string;
}
export interface ChoiceOption extends OptionBase {
  readonly kind: 'choice';
  readonly values: readonly {
    readonly id: string;
    readonly title: string;
    readonly summary?: string;
    /** Names this value had in earlier catalogs; old links still mean it. */
    readonly aliases?: readonly string[];
  }[];
  readonly default: string;
  /** Each value holds all of those before it, so a later one does where one is asked for. */
  readonly rising?: true;
}
export interface ToggleOption extends OptionBase {
  readonly kind: 'toggle';
  readonly default: boolean;
}
export interface TextOption extends OptionBase {
  readonly kind: 'text';
  readonly default: string;
  readonly maxLength: number;
  readonly multiline?: true;
  /** The text is a whole number in this range, written in digits alone; there are no other numbers. */
  readonly range?: { readonly from: number; readonly to: number };
  /** The whole text matches this regular expression; `is` says in words what it is: “a host name such as …”. */
  readonly form?: { readonly pattern: string; readonly is: string };
}
/** An edge a person can draw: switched on, it demands `target` like a requirement does. */
export interface LinkOption extends OptionBase {
  readonly kind: 'link';
  readonly target: ModuleId | Capability;
  readonly because: string;
  /** What the link asks of its target's options, if anything. */
  readonly options?: OptionValues;
  readonly default: false;
}
export type Option = ChoiceOption | ToggleOption | TextOption | LinkOption;
export type Options = Readonly<Record<OptionId, Option>>;

/** Looks at one option of the module that states it, so the loader can check it without running anything. */
export interface Condition {
  readonly option: OptionId;
  readonly is: readonly OptionValue[];
}
export interface Requirement {
  readonly need: ModuleId | Capability;
  readonly because: string;
  readonly when?: Condition;
  /** Values asked of the needed module's options. */
  readonly options?: OptionValues;
}
export interface Conflict {
  readonly module: ModuleId;
  readonly because: string;
  readonly when?: Condition;
  /** No conflict while the other module's option has one of these values. */
  readonly unless?: Condition;
}

export interface Module {
  readonly id: ModuleId;
  readonly kind: ModuleKind;
  readonly category: string;
  readonly title: string;
  readonly summary: string;
  readonly status: ModuleStatus;
  /** In every project, chosen or not. */
  readonly always?: true;
  /** `false`: no node on the graph. */
  readonly drawn?: false;
  /** The deployable its files and facts belong to; the app unless said. A platform service has its own. */
  readonly unit?: string;
  readonly provides?: readonly { readonly capability: Capability; readonly default?: true }[];
  readonly options?: Options;
  readonly requires?: readonly Requirement[];
  readonly recommends?: readonly { readonly module: ModuleId; readonly because: string }[];
  readonly conflicts?: readonly Conflict[];
  /** Ids this module had in earlier catalogs. */
  readonly aliases?: readonly ModuleId[];
}

/** Types a declaration precisely where it is written; the core reads it as {@link Module}. */
export function defineModule<const M extends Module>(module: M): M {
  return module;
}

/** A category, listed also while no module is in it. */
export interface Category {
  readonly id: string;
  readonly kind: ModuleKind;
  readonly title: string;
}

/** The unit of the app itself, at the root of the zip. */
export const APP_UNIT = 'app';
