/** The heavy part of a module, loaded on demand: what it gives, the kinds it lists, and its files. */
import type { Contribution, FactKind } from './facts.ts';
import type { ModuleId } from './module.ts';

/** What `Handlebars.precompile` emits; only the Handlebars runtime looks inside. */
export type TemplateSpec = Readonly<Record<string, unknown>>;
export type ContentFile = { readonly text: string } | { readonly template: TemplateSpec };

export interface ModuleContent {
  readonly contribution: Contribution;
  readonly kinds: readonly FactKind[];
  /** By path in the module's unit, without `.hbs`. */
  readonly files: Readonly<Record<string, ContentFile>>;
}
export type Contents = ReadonlyMap<ModuleId, ModuleContent>;
