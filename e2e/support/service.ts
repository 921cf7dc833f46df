/** A program that runs until it is stopped, with all it says kept. */
import { type ChildProcess, spawn } from 'node:child_process';
import { environment, killGroup, tail } from './shell.ts';
import { waitFor } from './wait.ts';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}
export interface ServiceOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly user?: { readonly uid: number; readonly gid: number };
}

const running = new Set<Service>();
// A test run that is interrupted leaves no server behind.
process.once('exit', () => {
  for (const service of running) service.kill();
});

export class Service {
  readonly #child: ChildProcess;
  readonly #name: string;
  #output = '';
  readonly ended: Promise<Ended>;
  #end: Ended | undefined;

  constructor(command: string, args: readonly string[], options: ServiceOptions = {}) {
    this.#name = `${command} ${args.join(' ')}`;
    this.#child = spawn(command, args, {
      env: environment(options.env),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...options.user,
    });
    running.add(this);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        this.#output += chunk;
      });
    }
    this.ended = new Promise((resolve) => {
      const end = (ended: Ended): void => {
        this.#end = ended;
        running.delete(this);
        resolve(ended);
      };
      this.#child.on('error', (error) => {
        this.#output += error.message;
        end({ code: 127, signal: null });
      });
      this.#child.on('close', (code, signal) => end({ code, signal }));
    });
  }

  /** All that was said so far, both streams. */
  get output(): string {
    return this.#output;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.#end === undefined;
  }

  /** @throws with what the program said when it ends before it is ready */
  async ready(isReady: () => Promise<boolean> | boolean, seconds = 90): Promise<void> {
    try {
      await waitFor(
        `${this.#name} to be ready`,
        async () => {
          if (this.#end)
            throw new Error(`${this.#name} ended with ${this.#end.code ?? this.#end.signal} before it was ready`);
          return isReady();
        },
        seconds,
      );
    } catch (error) {
      this.kill();
      throw new Error(`${error instanceof Error ? error.message : String(error)}\n${tail(this.#output)}`);
    }
  }

  /** Sends the signal to the program alone, as a process manager would, and waits for its end. */
  async stop(signal: NodeJS.Signals = 'SIGTERM', seconds = 30): Promise<Ended> {
    if (this.#end) return this.#end;
    this.#child.kill(signal);
    try {
      await waitFor(`${this.#name} to stop`, () => this.#end !== undefined, seconds);
    } catch (error) {
      this.kill();
      throw new Error(`${error instanceof Error ? error.message : String(error)}\n${tail(this.#output)}`);
    }
    // What it started and did not take along.
    this.kill();
    return this.ended;
  }

  kill(): void {
    killGroup(this.#child.pid, 'SIGKILL');
  }
}
