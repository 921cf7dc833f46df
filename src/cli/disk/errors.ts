/** What the disk says, in a sentence. */
import { diskFault } from '#words/cli.ts';
import { Refused, refuse } from '../outcome.ts';
import { shown } from '../terminal.ts';

/** Runs `work`; a fault of the disk becomes a refusal that names the path. */
export function onDisk<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refused) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === '') throw error;
    return refuse('disk', diskFault(code, shown(path)));
  }
}
