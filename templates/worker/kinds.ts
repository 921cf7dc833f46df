/** The kind of facts that the queue lists. */
import { defineFact } from '#core/facts.ts';
import { defineImports, defineListed, type PythonObject } from '../base/kinds.ts';

/** The imports of the queue's setup. */
export const taskImport = defineImports('taskImport');
export const taskMiddlewarePart = defineFact<PythonObject>('taskMiddleware', { key: (value) => value.name });
/** A middleware of taskiq, made without arguments; it comes before the one that tries again. */
export const taskMiddleware = defineListed(taskMiddlewarePart, taskImport);
