/**
 * Resolves the versions of everything the catalog can ask for, once, for every system and Python, and
 * writes them to templates/pins.json. Projects get the part they reach.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import type { Dependency } from '#core/facts.ts';
import type { Pins } from '#core/pins.ts';
import { ROOT, temporaryFolder } from '../../e2e/support/paths.ts';
import { must } from '../../e2e/support/shell.ts';
import { findUv } from '../../e2e/support/uv.ts';
import { catalog, contentIds, loadContents } from '../../src/catalog.ts';
import { directDependencies } from './collect.ts';
import { type Lock, packagesIn } from './from-lock.ts';

const FILE = join(ROOT, 'templates', 'pins.json');
const PYTHON = '>=3.11';

export interface PinsOptions {
  /** Keep the versions that are pinned already, and add what is missing. */
  readonly keep?: boolean;
}

/** @returns one sentence about what it did */
export async function resolvePins({ keep = false }: PinsOptions = {}): Promise<string> {
  const before = JSON.parse(readFileSync(FILE, 'utf8')) as Pins;
  const dependencies = directDependencies(catalog, await loadContents(contentIds));
  const packages = packagesIn(await lock(dependencies, keep ? before : undefined));
  const same = before.python === PYTHON && JSON.stringify(before.packages) === JSON.stringify(packages);
  const resolved = same ? before.resolved : new Date().toISOString().slice(0, 10);
  const text = layOut({ resolved, python: PYTHON, packages });
  if (text !== readFileSync(FILE, 'utf8')) writeFileSync(FILE, text);
  const pinned = `${packages.length} packages for ${dependencies.length} direct dependencies`;
  return same ? `Nothing changed: ${pinned}.` : `Pinned ${pinned}.`;
}

async function lock(dependencies: readonly Dependency[], held: Pins | undefined): Promise<Lock> {
  const folder = temporaryFolder('pins');
  try {
    writeFileSync(join(folder, 'pyproject.toml'), projectText(dependencies, held));
    await must(await findUv(), ['lock', '--no-config', '--directory', folder]);
    return parse(readFileSync(join(folder, 'uv.lock'), 'utf8')) as Lock;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function projectText(dependencies: readonly Dependency[], held: Pins | undefined): string {
  const constraints = (held?.packages ?? []).map(
    ({ name, version, marker }) => `${name}==${version}${marker ? ` ; ${marker}` : ''}`,
  );
  return [
    '[project]',
    'name = "stackwright-pins"',
    'version = "0"',
    `requires-python = ${JSON.stringify(PYTHON)}`,
    `dependencies = ${list(dependencies.map(({ name, extras = [] }) => `${name}${extras.length > 0 ? `[${extras.join(',')}]` : ''}`))}`,
    '[tool.uv]',
    `constraint-dependencies = ${list(constraints)}`,
    '',
  ].join('\n');
}

/** A list of strings is the same in TOML and JSON. */
const list = (texts: readonly string[]): string => JSON.stringify(texts);

/** One package a line, so that a change of versions is read in the diff. */
function layOut(pins: Pins): string {
  const lines = pins.packages.map((found) => `    ${JSON.stringify(found)}`);
  const packages = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "resolved": ${JSON.stringify(pins.resolved)},\n  "python": ${JSON.stringify(pins.python)},\n  "packages": ${packages}\n}\n`;
}
