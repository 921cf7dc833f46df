/** The kinds of facts that image, compose files and manifests list: what runs in production, and with what. */
import { defineFact, type Fact } from '#core/facts.ts';
import { type Setting, setting } from '../base/kinds.ts';

export type Process = {
  /** A DNS label: its service in compose, its Deployment or Job in a cluster. */
  readonly name: string;
  /** What runs in the image. */
  readonly command: readonly string[];
  /** It runs once, to its end, before all that run on. */
  readonly before?: boolean;
  /** The port it listens on, and the paths there that say whether it lives and is ready; empty where it has none. */
  readonly port?: string;
  readonly live?: string;
  readonly ready?: string;
  /** Where it has no port: a command that succeeds while it lives; empty where its end says it all. */
  readonly alive?: readonly string[];
  /** How long it may take from SIGTERM to its end, in seconds. */
  readonly grace: string;
  /** Several of them may run at once. */
  readonly many?: boolean;
};
/** A process of the project, run from its one image. */
export const process = defineFact<Process>('process', {
  title: 'Processes',
  key: (value) => value.name,
  defaults: { before: false, port: '', live: '', ready: '', alive: [], many: true },
});

/** A server of a foreign image that production needs; its data outlives it, and its root is read-only. */
export type Server = {
  /** Also the name by which the project's processes reach it. */
  readonly name: string;
  readonly image: string;
  /** Whom it runs as in that image. */
  readonly user: string;
  /** The setting whose file in /run/secrets is its password. */
  readonly secret: string;
  /** Lines of a YAML mapping; those and the rest as compose reads them, with a `$` of their own doubled. */
  readonly environment: readonly string[];
  readonly command?: readonly string[];
  /** `name:path`; the names are declared with the server. */
  readonly volumes: readonly string[];
  readonly volumeNames: readonly string[];
  /** Folders beside its data that it writes to. */
  readonly scratch: readonly string[];
  /** A shell command that succeeds once the server answers. */
  readonly health: string;
  /** How long it may take to put its data away, in seconds. */
  readonly grace: string;
};
export const server = defineFact<Server>('server', { key: (value) => value.name, defaults: { command: [] } });

/** A folder of the project in which its processes keep data. */
export const storage = defineFact<{ name: string; path: string }>('storage', { key: (value) => value.name });

/** A secret that is handed over as a file; `bytes` fresh ones, or empty where somebody else gives it. */
export const secretFile = defineFact<{ name: string; bytes: string }>('secret', { key: (value) => value.name });
/** A setting that is nobody's business. */
export function secret(value: Setting): Fact[] {
  return [setting({ ...value, hidden: true }), secretFile({ name: value.name, bytes: value.secret ?? '' })];
}
