/** `stackwright --help`, and behind each command. */
import { tokensOf } from '#core/catalog.ts';
import { nearest } from '#core/flags.ts';
import type { Module, ModuleKind } from '#core/module.ts';
import { unknownCommand } from '#words/cli.ts';
import { type Examples, HELP, overview } from '#words/cli-help.ts';
import { catalog } from '../../catalog.ts';
import { done, type Outcome, refuse } from '../outcome.ts';

export function help(argv: readonly string[], version: string): Outcome {
  const topic = argv.find((word) => !word.startsWith('-'));
  if (topic === undefined) return said(overview(version, examples()));
  const text = Object.hasOwn(HELP, topic) ? HELP[topic] : undefined;
  return text ? said(text(examples())) : refuse('unknown-command', unknownTopic(topic), 2);
}

function unknownTopic(topic: string): string {
  const near = nearest(topic, Object.keys(HELP));
  return unknownCommand(topic, near && `help ${near}`, Object.keys(HELP));
}

const said = (text: string): Outcome => done([text], { help: text });

function examples(): Examples {
  const service = firstOf('service');
  // One that the service needs: the example with both adds nothing to them.
  const needed = service?.requires?.filter(({ when }) => !when).map(({ need }) => need) ?? [];
  const component = firstOf('component', needed) ?? firstOf('component');
  return {
    service: service?.id ?? 'SERVICE',
    component: component?.id ?? 'COMPONENT',
    value: lastToken(service) ?? 'OPTION',
    setting: settingOf(component) ?? 'MODULE.OPTION=VALUE',
  };
}

/** The most telling one: with options, and not in every project anyway. */
function firstOf(kind: ModuleKind, among?: readonly string[]): Module | undefined {
  const modules = [...catalog.modules.values()].filter(
    (module) =>
      module.kind === kind &&
      module.status !== 'planned' &&
      !module.always &&
      (among === undefined || among.includes(module.id)),
  );
  return modules.find((module) => tokensOf(module).size > 0) ?? modules[0];
}

const lastToken = (module: Module | undefined): string | undefined =>
  module ? [...tokensOf(module).keys()].at(-1) : undefined;

function settingOf(module: Module | undefined): string | undefined {
  const [token] = module ? [...tokensOf(module).values()].slice(-1) : [];
  return module && token ? `${module.id}.${token.option}=${token.value}` : undefined;
}
