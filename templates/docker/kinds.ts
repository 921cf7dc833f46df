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

/** A folder of the project in which its processes keep data. */
export const storage = defineFact<{ name: string; path: string }>('storage', { key: (value) => value.name });

/** A secret that is handed over as a file; `bytes` fresh ones, or empty where somebody else gives it. */
export const secretFile = defineFact<{ name: string; bytes: string }>('secret', { key: (value) => value.name });
/** A setting that is nobody's business. */
export function secret(value: Setting): Fact[] {
  return [setting({ ...value, hidden: true }), secretFile({ name: value.name, bytes: value.secret ?? '' })];
}
