/** A program that runs until it is stopped, with all it says kept. */
import { type ChildProcess, spawn } from 'node:child_process';
import { Running } from './running.ts';
import { environment, killGroup } from './shell.ts';

export interface ServiceOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly user?: { readonly uid: number; readonly gid: number };
}

export class Service extends Running {
  readonly #child: ChildProcess;
  #output = '';

  constructor(command: string, args: readonly string[], options: ServiceOptions = {}) {
    super(`${command} ${args.join(' ')}`);
    this.#child = spawn(command, args, {
      env: environment(options.env),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...options.user,
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        this.#output += chunk;
      });
    }
    this.#child.on('error', (error) => {
      this.#output += error.message;
      this.hasEnded({ code: 127, signal: null });
    });
    this.#child.on('close', (code, signal) => this.hasEnded({ code, signal }));
  }

  get output(): string {
    return this.#output;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  protected signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  kill(): void {
    killGroup(this.#child.pid, 'SIGKILL');
  }
}
