/** One at a time, across processes: what several parts of a run would otherwise make at the same moment. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './paths.ts';
import { waitFor } from './wait.ts';

/** Waits until nobody else is at work under this name, then works. */
export async function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  const lock = join(cacheFolder('turns'), name);
  await waitFor(`${name}, which another process is making`, () => take(lock), 900);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock: string): boolean {
  try {
    writeFileSync(lock, `${process.pid}`, { flag: 'wx' });
    return true;
  } catch {
    // A process that was killed left its lock behind; the next look takes it.
    if (!isAlive(lock)) rmSync(lock, { force: true });
    return false;
  }
}

function isAlive(lock: string): boolean {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    // Its number is written right after the file is made.
    if (pid > 0) process.kill(pid, 0);
    return true;
  } catch (error) {
    // A file that is gone by now was given back in good order.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
