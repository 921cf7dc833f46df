/** Everything that follows from a selection, computed once for each. */
import { commandLine } from '#core/command.ts';
import { architecture, dependencies, diagramsOf, drawnEdges, mermaidText, type Palette } from '#core/diagrams.ts';
import type { ModuleId } from '#core/module.ts';
import type { History as Recorded } from '#core/plan.ts';
import { type Edge, type Problem, type Resolution, type ResolvedModule, resolve } from '#core/resolve.ts';
import type { Selection } from '#core/selection.ts';
import { encode } from '#core/share.ts';
import { diagram as words } from '#words/page.ts';
import { catalog } from '../../catalog.ts';
import { type Rendering, renderIfLoaded } from './texts.ts';

function memo<T>(make: (selection: Selection) => T): (selection: Selection) => T {
  const known = new WeakMap<Selection, { value: T }>();
  return (selection) => {
    const entry = known.get(selection) ?? { value: make(selection) };
    known.set(selection, entry);
    return entry.value;
  };
}

export const resolutionOf: (selection: Selection) => Resolution = memo((selection) => resolve(catalog, selection));
export const codeOf = memo((selection) => encode(catalog, selection));
export const commandOf = memo((selection) => commandLine(catalog, selection));

export const drawnOf = memo((selection): readonly ResolvedModule[] =>
  resolutionOf(selection).modules.filter(({ module }) => module.drawn !== false),
);

/** One line on the graph, with every reason for it. */
export interface DrawnEdge {
  readonly id: string;
  readonly from: ModuleId;
  readonly to: ModuleId;
  readonly edges: readonly Edge[];
}
export const edgesOf = memo((selection): readonly DrawnEdge[] => {
  const resolution = resolutionOf(selection);
  return drawnEdges(resolution).map(({ from, to }) => ({
    id: `${from}>${to}`,
    from,
    to,
    edges: resolution.edges.filter((edge) => edge.from === from && edge.to === to),
  }));
});

/** One of the pictures: the engine's own two, or one that a module gives. */
export interface Drawing {
  readonly id: string;
  readonly title: string;
  readonly text: (palette?: Palette) => string;
}

/** What can be drawn: at once what follows from the resolution, the rest when the texts are loaded. */
export const drawingsOf = (selection: Selection, recorded?: Recorded): readonly Drawing[] => {
  const resolution = resolutionOf(selection);
  const rendering = renderingOf(selection, recorded);
  return [
    {
      id: 'architecture',
      title: words.architecture,
      text: (palette) => mermaidText(architecture(resolution, palette)),
    },
    {
      id: 'requirements',
      title: words.requirements,
      text: (palette) => mermaidText(dependencies(resolution, palette)),
    },
    ...(rendering?.ok ? diagramsOf(rendering.plan) : []).map(({ id, title, lines }) => ({
      id,
      title,
      text: () => `${lines.join('\n')}\n`,
    })),
  ];
};

/** Of a project that was begun here, or that a link stands for. */
export const NOTHING_RECORDED: Recorded = {};
const renderings = new WeakMap<Selection, WeakMap<Recorded, Rendering>>();

/**
 * Plan, files and hash, or `undefined` until the texts they are made of are loaded.
 * @param recorded what its databases hold already, if it was opened
 */
export function renderingOf(selection: Selection, recorded: Recorded = NOTHING_RECORDED): Rendering | undefined {
  const ofSelection = renderings.get(selection) ?? new WeakMap<Recorded, Rendering>();
  renderings.set(selection, ofSelection);
  const known = ofSelection.get(recorded);
  if (known) return known;
  const rendering = renderIfLoaded(resolutionOf(selection), recorded);
  if (rendering) ofSelection.set(recorded, rendering);
  return rendering;
}

/** The code with the catalog and the project it stands for; the hash of what nobody can make would be compared with nothing. */
export function exactCode(selection: Selection, recorded?: Recorded): string {
  const rendering = renderingOf(selection, recorded);
  const isMade = rendering?.ok && problemsOf(selection, recorded).length === 0;
  return encode(
    catalog,
    selection,
    isMade ? { catalog: catalog.version, hash8: rendering.hash.slice(0, 8) } : undefined,
  );
}
/** Whoever opens it learns whether it is the same; what is recorded stays with who has it, so the link is of a new project. */
export const linkOf = (selection: Selection): string =>
  `${location.origin}${location.pathname}#${exactCode(selection)}`;

/** What has to be settled before a download; the plan's own problems are known once texts are loaded. */
export function problemsOf(selection: Selection, recorded?: Recorded): readonly Problem[] {
  const rendering = renderingOf(selection, recorded);
  return [...resolutionOf(selection).problems, ...(rendering?.ok ? rendering.plan.problems : [])];
}
