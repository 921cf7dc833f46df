/** What the property tests decide by: random bytes, which fast-check makes and shrinks. */
import fc from 'fast-check';

/** Random bytes to decide by. fast-check makes and shrinks them; where they end, everything is no. */
export class Draw {
  readonly #bytes: Uint8Array;
  #at = 0;
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** A whole number from 0; `count` is at most 256. */
  below(count: number): number {
    const byte = this.#bytes[this.#at] ?? 0;
    this.#at += 1;
    return (byte * Math.max(1, count)) >> 8;
  }
}

export function drawn<T>(make: (draw: Draw) => T): fc.Arbitrary<T> {
  // Four bytes at a time, which fast-check makes four times as quickly.
  const size = { minLength: 125, maxLength: 125, size: 'max' } as const;
  return fc.uint32Array(size).map(({ buffer }) => make(new Draw(new Uint8Array(buffer))));
}

/** Shrinks towards no. */
export const chance = (draw: Draw, percent: number): boolean => draw.below(100) >= 100 - percent;
export const below = (draw: Draw, count: number): number => draw.below(count);
export function pick<T>(draw: Draw, items: readonly T[]): T | undefined {
  return items[below(draw, items.length)];
}
export function some<T>(draw: Draw, items: readonly T[], percent = 50): T[] {
  return items.filter(() => chance(draw, percent));
}
