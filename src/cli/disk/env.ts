/** A `.env` that is there is kept; this says what the new project would have had in it besides. */

export interface Kept {
  readonly path: string;
  /** Names of settings the kept file does not have. */
  readonly lacking: readonly string[];
}

/** What became of the files that were in the folder. */
export interface Written {
  readonly kept: readonly Kept[];
  /** Of an earlier project: gone, as nobody had changed them. */
  readonly removed: readonly string[];
  /** Of an earlier project: kept, as somebody had. */
  readonly left: readonly string[];
}

export function lackingIn(kept: string, fresh: string): string[] {
  const there = new Set(settings(kept));
  return settings(fresh).filter((name) => !there.has(name));
}

function settings(text: string): string[] {
  return [...text.matchAll(/^(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=/gm)].map(([, name = '']) => name);
}
