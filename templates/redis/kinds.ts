/** The kind of fact that the client listens to. */
import { defineFact } from '#core/facts.ts';
import type { PythonObject } from '../base/kinds.ts';

/** A subclass of the asynchronous client that is made in its stead; there can be one. */
export const redisClient = defineFact<PythonObject>('redisClient', { key: () => 'client' });
