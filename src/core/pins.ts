/**
 * Version pins: one universal resolution of everything the catalog can ask for, cut to what a project
 * reaches. Requirement texts are PEP 508, names are normalised as in PEP 503.
 */
import type { Dependency, Source, Sourced } from './facts.ts';

export interface PinnedNeed {
  readonly name: string;
  readonly extras?: readonly string[];
  /** The extra of the pinned package that needs this. */
  readonly extra?: string;
  /** PEP 508 environment marker. */
  readonly marker?: string;
}
export interface PinnedPackage {
  readonly name: string;
  readonly version: string;
  /** Only for forks of the resolution, where one name has several versions. */
  readonly marker?: string;
  readonly needs: readonly PinnedNeed[];
}
export interface Pins {
  /** The day of the resolution, `YYYY-MM-DD`; a catalog version begins with it. */
  readonly resolved: string;
  readonly python: string;
  readonly packages: readonly PinnedPackage[];
}

/**
 * `fastapi[standard]>=0.1`: a direct dependency with its tested version as the lower bound. Where the
 * resolution forks, the lowest of its versions, or one of the systems could install nothing.
 */
export function requirementText(dependency: Dependency, pins: Pins): string {
  const extras = dependency.extras?.length ? `[${[...dependency.extras].sort().join(',')}]` : '';
  const versions = pins.packages
    .filter((candidate) => candidate.name === dependency.name)
    .map(({ version }) => version);
  const [lowest] = versions.sort(compareVersions);
  if (lowest === undefined) throw new Error(`${dependency.name} has no pin: run npm run pins`);
  return `${dependency.name}${extras}>=${lowest}`;
}

/** By the numbers of the release; enough for versions of one resolution, which holds no pre-releases. */
function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(/[.+-]/).map(Number));
  for (let at = 0; at < Math.max(left?.length ?? 0, right?.length ?? 0); at += 1) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * Exact versions of all that the dependencies reach, on any system, each with the modules and options it
 * is there for. They are constraints, which ask for nothing: one for a package that only Windows needs
 * does no harm elsewhere, so only versions of a forked resolution carry a marker.
 */
export function cutPins(dependencies: readonly Sourced<Dependency>[], pins: Pins): Sourced<{ requirement: string }>[] {
  const reached = new Map<string, { packages: Set<PinnedPackage>; from: Map<string, Source> }>();
  const visit = (name: string, extras: readonly string[], from: readonly Source[], seen: Set<string>): void => {
    const key = `${name}[${[...extras].sort().join(',')}]`;
    if (seen.has(key)) return;
    seen.add(key);
    const entry = reached.get(name) ?? { packages: new Set(), from: new Map() };
    reached.set(name, entry);
    for (const source of from) entry.from.set(JSON.stringify(source), source);
    for (const pinned of pins.packages.filter((candidate) => candidate.name === name)) {
      entry.packages.add(pinned);
      for (const need of pinned.needs) {
        if (need.extra === undefined || extras.includes(need.extra)) visit(need.name, need.extras ?? [], from, seen);
      }
    }
  };
  for (const { value, from } of dependencies) visit(value.name, value.extras ?? [], from, new Set());
  return [...reached.keys()].sort().flatMap((name) => {
    const entry = reached.get(name);
    return [...(entry?.packages ?? [])].map((pinned) => ({
      value: { requirement: `${pinned.name}==${pinned.version}${pinned.marker ? ` ; ${pinned.marker}` : ''}` },
      from: [...(entry?.from.values() ?? [])],
    }));
  });
}
