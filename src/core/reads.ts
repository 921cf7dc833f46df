/**
 * What templates read. A file is a function of what its template read and of nothing else, so that one whose reads
 * are as they were is the file that was made before. Noted are names two deep (`plan.setting`): whatever lies below
 * is one value, and a text, its print, stands for it.
 */
import type { Context } from './template.ts';
import { guarded } from './template.ts';

/** Something a template can ask for, made when it is asked for. */
export interface Readable {
  readonly value: () => unknown;
  /** Equal for equal values, whoever they came from included. */
  readonly print: () => string;
}

export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

export function readable(value: () => unknown, print: () => string): Readable {
  return { value: once(value), print: once(print) };
}

type Read = readonly [name: string, print: string];

/** The context of a module's templates, and what is read of it. */
export class Reads {
  readonly context: Context;
  readonly #parts: Readonly<Record<string, Readonly<Record<string, Readable>>>>;
  #noted = new Set<string>();

  /** @param names what a message calls a part, where that is not its key */
  constructor(
    parts: Readonly<Record<string, Readonly<Record<string, Readable>>>>,
    names: Readonly<Record<string, string>>,
  ) {
    this.#parts = parts;
    const inner = Object.entries(parts).map(([part, values]) => {
      const read = (key: string, found: unknown): unknown => {
        this.#noted.add(`${part}.${key}`);
        return (found as Readable).value();
      };
      return [part, guarded(values, names[part] ?? part, read)] as const;
    });
    this.context = guarded(Object.fromEntries(inner), 'a template');
  }

  /** Runs it, and tells what it read. */
  of<T>(run: () => T): { readonly made: T; readonly read: readonly Read[] } {
    this.#noted = new Set();
    const made = run();
    return { made, read: [...this.#noted].map((name) => [name, this.#printOf(name) ?? '']) };
  }

  /** Whether everything that was read then is the same now. */
  isAsThen(read: readonly Read[]): boolean {
    return read.every(([name, print]) => this.#printOf(name) === print);
  }

  #printOf(name: string): string | undefined {
    const at = name.indexOf('.');
    const part = this.#parts[name.slice(0, at)];
    const key = name.slice(at + 1);
    return part && Object.hasOwn(part, key) ? part[key]?.print() : undefined;
  }
}
