/** A project's programs, started from a process that has the libraries imported already: `python/forks.py` says how. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Running } from './running.ts';
import { environment, killGroup, type Ran, type RunOptions } from './shell.ts';

interface Said {
  readonly ready?: true;
  readonly id?: string;
  readonly pid?: number;
  readonly code?: number;
}

export class Forks {
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #forked = new Map<string, Forked>();
  #said = '';
  #count = 0;

  private constructor(python: string, script: string, where: RunOptions, folder: string) {
    this.#folder = folder;
    this.#child = spawn(python, [script], {
      ...(where.cwd === undefined ? {} : { cwd: where.cwd }),
      env: environment(where.env),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  }

  /**
   * @param python the project's own
   * @param where the project's folder, which every program runs in, and its environment
   * @param besides a folder for what the programs say
   */
  static async start(python: string, script: string, where: RunOptions, besides: string): Promise<Forks> {
    const forks = new Forks(python, script, where, mkdtempSync(join(besides, 'forks-')));
    const { stdout, stderr } = forks.#child;
    if (!stdout || !stderr) throw new Error('no pipes');
    stderr.setEncoding('utf8').on('data', (chunk: string) => {
      forks.#said += chunk;
    });
    const lines = createInterface({ input: stdout });
    const first = await Promise.race([once(lines, 'line'), once(forks.#child, 'close')]);
    if (!(typeof first[0] === 'string' && (JSON.parse(first[0]) as Said).ready))
      throw new Error(`${script} did not start: ${forks.#said}`);
    lines.on('line', (line) => {
      const said = JSON.parse(line) as Said;
      forks.#forked.get(said.id ?? '')?.hear(said);
    });
    forks.#child.on('close', () => {
      for (const each of forks.#forked.values()) each.orphaned(forks.#said);
    });
    return forks;
  }

  /** Starts a program; its path is a Python script's. */
  open(program: string, args: readonly string[], options: RunOptions = {}): Forked {
    this.#count += 1;
    const id = String(this.#count);
    const [stdin, stdout, stderr] = ['in', 'out', 'err'].map((name) => join(this.#folder, `${id}.${name}`)) as [
      string,
      string,
      string,
    ];
    for (const [path, text] of [
      [stdin, options.input ?? ''],
      [stdout, ''],
      [stderr, ''],
    ] as const)
      writeFileSync(path, text);
    const forked = new Forked(`${program} ${args.join(' ')}`, stdout, stderr);
    this.#forked.set(id, forked);
    const asked = { id, program, args, env: environment(options.env), stdin, stdout, stderr };
    this.#child.stdin?.write(`${JSON.stringify(asked)}\n`);
    return forked;
  }

  /** Runs a program to its end. */
  async run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
    const forked = this.open(program, args, options);
    const timer = setTimeout(() => forked.kill(), (options.seconds ?? 900) * 1000);
    const { code } = await forked.ended;
    clearTimeout(timer);
    return { ...forked.streams, output: forked.output, code: code ?? 128 };
  }

  /** All that is still running ends with it. */
  async stop(): Promise<void> {
    for (const each of this.#forked.values()) if (each.isRunning) each.kill();
    this.#child.stdin?.end();
    if (this.#child.exitCode === null) await once(this.#child, 'close');
  }
}

export class Forked extends Running {
  readonly #stdout: string;
  readonly #stderr: string;
  #pid = 0;
  #kept: { stdout: string; stderr: string } | undefined;
  #killed = false;

  constructor(name: string, stdout: string, stderr: string) {
    super(name);
    this.#stdout = stdout;
    this.#stderr = stderr;
  }

  hear({ pid, code }: Said): void {
    if (pid !== undefined) this.#pid = pid;
    if (pid !== undefined && this.#killed) this.kill();
    if (code === undefined) return;
    this.#kept = this.streams;
    const [name] = Object.entries(constants.signals).find(([, number]) => number === -code) ?? [];
    this.hasEnded(code < 0 ? { code: null, signal: name as NodeJS.Signals } : { code, signal: null });
  }

  /** Whoever started it is gone, and it with it. */
  orphaned(why: string): void {
    if (!this.isRunning) return;
    const { stdout, stderr } = this.streams;
    this.#kept = { stdout, stderr: `${stderr}\n${why}` };
    this.hasEnded({ code: 127, signal: null });
  }

  get streams(): { stdout: string; stderr: string } {
    const read = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');
    return this.#kept ?? { stdout: read(this.#stdout), stderr: read(this.#stderr) };
  }

  get output(): string {
    const { stdout, stderr } = this.streams;
    return stdout + stderr;
  }

  get pid(): number {
    return this.#pid;
  }

  protected signal(signal: NodeJS.Signals): void {
    if (this.#pid > 0) process.kill(this.#pid, signal);
  }

  kill(): void {
    this.#killed = true;
    if (this.#pid > 0 && this.isRunning) killGroup(this.#pid, 'SIGKILL');
  }
}
