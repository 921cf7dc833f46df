/** The kinds of facts that the scheduler lists. */
import { defineFact } from '#core/facts.ts';
import { defineImports, defineListed, type PythonObject } from '../base/kinds.ts';

/** The imports of the scheduler's process. */
export const jobImport = defineImports('jobImport');
export const jobContextPart = defineFact<PythonObject>('jobContext', { key: () => 'job' });
/** A context manager around each run, given the name of the job; there can be one. */
export const jobContext = defineListed(jobContextPart, jobImport);
/** The imports of what is done with the lead. */
export const leadImport = defineImports('leadImport');
export const leadContextPart = defineFact<PythonObject>('leadContext', { key: () => 'lead' });
/** A context manager that lasts as long as this process has the lead; there can be one. */
export const leadContext = defineListed(leadContextPart, leadImport);
