/** Random declarations, put together step by step: options, capabilities, needs, demands, conflicts. */
import { requirementsOf } from './catalog.ts';
import { below, chance, type Draw, pick, some } from './draw-testing.ts';
import type { Conflict, LinkOption, Module, Option, OptionValue, Requirement } from './module.ts';
import { refuseValue } from './selection.ts';

const KINDS = ['service', 'component', 'platform'] as const;
const CATEGORY_OF = { service: 'services', component: 'components', platform: 'central' } as const;
export const IDS = ['alpha', 'beta', 'gamma', 'delta', 'eps-1', 'zeta', 'eta-x', 'theta'];

/** A declaration while it is being put together. */
export type Draft = Module & {
  options: Record<string, Option>;
  requires: Requirement[];
  conflicts: Conflict[];
  provides: { capability: string; default?: true }[];
};

const choice = (values: readonly string[], fallback: string): Option => ({
  kind: 'choice',
  title: 'Choice',
  summary: '',
  values: values.map((id, index) => ({ id, title: id, ...(index === 0 ? { aliases: [`old-${id}`] } : {}) })),
  default: fallback,
});
const toggle = (fallback: boolean): Option => ({ kind: 'toggle', title: 'Toggle', summary: '', default: fallback });
const text = (fallback: string, multiline: boolean): Option => ({
  kind: 'text',
  title: 'Text',
  summary: '',
  default: fallback,
  maxLength: 40,
  ...(multiline ? { multiline: true } : {}),
});

/** Declarations with options, some always there, some planned. */
export function drawModules(draw: Draw): Draft[] {
  const count = 3 + below(draw, IDS.length - 2);
  return IDS.slice(0, count).map((id, index): Draft => {
    const kind = pick(draw, KINDS) ?? 'service';
    const always = index === 0 || chance(draw, 12);
    const planned = !always && chance(draw, 12);
    const options: Record<string, Option> = {};
    if (chance(draw, 65)) options.mode = choice(['m-a', 'm-b', 'm-c'], pick(draw, ['m-a', 'm-b']) ?? 'm-a');
    if (chance(draw, 25)) options.tier = choice(['t-a', 't-b'], 't-a');
    if (chance(draw, 50)) options.fast = toggle(chance(draw, 30));
    if (chance(draw, 35)) options.note = text(chance(draw, 50) ? '' : 'as "it" was', true);
    if (chance(draw, 15)) options.label = text('', false);
    return {
      id,
      kind,
      category: CATEGORY_OF[kind],
      title: `Title of ${id}`,
      summary: '',
      status: planned ? 'planned' : chance(draw, 15) ? 'preview' : 'available',
      ...(always ? { always: true } : {}),
      ...(index === 0 ? { drawn: false } : {}),
      ...(kind === 'platform' && !always ? { unit: chance(draw, 70) ? 'central' : id } : {}),
      ...(chance(draw, 10) ? { aliases: [`old-${id}`] } : {}),
      options,
      requires: [],
      conflicts: [],
      provides: [],
    };
  });
}

/** One default each; the others come in by choice alone. */
export function drawCapabilities(draw: Draw, drafts: readonly Draft[]): string[] {
  return ['cap-x', 'cap-y'].filter((capability) => {
    if (chance(draw, 40)) return false;
    const isOther = (draft: Draft): boolean => draft.provides.some((given) => !given.default);
    const first = pick(
      draw,
      drafts.filter((draft) => draft.status !== 'planned' && !isOther(draft)),
    );
    if (!first) return false;
    first.provides.push({ capability, default: true });
    const others = drafts.filter(
      (draft) => draft !== first && !draft.always && !draft.provides.some((given) => given.default),
    );
    for (const draft of some(draw, others, 30)) draft.provides.push({ capability });
    return true;
  });
}

const isOnlyChosen = (draft: Draft): boolean => draft.provides.some((given) => !given.default);

