/** Repairs: whole selections in which a problem is gone, for the person to take or leave. */
import type { Catalog } from './catalog.ts';
import type { ModuleId, OptionValue } from './module.ts';
import { type Finding, resolveBare } from './resolve.ts';
import { type Change, canonical, changesBetween, configure, type Selection } from './selection.ts';

export interface Repair {
  readonly selection: Selection;
  readonly changes: readonly Change[];
}

/** Few enough to read; the rest would only be longer ways round. */
const SHOWN = 3;

/** What makes two findings the same problem; the values said are what a repair would change. */
export const keyOf = ({ code, modules, values }: Finding): string =>
  JSON.stringify([
    code,
    modules,
    values.option,
    code === 'conflict' ? values.because : undefined,
    values.kind,
    values.key,
  ]);

/**
 * Selections without `finding` and with no new one, the fewest changed things first. Never empty: at the
 * last, everything that was said about the modules concerned, or that brings them in, is taken back.
 */
export function repairsFor(
  catalog: Catalog,
  selection: Selection,
  finding: Finding,
  findings: (candidate: Selection) => readonly Finding[] = (candidate) => resolveBare(catalog, candidate).findings,
): Repair[] {
  const before = new Set(findings(selection).map(keyOf));
  const mends = (candidate: Selection): boolean => {
    const after = findings(candidate).map(keyOf);
    return !after.includes(keyOf(finding)) && after.every((key) => before.has(key));
  };
  const concerned = concernedModules(catalog, selection, finding);
  const candidates = [
    ...singleEdits(catalog, selection, concerned),
    ...broadEdits(catalog, selection, finding, concerned),
  ];
  const repairs = new Map<string, Repair>();
  for (const candidate of candidates) {
    const tidy = canonical(candidate);
    repairs.set(JSON.stringify(tidy), { selection: tidy, changes: changesBetween(selection, tidy) });
  }
  const ranked = [...repairs.values()].sort((a, b) => a.changes.length - b.changes.length);
  // Judging one means resolving it, so no more are judged than are shown.
  const shown: Repair[] = [];
  for (const repair of ranked) {
    if (mends(repair.selection)) shown.push(repair);
    if (shown.length === SHOWN) break;
  }
  return shown;
}

/** The modules of the problem and all that bring them in. */
function concernedModules(catalog: Catalog, selection: Selection, finding: Finding): ModuleId[] {
  const { edges } = resolveBare(catalog, selection);
  const concerned = new Set(finding.modules);
  for (let grew = true; grew; ) {
    grew = false;
    for (const { from, to } of edges) {
      if (!concerned.has(to) || concerned.has(from)) continue;
      concerned.add(from);
      grew = true;
    }
  }
  return [...concerned];
}

function* singleEdits(catalog: Catalog, selection: Selection, concerned: readonly ModuleId[]): Generator<Selection> {
  for (const id of concerned) {
    const values = selection.options[id] ?? {};
    for (const option of Object.keys(values)) yield configure(selection, id, option, undefined);
    for (const [option, declared] of Object.entries(catalog.modules.get(id)?.options ?? {})) {
      const others: readonly OptionValue[] =
        declared.kind === 'choice'
          ? declared.values.map((value) => value.id)
          : declared.kind === 'text'
            ? []
            : [true, false];
      for (const value of others) if (value !== values[option]) yield configure(selection, id, option, value);
    }
    if (selection.chosen.includes(id)) yield without(selection, [id]);
  }
}

function* broadEdits(
  catalog: Catalog,
  selection: Selection,
  finding: Finding,
  concerned: readonly ModuleId[],
): Generator<Selection> {
  // Dropping one module of the problem means dropping every choice that brings it in.
  for (const id of finding.modules)
    yield without(selection, concernedModules(catalog, selection, { ...finding, modules: [id] }));
  yield without(selection, concerned);
  yield { ...selection, chosen: [], options: {} };
}

function without(selection: Selection, ids: readonly ModuleId[]): Selection {
  return {
    ...selection,
    chosen: selection.chosen.filter((id) => !ids.includes(id)),
    options: Object.fromEntries(Object.entries(selection.options).filter(([id]) => !ids.includes(id))),
  };
}
