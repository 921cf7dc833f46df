/** The kinds of facts that the manifests list, beside processes and settings: foreign servers, and what lies outside. */
import { defineFact } from '#core/facts.ts';

/** A foreign server, as a cluster runs it. */
export type Server = {
  /** Its host name in the cluster. */
  readonly name: string;
  readonly image: string;
  readonly port: string;
  /** The number of the user in its image that owns its files. */
  readonly user: string;
  /** What it runs, where that is not what the image says. */
  readonly command?: readonly string[];
  /** Entries of a container's `env`, in YAML's short form; no secrets. */
  readonly environment?: readonly string[];
  /** The variable that it takes its password from, and the secret setting that holds it. */
  readonly password: string;
  readonly secret: string;
  /** Where it keeps its files, and how much room they get; without room they last as long as the pod. */
  readonly folder: string;
  readonly room?: string;
  /** Other folders that it writes to, from the root. */
  readonly writes?: readonly string[];
  /** A shell command that succeeds once it answers. */
  readonly check: string;
};
export const clusterServer = defineFact<Server>('clusterServer', {
  key: (value) => value.name,
  defaults: { command: [], environment: [], room: '', writes: ['tmp'] },
});

/** Whether all processes run in one pod, beside a volume that only one machine can hold. */
export const placement = defineFact<{ together: boolean }>('placement', {
  key: () => 'pods',
  merge: (a, b) => ({ together: a.together || b.together }),
});

/** Where a process tells its metrics, if it tells any. */
export const metricsPort = defineFact<{ process: string; port: string }>('metricsPort', {
  key: (value) => value.process,
});

/** Prometheus fetches them there. */
export const fetched = defineFact<{ metrics: string }>('fetched', { key: () => 'metrics' });

/** A port of the world outside that processes call. */
export const outbound = defineFact<{ port: string; because: string }>('outbound', {
  key: (value) => value.port,
  merge: (a, b) => ({ port: a.port, because: `${a.because}; ${b.because}` }),
});
