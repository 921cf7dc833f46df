/** Runs a search beside what the page has to do: a slice at a time, and none that is out of date. */
import { useEffect, useState } from 'react';
import type { FileTree } from '#core/tree.ts';
import { type Found, searching } from './search.ts';

/** Half a frame; typing and drawing get the rest. */
const SLICE_MS = 8;

export interface Searched extends Found {
  readonly query: string;
}

/** What was found last, while the next is looked for; nothing without a query. */
export function useSearch(tree: FileTree, query: string, matchesCase: boolean): Searched | undefined {
  const [found, setFound] = useState<Searched>();
  useEffect(() => {
    if (query === '') {
      setFound(undefined);
      return;
    }
    const search = searching(tree, query, matchesCase);
    const slice = (): void => {
      const until = performance.now() + SLICE_MS;
      for (let step = search.next(); ; step = search.next()) {
        if (step.done) {
          setFound({ ...step.value, query });
          return;
        }
        if (performance.now() > until) break;
      }
      waiting = setTimeout(slice);
    };
    let waiting = setTimeout(slice);
    return () => clearTimeout(waiting);
  }, [tree, query, matchesCase]);
  return query === '' ? undefined : found;
}