export function drawNeeds(draw: Draw, drafts: readonly Draft[], capabilities: readonly string[]): void {
  for (const draft of drafts) {
    const targets = [
      ...drafts
        .filter(
          (other) =>
            other !== draft && !isOnlyChosen(other) && (draft.status === 'planned' || other.status !== 'planned'),
        )
        .map(({ id }) => id),
      ...capabilities,
    ];
    for (let count = below(draw, 4); count > 0; count -= 1) {
      const need = pick(draw, targets);
      if (need === undefined) continue;
      const when = chance(draw, 50) ? drawCondition(draw, draft) : undefined;
      draft.requires.push({ need, because: `${draft.id} works with ${need}`, ...(when ? { when } : {}) });
    }
    for (const target of some(draw, targets, 12)) {
      draft.options[`to-${target}`] = {
        kind: 'link',
        title: 'Link',
        summary: '',
        target,
        because: `linked to ${target}`,
        default: false,
      };
    }
  }
}

function drawCondition(draw: Draw, draft: Draft): { option: string; is: OptionValue[] } | undefined {
  const options = Object.entries(draft.options).filter(
    ([, option]) => option.kind === 'choice' || option.kind === 'toggle',
  );
  const [id, option] = pick(draw, options) ?? [];
  if (id === undefined || !option) return undefined;
  const is = some(draw, valuesOf(option));
  return { option: id, is: is.length > 0 ? is : valuesOf(option).slice(-1) };
}

export function valuesOf(option: Option): OptionValue[] {
  if (option.kind === 'choice') return option.values.map(({ id }) => id);
  return option.kind === 'text' ? [] : [true, false];
}

/** Only such values as switch off no need that the default switches on, as the loader demands. */
export function drawDemands(draw: Draw, drafts: readonly Draft[]): void {
  const allowed = (target: Draft, option: string, value: OptionValue): boolean => {
    const declared = target.options[option];
    if (!declared || refuseValue(declared, value) || declared.kind === 'text') return false;
    return requirementsOf(target).every(
      ({ when }) => when?.option !== option || !when.is.includes(declared.default) || when.is.includes(value),
    );
  };
  const demandFor = (need: string): Record<string, OptionValue> | undefined => {
    const targets = drafts.filter(
      (draft) => draft.id === need || draft.provides.some(({ capability }) => capability === need),
    );
    const first = targets[0];
    if (!first) return undefined;
    const candidates = Object.entries(first.options)
      .flatMap(([option, declared]) => valuesOf(declared).map((value) => [option, value] as const))
      .filter(([option, value]) => targets.every((target) => allowed(target, option, value)));
    const taken = pick(draw, candidates);
    return taken ? { [taken[0]]: taken[1] } : undefined;
  };
  for (const draft of drafts) {
    draft.requires = draft.requires.map((requirement) => {
      const options = chance(draw, 75) ? demandFor(requirement.need) : undefined;
      return options ? { ...requirement, options } : requirement;
    });
    for (const [id, option] of Object.entries(draft.options)) {
      if (option.kind !== 'link' || !chance(draw, 40)) continue;
      const options = demandFor(option.target);
      if (options) draft.options[id] = { ...option, options } satisfies LinkOption;
    }
  }
}

export function drawConflicts(draw: Draw, drafts: readonly Draft[]): void {
  for (const draft of drafts) {
    if (!chance(draw, 40)) continue;
    const other = pick(
      draw,
      drafts.filter((candidate) => candidate !== draft),
    );
    if (!other) continue;
    const when = chance(draw, 50) ? drawCondition(draw, draft) : undefined;
    const unless = chance(draw, 40) ? drawCondition(draw, other) : undefined;
    draft.conflicts.push({
      module: other.id,
      because: `${draft.id} and ${other.id} quarrel`,
      ...(when ? { when } : {}),
      ...(unless ? { unless } : {}),
    });
  }
}
