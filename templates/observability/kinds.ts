/** The kinds of facts that observability lists: who exports metrics, what can be counted, and what can be traced. */
import { defineFact, type Fact } from '#core/facts.ts';
import type { PythonObject } from '../base/kinds.ts';
import { defineImports, defineListed } from '../base/kinds.ts';
import { metricsPort } from '../kubernetes/kinds.ts';

export type Observed = { readonly process: string; readonly after: string; readonly port: string };
export const observedProcess = defineFact<Observed>('observed', {
  title: 'Observed processes',
  key: (value) => value.process,
});
/**
 * A process that answers for its metrics on a port of its own.
 * @param after how many ports after the first one, which is OpenTelemetry's own for Prometheus
 */
export function observed(process: string, after: number): Fact[] {
  const port = String(9464 + after);
  return [observedProcess({ process, after: String(after), port }), metricsPort({ process, port })];
}

export type Measure = PythonObject & {
  /** The metric, as OpenTelemetry names it: `tasks`. */
  readonly metric: string;
  readonly summary: string;
  /** What tells the numbers apart, such as `state`. */
  readonly label: string;
  /** The attributes of what the function returns: each is one value of the label. */
  readonly fields: readonly string[];
  /** They only ever grow, as long as the process lives. */
  readonly grows: boolean;
};
/** The imports of the list of measures. */
export const measureImport = defineImports('measureImport');
export const measurePart = defineFact<Measure>('measure', { title: 'Metrics', key: (value) => value.metric });
/** An async function without arguments whose answer holds numbers; it is asked in the app's process at each export. */
export const measure = defineListed(measurePart, measureImport);

const ONE = { key: (): string => 'one' };
/** There is an SQLAlchemy engine whose statements can be traced. */
export const tracedEngine = defineFact<{ module: string }>('tracedEngine', ONE);
/** There is a Redis client whose commands can be traced. */
export const tracedClient = defineFact<{ module: string }>('tracedClient', ONE);
/** There are taskiq tasks that can be traced. */
export const tracedTasks = defineFact<{ module: string }>('tracedTasks', ONE);
/** One process at a time has the lead over others. */
export const tracedLead = defineFact<{ module: string }>('tracedLead', ONE);
/** There is a cache that counts what it is asked. */
export const countedCache = defineFact<{ module: string }>('countedCache', ONE);
/** There are jobs that can be traced. */
export const tracedJobs = defineFact<{ module: string }>('tracedJobs', ONE);
