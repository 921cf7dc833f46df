/** Reads a universal `uv.lock` as pins: versions, what needs what and when, and no address of any registry. */
import type { PinnedNeed, PinnedPackage } from '#core/pins.ts';

/** The part of `uv.lock` that is read here. */
interface LockedNeed {
  readonly name: string;
  readonly extra?: readonly string[];
  readonly marker?: string;
}
interface LockedPackage {
  readonly name: string;
  readonly version: string;
  readonly source?: Readonly<Record<string, string>>;
  readonly 'resolution-markers'?: readonly string[];
  readonly dependencies?: readonly LockedNeed[];
  readonly 'optional-dependencies'?: Readonly<Record<string, readonly LockedNeed[]>>;
}
export interface Lock {
  readonly package?: readonly LockedPackage[];
}

/** @param lock the parsed file; its own virtual root package is left out */
export function packagesIn(lock: Lock): PinnedPackage[] {
  const locked = (lock.package ?? []).filter(({ source }) => !source || !('virtual' in source || 'editable' in source));
  const versions = (name: string): number => locked.filter((other) => other.name === name).length;
  return locked
    .map((found): PinnedPackage => {
      const markers = found['resolution-markers'] ?? [];
      return {
        name: found.name,
        version: found.version,
        // uv also notes markers on packages of one version that happen to stand in a forked part.
        ...(versions(found.name) > 1 && markers.length > 0 ? { marker: anyOf(markers) } : {}),
        needs: needsOf(found),
      };
    })
    .sort((a, b) => byText(`${a.name} ${a.version}`, `${b.name} ${b.version}`));
}

function needsOf(found: LockedPackage): PinnedNeed[] {
  const optional = Object.entries(found['optional-dependencies'] ?? {}).flatMap(([extra, needs]) =>
    needs.map((need) => pinnedNeed(need, extra)),
  );
  const all = [...(found.dependencies ?? []).map((need) => pinnedNeed(need)), ...optional];
  // A need of a forked package stands once per version; the versions are found by name.
  const distinct = new Map(all.map((need) => [JSON.stringify(need), need]));
  return [...distinct.entries()].sort(([a], [b]) => byText(a, b)).map(([, need]) => need);
}

function pinnedNeed(need: LockedNeed, extra?: string): PinnedNeed {
  return {
    name: need.name,
    ...(need.extra ? { extras: [...need.extra].sort() } : {}),
    ...(extra === undefined ? {} : { extra }),
    ...(need.marker === undefined ? {} : { marker: need.marker }),
  };
}

function anyOf(markers: readonly string[]): string {
  return markers.length === 1 ? (markers[0] ?? '') : markers.map((marker) => `(${marker})`).join(' or ');
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
