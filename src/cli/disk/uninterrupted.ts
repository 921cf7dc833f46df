/** Lets a short piece of writing come to its end. */

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Ctrl-C would end the process amid synchronous writing and leave half of it behind. With a listener the
 * signal waits, and what it would have stopped is whole by then.
 */
export function uninterrupted<T>(work: () => T): T {
  const wait = (): void => undefined;
  for (const signal of SIGNALS) process.on(signal, wait);
  try {
    return work();
  } finally {
    for (const signal of SIGNALS) process.off(signal, wait);
  }
}
