/** Waiting for a state, with an end: nothing is measured, a time only says when to give up. */
import { setTimeout as sleep } from 'node:timers/promises';

/** @throws when `done` was never true within the seconds given */
export async function waitFor(what: string, done: () => Promise<boolean> | boolean, seconds = 60): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await done())) {
    if (Date.now() > end) throw new Error(`gave up waiting for ${what}`);
    await sleep(50);
  }
}
