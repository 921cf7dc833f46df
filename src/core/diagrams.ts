/**
 * Mermaid texts. They are built from catalog ids and titles alone, so nothing a person typed can reach a
 * diagram, and each line knows where it came from.
 */
import { defineFact, type Source, type Sourced } from './facts.ts';
import type { Module, ModuleKind } from './module.ts';
import type { Plan } from './plan.ts';
import type { Edge, Resolution, ResolvedModule } from './resolve.ts';

/** A diagram that a module gives, in Mermaid's words: a sequence, a schema. Lines of one id come together. */
export type Diagram = { readonly id: string; readonly title: string; readonly lines: readonly string[] };
export const diagram = defineFact<Diagram>('diagram', {
  title: 'Diagrams',
  key: (value) => value.id,
  merge: (a, b) => ({ ...a, lines: [...a.lines, ...b.lines] }),
});

/** All diagrams that the modules of a project give, in the order of units and modules. */
export function diagramsOf(plan: Plan): Diagram[] {
  // Only `diagram` itself makes facts of its kind.
  return plan.units.flatMap(({ facts }) => (facts.get(diagram.kind) ?? []).map(({ value }) => value as Diagram));
}

const LAYERS: readonly { kind: ModuleKind; title: string }[] = [
  { kind: 'service', title: 'Services' },
  { kind: 'component', title: 'Components' },
  { kind: 'platform', title: 'Platform services' },
];

export interface Ink {
  readonly fill: string;
  readonly stroke: string;
  readonly color: string;
}
/** The page draws the same diagrams on a dark ground; texts are always written with {@link LIGHT}. */
export type Palette = Readonly<Record<ModuleKind | 'always' | 'added', Ink>>;
export const LIGHT: Palette = {
  service: { fill: '#e7f0ff', stroke: '#2f6feb', color: '#1b1f24' },
  component: { fill: '#e6f6f0', stroke: '#12805c', color: '#1b1f24' },
  platform: { fill: '#f5ecfe', stroke: '#8250df', color: '#1b1f24' },
  always: { fill: '#eef1f4', stroke: '#6b7683', color: '#1b1f24' },
  added: { fill: '#ffffff', stroke: '#2f6feb', color: '#1b1f24' },
};

/** A Mermaid id: ids hold hyphens, and some words (`end`) are Mermaid's own. */
const node = (id: string): string => `m_${id.replaceAll('-', '_')}`;
const label = (text: string): string => `"${text.replace(/["\\<>&#;`]/g, ' ')}"`;

const ink = ({ fill, stroke, color }: Ink): string => `fill:${fill},stroke:${stroke},color:${color}`;

function drawn(resolution: Resolution): ResolvedModule[] {
  return resolution.modules.filter(({ module }) => module.drawn !== false);
}

/** Edges between drawn modules, one for each pair. */
export function drawnEdges(resolution: Resolution): Edge[] {
  const visible = new Set(drawn(resolution).map(({ module }) => module.id));
  const seen = new Set<string>();
  return resolution.edges.filter(({ from, to }) => {
    const pair = `${from}>${to}`;
    if (!visible.has(from) || !visible.has(to) || seen.has(pair)) return false;
    seen.add(pair);
    return true;
  });
}

function edgeSources(resolution: Resolution, { from, to }: Edge): Source[] {
  return resolution.edges
    .filter((edge) => edge.from === from && edge.to === to)
    .map(({ option }) => ({ module: from, ...(option === undefined ? {} : { option }) }));
}

/** What every project has looks calmer than what somebody chose. */
const inkOf = ({ kind, always }: Module): ModuleKind | 'always' => (always ? 'always' : kind);

/** What the project consists of, in layers. */
export function architecture(resolution: Resolution, palette: Palette = LIGHT): Sourced<string>[] {
  const lines: Sourced<string>[] = [{ value: 'flowchart TB', from: [] }];
  for (const { kind, title } of LAYERS) {
    const modules = drawn(resolution).filter(({ module }) => module.kind === kind);
    if (modules.length === 0) continue;
    const everyone = modules.map(({ module }): Source => ({ module: module.id }));
    lines.push({ value: `  subgraph layer_${kind}["${title}"]`, from: everyone });
    for (const { module } of modules) {
      lines.push({
        value: `    ${node(module.id)}[${label(module.title)}]:::${inkOf(module)}`,
        from: [{ module: module.id }],
      });
    }
    lines.push({ value: '  end', from: everyone });
  }
  for (const edge of drawnEdges(resolution)) {
    lines.push({ value: `  ${node(edge.from)} --> ${node(edge.to)}`, from: edgeSources(resolution, edge) });
  }
  for (const name of [...LAYERS.map(({ kind }) => kind), 'always'] as const) {
    const modules = drawn(resolution).filter(({ module }) => inkOf(module) === name);
    if (modules.length === 0) continue;
    lines.push({
      value: `  classDef ${name} ${ink(palette[name])}`,
      from: modules.map(({ module }): Source => ({ module: module.id })),
    });
  }
  return lines;
}

/** Who brought whom, and why: the reasons stand on the edges. */
export function dependencies(resolution: Resolution, palette: Palette = LIGHT): Sourced<string>[] {
  const lines: Sourced<string>[] = [{ value: 'flowchart LR', from: [] }];
  for (const { module, reasons } of drawn(resolution)) {
    const chosen = reasons.some((reason) => reason.kind === 'chosen');
    const always = reasons.some((reason) => reason.kind === 'always');
    const how = chosen ? 'chosen' : always ? 'always' : 'added';
    lines.push({
      value: `  ${node(module.id)}[${label(`${module.title} (${how})`)}]:::${how}`,
      from: [{ module: module.id }],
    });
  }
  for (const edge of drawnEdges(resolution)) {
    lines.push({
      value: `  ${node(edge.from)} -->|${label(edge.because)}| ${node(edge.to)}`,
      from: edgeSources(resolution, edge),
    });
  }
  lines.push(
    { value: `  classDef chosen ${ink(palette.service)}`, from: [] },
    { value: `  classDef added ${ink(palette.added)},stroke-dasharray:4 3`, from: [] },
    { value: `  classDef always ${ink(palette.always)}`, from: [] },
  );
  return lines;
}

export function mermaidText(lines: readonly Sourced<string>[]): string {
  return `${lines.map(({ value }) => value).join('\n')}\n`;
}
