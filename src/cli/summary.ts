/** What was made, in words and as fields. */

import { nextSteps } from '#core/next.ts';
import type { Resolution } from '#core/resolve.ts';
import { type Decoded, encode } from '#core/share.ts';
import * as words from '#words/cli.ts';
import { reason, standing, whyIn } from '#words/en.ts';
import { catalog } from '../catalog.ts';
import type { Project } from './compose.ts';
import type { Written } from './disk/env.ts';
import { done, type Outcome } from './outcome.ts';
import { shown } from './terminal.ts';

/** Where the project goes. */
export interface Target {
  readonly path: string;
  readonly zip: boolean;
}
export interface Made {
  readonly resolution: Resolution;
  readonly project: Project;
  readonly target: Target;
  readonly written: Written;
  readonly decoded: Decoded | undefined;
}

export function made({ resolution, project, target, written, decoded }: Made): Outcome {
  const { selection } = resolution;
  const code = encode(catalog, selection);
  const out = [
    words.wrote(selection.project, project.tree.length, shown(target.path)),
    '',
    ...moduleLines(resolution),
    '',
    words.hashIs(project.hash),
    words.codeIs(code),
    '',
    ...next(selection.project, project, target),
  ];
  const idle = Object.keys(selection.options).filter(
    (id) => !resolution.modules.some(({ module }) => module.id === id),
  );
  const notes = [
    ...written.kept.map(({ path, lacking }) => words.keptEnv(path, lacking)),
    ...(written.removed.length > 0 ? [words.tookAway(written.removed)] : []),
    ...written.left.map((path) => words.leftOver(path)),
    ...idle.map((id) => words.idle(catalog, id)),
    ...(decoded?.origin ? [words.origin(catalog.version, decoded.origin, project.hash)] : []),
  ];
  const outcome = done(
    out,
    { ...fields(resolution), code, hash: project.hash, catalog: catalog.version, ...place(target), ...written, notes },
    notes,
  );
  return { ...outcome, written: true };
}

function next(name: string, { tree }: Project, { path, zip }: Target): string[] {
  const steps = nextSteps(tree);
  return zip ? words.next(name, steps, shown(path)) : words.next(shown(path), steps);
}

const place = ({ path, zip }: Target): object => (zip ? { zip: path } : { output: path });

function fields(resolution: Resolution): object {
  return {
    project: resolution.selection.project,
    modules: resolution.modules.map(({ module, options, reasons }) => ({
      id: module.id,
      title: module.title,
      kind: module.kind,
      standing: standing(reasons),
      reasons: reasons.map((given) => reason(catalog, given)),
      options,
    })),
  };
}

/** The modules a person sees on the graph, each with how it came in and why. */
export function moduleLines(resolution: Resolution): string[] {
  const shownModules = resolution.modules.filter(({ module }) => module.drawn !== false);
  const width = Math.max(...shownModules.map(({ module }) => module.title.length));
  return shownModules.map(({ module, reasons }) => {
    const how = standing(reasons);
    const why = how === 'added' ? `  ${whyIn(catalog, reasons)}` : '';
    return `  ${module.title.padEnd(width)}  ${how.padEnd(6)}${why}`.trimEnd();
  });
}
