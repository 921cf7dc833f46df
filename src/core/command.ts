/** The command line that makes a selection's project. The parser beside it reads exactly this back. */
import type { Catalog } from './catalog.ts';
import { sh } from './formats.ts';
import type { Module, ModuleKind, OptionValue } from './module.ts';
import { canonical, optionOf, type Selection } from './selection.ts';

export const FLAG_OF: Readonly<Record<ModuleKind, string>> = {
  service: '--services',
  component: '--components',
  platform: '--platform',
};

/**
 * Quoted for a POSIX shell. Options stand in the dot form, which no shell takes for a pattern.
 * @param flags further arguments, such as `--output` and its folder
 * @param program what a person types for it, as it stands
 */
export function commandLine(
  catalog: Catalog,
  selection: Selection,
  flags: readonly string[] = [],
  program = 'stackwright',
): string {
  return [program, ...['init', ...commandWords(catalog, selection), ...flags].map(word)].join(' ');
}

/** `sh` would quote a flag, lest it be taken for one. */
const word = (text: string): string => (/^--[a-z-]+$/.test(text) ? text : sh(text));

/** The arguments behind `stackwright init`. */
export function commandWords(catalog: Catalog, selection: Selection): string[] {
  const { project, chosen, options } = canonical(selection);
  const lists = Object.entries(FLAG_OF).flatMap(([kind, flag]) => {
    const items = chosen.flatMap((id) => {
      const module = catalog.modules.get(id);
      return module?.kind === kind ? [[id, ...tokens(module, options[id] ?? {})].join('.')] : [];
    });
    return items.length > 0 ? [flag, items.join(',')] : [];
  });
  const settings = Object.entries(options).flatMap(([id, values]) => {
    const module = catalog.modules.get(id);
    return Object.entries(values).flatMap(([option, value]) => {
      const declared = module && optionOf(module, option);
      const isToken = chosen.includes(id) && declared?.kind !== 'text';
      return declared && !isToken ? ['--set', `${id}.${option}=${value}`] : [];
    });
  });
  const said = [...lists, ...settings];
  // Without a word about modules, `init` on a terminal would ask.
  return [project, ...(said.length > 0 ? said : ['--no-interactive'])];
}

function tokens(module: Module, values: Readonly<Record<string, OptionValue>>): string[] {
  return Object.entries(values).flatMap(([option, value]) => {
    const declared = optionOf(module, option);
    if (!declared || declared.kind === 'text') return [];
    if (declared.kind === 'choice') return [String(value)];
    return [value === true ? option : `no-${option}`];
  });
}
