/** What in a selection cannot be: ids nobody knows, values that cannot be, demands and conflicts that clash. */
import type { Catalog } from './catalog.ts';
import type { Module, Option, OptionId, OptionValue } from './module.ts';
import { isActive, type Reach, saidValue } from './reach.ts';
import type { Demand, Finding, ResolvedModule } from './resolve.ts';
import { optionOf, refuseValue, type Selection } from './selection.ts';

export function findingsIn(
  catalog: Catalog,
  selection: Selection,
  reach: Reach,
  modules: readonly ResolvedModule[],
): Finding[] {
  const findings: Finding[] = [];
  for (const id of selection.chosen) {
    const module = catalog.modules.get(id);
    if (!module) findings.push({ code: 'unknown-module', modules: [id], values: {} });
    else if (module.status === 'planned') findings.push({ code: 'planned-module', modules: [id], values: {} });
  }
  for (const [id, values] of Object.entries(selection.options)) {
    const module = catalog.modules.get(id);
    if (!module) {
      if (!selection.chosen.includes(id)) findings.push({ code: 'unknown-module', modules: [id], values: {} });
      continue;
    }
    for (const [option, value] of Object.entries(values)) {
      const declared = optionOf(module, option);
      if (!declared) findings.push({ code: 'unknown-option', modules: [id], values: { option } });
      else if (refuseValue(declared, value)) {
        findings.push({ code: 'refused-value', modules: [id], values: { option, value: String(value) } });
      }
    }
  }
  for (const { module } of modules) {
    const demands = [...(reach.demands.get(module.id) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [option, ofOption] of demands) {
      findings.push(...demandFindings(reach, module, option, ofOption));
    }
    for (const conflict of module.conflicts ?? []) {
      const other = modules.find((entry) => entry.module.id === conflict.module);
      if (!other || !isActive(reach, module, conflict.when)) continue;
      if (conflict.unless && isActive(reach, other.module, conflict.unless)) continue;
      findings.push({ code: 'conflict', modules: [module.id, conflict.module], values: { because: conflict.because } });
    }
  }
  return findings;
}

function demandFindings(reach: Reach, module: Module, option: OptionId, demands: readonly Demand[]): Finding[] {
  const said = saidValue(reach, module, option);
  if (said !== undefined) {
    return demands
      .filter((demand) => !suffices(optionOf(module, option), said, demand.value))
      .map((demand) => ({
        code: 'said-against-demand',
        modules: [module.id, demand.by],
        values: { option, said: String(said), demanded: String(demand.value), because: demand.because },
      }));
  }
  const [first, other] = [demands[0], demands.find((demand) => demand.value !== demands[0]?.value)];
  if (!first || !other) return [];
  const values = {
    option,
    one: String(first.value),
    other: String(other.value),
    because: first.because,
    otherBecause: other.because,
  };
  return [{ code: 'demand-against-demand', modules: [module.id, first.by, other.by], values }];
}

/** Whether what was said does where this was asked for. */
function suffices(option: Option | undefined, said: OptionValue, demanded: OptionValue): boolean {
  if (option?.kind !== 'choice' || !option.rising) return said === demanded;
  const rank = (value: OptionValue): number => option.values.findIndex(({ id }) => id === value);
  return rank(said) >= rank(demanded);
}
