/** What the project's own tools say of its code. */
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { ensureProgram } from '../../support/system.ts';
import type { Subject } from '../subject.ts';

interface Structure {
  readonly unused_main: string[];
  readonly unused_dev: string[];
  readonly undeclared_main: string[];
  readonly undeclared_dev: string[];
  readonly unreached: string[];
}
/** Distributions that are needed without being imported, and why. */
const NOT_IMPORTED: Readonly<Record<string, string>> = {
  websockets: 'uvicorn speaks WebSocket with it',
  'python-multipart': 'FastAPI reads forms with it',
  aiosqlite: 'SQLAlchemy takes it by the address of the database',
  asyncpg: 'SQLAlchemy takes it by the address of the database',
};
const DEV_TOOLS: Readonly<Record<string, string>> = {
  anyio: 'a plugin of pytest',
  mypy: 'a program',
  ruff: 'a program',
  'pytest-cov': 'a plugin of pytest',
};

export function codeGate(subject: Subject): void {
  test('ruff finds nothing', async () => {
    const ran = await subject.project.run('ruff', ['check', '--output-format', 'concise', '.']);
    expect(ran.code, ran.output).toBe(0);
  });

  test('ruff would format nothing', async () => {
    const ran = await subject.project.run('ruff', ['format', '--check', '--diff', '.']);
    expect(ran.code, ran.output).toBe(0);
  });

  test('mypy --strict finds nothing, by the project’s own command', async () => {
    await ensureProgram('make', 'make');
    const { tool } = parse(subject.project.read('pyproject.toml')) as { tool: { mypy: Record<string, unknown> } };
    expect(tool.mypy).toMatchObject({ strict: true, files: ['.'] });
    const ran = await subject.project.run('make', ['types']);
    expect(ran.code, ran.output).toBe(0);
    expect(ran.output).toContain('no issues found');
  });

  test('every module is imported without a warning', async () => {
    // Compiled anew: what is wrong with a text is said only then.
    const env = { PYTHONPYCACHEPREFIX: join(subject.project.besides, 'compiled'), PYTHONDONTWRITEBYTECODE: '1' };
    const modules = await subject.project.probe<string[]>('imports', { env });
    expect(modules.length).toBeGreaterThan(10);
  });

  test('every direct dependency is used, and whatever is used is one', async () => {
    const found = await subject.project.probe<Structure>('structure');
    expect(found.unused_main.filter((name) => !(name in NOT_IMPORTED))).toEqual([]);
    expect(found.unused_dev.filter((name) => !(name in DEV_TOOLS))).toEqual([]);
    expect({ main: found.undeclared_main, dev: found.undeclared_dev }).toEqual({ main: [], dev: [] });
  });

  test('every module is reached from the program, the migrations or the tests', async () => {
    expect((await subject.project.probe<Structure>('structure')).unreached).toEqual([]);
  });
}
