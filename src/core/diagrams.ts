/**
 * Mermaid texts. They are built from catalog ids and titles alone, so nothing a person typed can reach a
 * diagram, and each line knows where it came from.
 */
import type { Source, Sourced } from './facts.ts';
import type { ModuleKind } from './module.ts';
import type { Edge, Resolution, ResolvedModule } from './resolve.ts';

const LAYERS: readonly { kind: ModuleKind; title: string; fill: string; stroke: string }[] = [
  { kind: 'service', title: 'Services', fill: '#e7f0ff', stroke: '#2f6feb' },
  { kind: 'component', title: 'Components', fill: '#e6f6f0', stroke: '#12805c' },
  { kind: 'platform', title: 'Platform services', fill: '#f5ecfe', stroke: '#8250df' },
];

/** A Mermaid id: ids hold hyphens, and some words (`end`) are Mermaid's own. */
const node = (id: string): string => `m_${id.replaceAll('-', '_')}`;
const label = (text: string): string => `"${text.replace(/["\\<>&#;`]/g, ' ')}"`;

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

/** What the project consists of, in layers. */
export function architecture(resolution: Resolution): Sourced<string>[] {
  const lines: Sourced<string>[] = [{ value: 'flowchart TB', from: [] }];
  for (const { kind, title } of LAYERS) {
    const modules = drawn(resolution).filter(({ module }) => module.kind === kind);
    if (modules.length === 0) continue;
    const everyone = modules.map(({ module }): Source => ({ module: module.id }));
    lines.push({ value: `  subgraph layer_${kind}["${title}"]`, from: everyone });
    for (const { module } of modules) {
      lines.push({ value: `    ${node(module.id)}[${label(module.title)}]:::${kind}`, from: [{ module: module.id }] });
    }
    lines.push({ value: '  end', from: everyone });
  }
  for (const edge of drawnEdges(resolution)) {
    lines.push({ value: `  ${node(edge.from)} --> ${node(edge.to)}`, from: edgeSources(resolution, edge) });
  }
  for (const { kind, fill, stroke } of LAYERS) {
    const modules = drawn(resolution).filter(({ module }) => module.kind === kind);
    if (modules.length === 0) continue;
    lines.push({
      value: `  classDef ${kind} fill:${fill},stroke:${stroke},color:#1b1f24`,
      from: modules.map(({ module }): Source => ({ module: module.id })),
    });
  }
  return lines;
}

/** Who brought whom, and why: the reasons stand on the edges. */
export function dependencies(resolution: Resolution): Sourced<string>[] {
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
    { value: '  classDef chosen fill:#e7f0ff,stroke:#2f6feb,color:#1b1f24', from: [] },
    { value: '  classDef added fill:#ffffff,stroke:#2f6feb,stroke-dasharray:4 3,color:#1b1f24', from: [] },
    { value: '  classDef always fill:#eef1f4,stroke:#6b7683,color:#1b1f24', from: [] },
  );
  return lines;
}

export function mermaidText(lines: readonly Sourced<string>[]): string {
  return `${lines.map(({ value }) => value).join('\n')}\n`;
}
