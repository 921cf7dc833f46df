/** What every running program has in common, however it was started. */
import { tail } from './shell.ts';
import { waitFor } from './wait.ts';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const running = new Set<Running>();
// A test run that is interrupted leaves no server behind.
process.once('exit', () => {
  for (const each of running) each.kill();
});

export abstract class Running {
  readonly ended: Promise<Ended>;
  protected readonly name: string;
  #end: Ended | undefined;
  #tell: (ended: Ended) => void = () => undefined;

  constructor(name: string) {
    this.name = name;
    this.ended = new Promise((resolve) => {
      this.#tell = resolve;
    });
    running.add(this);
  }

  /** All that was said so far, both streams. */
  abstract get output(): string;
  abstract get pid(): number;
  /** Ends it and all it started, at once. */
  abstract kill(): void;
  /** Signals the program alone. */
  protected abstract signal(signal: NodeJS.Signals): void;

  protected hasEnded(ended: Ended): void {
    this.#end = ended;
    running.delete(this);
    this.#tell(ended);
  }

  get isRunning(): boolean {
    return this.#end === undefined;
  }

  /** @throws with what the program said when it ends before it is ready */
  async ready(isReady: () => Promise<boolean> | boolean, seconds = 90): Promise<void> {
    try {
      await waitFor(
        `${this.name} to be ready`,
        async () => {
          if (this.#end)
            throw new Error(`${this.name} ended with ${this.#end.code ?? this.#end.signal} before it was ready`);
          return isReady();
        },
        seconds,
      );
    } catch (error) {
      this.#giveUp(error);
    }
  }

  /** Sends the signal to the program alone, as a process manager would, and waits for its end. */
  async stop(signal: NodeJS.Signals = 'SIGTERM', seconds = 30): Promise<Ended> {
    if (this.#end) return this.#end;
    this.signal(signal);
    try {
      await waitFor(`${this.name} to stop`, () => this.#end !== undefined, seconds);
    } catch (error) {
      this.#giveUp(error);
    }
    // What it started and did not take along.
    this.kill();
    return this.ended;
  }

  #giveUp(error: unknown): never {
    this.kill();
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${tail(this.output)}`);
  }
}
