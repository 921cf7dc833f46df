/** Makes a thing end with what it was made for. */
export type Keep = <M>(made: M, end: (made: M) => unknown) => M;

/** Does the work; what it kept is ended after it, the last first, also where it fails. */
export async function withEnds<T>(work: (keep: Keep) => Promise<T>): Promise<T> {
  const ends: (() => unknown)[] = [];
  try {
    return await work((made, end) => {
      ends.push(() => end(made));
      return made;
    });
  } finally {
    for (const end of ends.reverse()) await end();
  }
}
