/** The project's own tests, with its own command, and what they cover. */
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/paths.ts';
import { ensureProgram } from '../../support/system.ts';
import type { Subject } from '../subject.ts';

interface Coverage {
  readonly meta: { readonly branch_coverage: boolean };
  readonly totals: { readonly percent_covered: number; readonly num_branches: number };
}

/** @param server `given`: by TEST_DATABASE_URL; `own`: the project starts the system's own programs */
export function ownTestsGate(subject: Subject, server: 'given' | 'own' = 'own'): void {
  test('its own tests pass, with 90 % of the branches covered', async () => {
    await ensureProgram('make', 'make');
    const database = server === 'given' ? await subject.database() : undefined;
    const redis = server === 'given' && subject.combination.redis ? await subject.redis.database() : undefined;
    const env = { TEST_DATABASE_URL: database?.url, TEST_REDIS_URL: redis };
    const ran = await subject.project.run('make', ['test'], { env, seconds: 800 });
    expect(ran.code, ran.output.slice(-8000)).toBe(0);
    const passed = Number(/(\d+) passed/.exec(ran.output)?.[1] ?? 0);
    expect(passed, ran.output).toBeGreaterThan(10);
    expect(ran.output).not.toMatch(/\d+ (?:skipped|xfailed|failed|error)/);
    await subject.project.must('coverage', ['json', '-o', '.coverage.json', '--fail-under=0', '-q']);
    const coverage = JSON.parse(subject.project.read('.coverage.json')) as Coverage;
    console.info(
      `${subject.combination.name}: ${passed} tests, ${coverage.totals.percent_covered.toFixed(1)} % of lines and branches`,
    );
    expect(coverage.meta.branch_coverage).toBe(true);
    expect(coverage.totals.percent_covered).toBeGreaterThanOrEqual(90);
  });
}

/** `make upgrade` on a copy: it lets go of the pins, resolves anew and runs the tests. */
export function upgradeGate(subject: Subject): void {
  test('make upgrade lets go of the pins, and keeps what passes the tests', async () => {
    const copy = join(temporaryFolder('upgrade'), 'project');
    cpSync(subject.project.folder, copy, { recursive: true, filter: (path) => !/\/(?:\.venv|uv\.lock)$/.test(path) });
    await subject.project.must('make', ['upgrade'], { cwd: copy, seconds: 800 });
    const pyproject = readFileSync(join(copy, 'pyproject.toml'), 'utf8');
    expect(pyproject).not.toMatch(/"idna==/);
    expect(readFileSync(join(copy, 'uv.lock'), 'utf8')).toContain('name = "fastapi"');
    rmSync(copy, { recursive: true, force: true });
  });
}
