/** Reads what is remembered of chained facts. Apart from `plan.ts`, for the page reads it before anything is planned. */
import type { History } from './plan.ts';

/** From anywhere: keys that nobody could have written are left aside with all of their kind. */
export function readHistory(value: unknown): History | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string[]] => entry[0] !== '__proto__' && areKeys(entry[1])),
  );
}

const areKeys = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((key) => typeof key === 'string' && /^[\w.-]{1,100}$/.test(key));
