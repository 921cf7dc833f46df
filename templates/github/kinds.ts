/** The kind of facts that the workflows list: servers beside the tests, and the image. */
import { defineFact } from '#core/facts.ts';

export type WorkflowService = {
  readonly name: string;
  readonly image: string;
  readonly port: string;
  /** Lines of a YAML mapping. */
  readonly environment: readonly string[];
  /** A command in the container that succeeds once the server answers. */
  readonly health: string;
  /** The variable by which the project's tests find it, and what it is there. */
  readonly variable: string;
  readonly url: string;
};
/** A server that the project's tests use when they run in a workflow. */
export const workflowService = defineFact<WorkflowService>('workflowService', { key: (value) => value.name });

/** The project's image: built from the Dockerfile at its root, and scanned under this name. */
export const workflowImage = defineFact<{ name: string }>('workflowImage', { key: (value) => value.name });
