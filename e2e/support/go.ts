/** Programs written in Go, built once from their source. */
import { createHash } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './paths.ts';
import { must } from './shell.ts';
import { ensureProgram } from './system.ts';
import { inTurn } from './turn.ts';

/**
 * The path of a program; kept below `.cache` and built anew when another version is asked for.
 * @param source what `go install` takes, with its version
 */
export function goTool(program: string, source: string): Promise<string> {
  return inTurn(`go-${program}`, () => build(program, source));
}

async function build(program: string, source: string): Promise<string> {
  const folder = join(cacheFolder('tools'), `go-${program}`);
  const built = join(folder, 'bin', program);
  const mark = join(folder, createHash('sha256').update(source).digest('hex').slice(0, 16));
  if (existsSync(mark)) return built;
  rmSync(folder, { recursive: true, force: true });
  await ensureProgram('go', 'golang-go');
  await must('go', ['install', source], { env: { GOBIN: join(folder, 'bin'), GOFLAGS: '-trimpath' } });
  writeFileSync(mark, '');
  return built;
}
