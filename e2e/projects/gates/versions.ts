/** What `uv sync` installs is what was tested. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { ROOT, temporaryFolder } from '../../support/paths.ts';
import type { Project } from '../project.ts';
import type { Subject } from '../subject.ts';

interface PinnedPackage {
  readonly name: string;
  readonly version: string;
}
const pins = JSON.parse(readFileSync(join(ROOT, 'templates', 'pins.json'), 'utf8')) as { packages: PinnedPackage[] };
const pinned = new Set(pins.packages.map(({ name, version }) => `${name}==${version}`));

const byName = (a: string, b: string): number => (a < b ? -1 : 1);

export function versionsGate(subject: Subject): void {
  test('installs the pinned versions and no others', async () => {
    const { stdout } = await subject.project.must('uv', ['pip', 'freeze', '--exclude-editable']);
    const installed = stdout.split('\n').filter((line) => line.includes('=='));
    expect(installed.length).toBeGreaterThan(20);
    expect(installed.filter((requirement) => !pinned.has(requirement))).toEqual([]);
  });

  test('would on every other system, too, and pins nothing it does not reach', () => {
    const lock = parse(subject.project.read('uv.lock')) as unknown as {
      package: (PinnedPackage & { source: Record<string, string> })[];
    };
    const locked = lock.package
      .filter(({ source }) => 'registry' in source)
      .map(({ name, version }) => `${name}==${version}`);
    expect(locked.filter((requirement) => !pinned.has(requirement))).toEqual([]);
    const constraints = constraintsOf(subject.project).map((text) => text.split(';')[0]?.trim() ?? '');
    expect(constraints.sort(byName)).toEqual([...new Set(locked)].sort(byName));
  });

  test('holds a version that is not the newest', async () => {
    // Were the constraints not heeded, today's newest versions would look the same.
    const folder = join(temporaryFolder('held'), 'project');
    mkdirSync(folder);
    const text = subject.project.read('pyproject.toml');
    const older = text.replace(/"certifi==[^"]+"/, '"certifi==2024.8.30"');
    expect(older).not.toBe(text);
    writeFileSync(join(folder, 'pyproject.toml'), older.replace(/readme = .*\n/, ''));
    await subject.project.must('uv', ['lock', '--directory', folder], { cwd: folder });
    expect(readFileSync(join(folder, 'uv.lock'), 'utf8')).toMatch(/name = "certifi"\nversion = "2024\.8\.30"/);
  });

  test('names no registry', () => {
    const texts = [subject.project.read('pyproject.toml'), readFileSync(join(ROOT, 'templates', 'pins.json'), 'utf8')];
    for (const text of texts) expect(text).not.toMatch(/https?:\/\/|index-url|extra-index/);
    expect(subject.project.files).not.toContain('uv.lock');
  });
}

function constraintsOf(project: Project): string[] {
  const pyproject = parse(project.read('pyproject.toml')) as { tool: { uv: { 'constraint-dependencies': string[] } } };
  return pyproject.tool.uv['constraint-dependencies'];
}
