/** Runs a program to its end and keeps all it said. */
import { spawn } from 'node:child_process';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams in the order they came, for messages. */
  readonly output: string;
}
export interface RunOptions {
  readonly cwd?: string;
  /** Added to this process's environment; `undefined` takes a name out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
  /** A program that hangs is killed, so that a run ends. */
  readonly seconds?: number;
  readonly user?: { readonly uid: number; readonly gid: number };
}

/** This process's environment with changes, and nothing that belongs to an outer Python environment. */
export function environment(changes: Readonly<Record<string, string | undefined>> = {}): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    VIRTUAL_ENV: undefined,
    PYTHONPATH: undefined,
    PYTHONHOME: undefined,
    // Libraries are compiled once and not at every start, which is most of what a start costs.
    PYTHONDONTWRITEBYTECODE: undefined,
    ...changes,
  };
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
}

/** Never rejects: a program that cannot be started has code 127. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env: environment(options.env),
      stdio: ['pipe', 'pipe', 'pipe'],
      // Its own group, so that what it started ends with it.
      detached: true,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...options.user,
    });
    const said = { stdout: '', stderr: '', output: '' };
    const take = (stream: 'stdout' | 'stderr') => (chunk: string) => {
      said[stream] += chunk;
      said.output += chunk;
    };
    child.stdout.setEncoding('utf8').on('data', take('stdout'));
    child.stderr.setEncoding('utf8').on('data', take('stderr'));
    const timer = setTimeout(
      () => {
        said.output += `\n(killed after ${options.seconds ?? 900} s)\n`;
        killGroup(child.pid, 'SIGKILL');
      },
      (options.seconds ?? 900) * 1000,
    );
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ ...said, code: 127, output: `${said.output}${error.message}` });
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ ...said, code: code ?? (signal === null ? 1 : 128) });
    });
    // A program that does not read its input closes the pipe under us; its exit code tells the rest.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}

/** Like {@link run}, but anything but exit code 0 throws with everything that was said. */
export async function must(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const ran = await run(command, args, options);
  if (ran.code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${ran.code}:\n${tail(ran.output)}`);
  return ran;
}

/** The end of a long text, where the reason stands. */
export function tail(text: string, characters = 6000): string {
  return text.length > characters ? `…${text.slice(-characters)}` : text;
}

/** Signals a process and all it started. */
export function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Already gone.
  }
}
