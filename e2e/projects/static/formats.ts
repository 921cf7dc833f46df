/** The formats that have tools of their own: which files are of them, what those tools find, and how one is broken. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { traefikFaults } from '../../support/traefik.ts';
import {
  attackFaults,
  caddyFaults,
  composeFaults,
  dockerfileFaults,
  type Faults,
  manifestFaults,
  prometheusFaults,
  updateFaults,
  workflowFaults,
} from '../../support/validators.ts';
import { chartFaults, helm, kustomize, type Manifests } from '../kubernetes/manifests.ts';
import { holdsTogether, isRestricted, letPrometheusIn } from '../kubernetes/rules.ts';
import type { Written } from './rendered.ts';

/** One mistake, in a file whose path ends so. */
export interface Mistake {
  readonly name: string;
  readonly file: string;
  readonly what: RegExp;
  readonly by: string;
}
export interface Format {
  readonly name: string;
  /** The tools, for docs/gates.md. */
  readonly readBy: string;
  readonly isOne: (path: string) => boolean;
  /** What a project has of them is read as one. */
  readonly together: boolean;
  /** What is found, with the paths of the files or folders in which it is; empty where that is nothing. */
  readonly faults: (groups: readonly Written[]) => Promise<string>;
  /** Each of them has to be found. */
  readonly mistakes: readonly Mistake[];
}

const below = (folder: string) => (path: string) => path.startsWith(folder) && !path.endsWith('.md');
const pathsOf = (groups: readonly Written[], isOne: (path: string) => boolean = () => true): string[] =>
  groups.flatMap(({ folder, files }) => files.filter(({ path }) => isOne(path)).map(({ path }) => join(folder, path)));
/** Every file is read by the tool, all of them at once. */
const each =
  (faults: Faults) =>
  (groups: readonly Written[]): Promise<string> =>
    faults(pathsOf(groups));

/** What is put together from groups: by Kubernetes' schemas, and by what is demanded of it here. */
async function manifestsFaults(
  groups: readonly Written[],
  putTogether: (folder: string) => Promise<Manifests>,
): Promise<string> {
  let found = '';
  const files: string[] = [];
  for (const { folder } of groups) {
    try {
      const manifests = await putTogether(folder);
      const file = join(folder, 'put-together.yaml');
      writeFileSync(file, manifests.text);
      files.push(file);
      isRestricted(manifests);
      holdsTogether(manifests);
      letPrometheusIn(manifests);
    } catch (error) {
      found += `${folder}: ${error instanceof Error ? error.message : String(error)}\n`;
    }
  }
  return found + (files.length > 0 ? await manifestFaults(files) : '');
}

export const FORMATS: readonly Format[] = [
  {
    name: 'compose files',
    readBy: 'the specification’s own schema',
    isOne: (path) => /(?:^|\/)compose(?:\.\w+)?\.yaml$/.test(path),
    together: false,
    faults: each(composeFaults),
    mistakes: [{ name: 'a word that is none', file: 'compose.production.yaml', what: /^services:/m, by: 'servises:' }],
  },
  {
    name: 'Dockerfiles',
    readBy: 'hadolint, down to style',
    isOne: (path) => path === 'Dockerfile',
    together: false,
    faults: each(dockerfileFaults),
    mistakes: [{ name: 'root', file: 'Dockerfile', what: /^USER .*$/m, by: 'USER root' }],
  },
  {
    name: 'workflows and updates',
    readBy: 'GitHub’s schemas, actionlint, zizmor',
    isOne: below('.github/'),
    together: true,
    faults: async (groups) => {
      const updates = (path: string): boolean => path.endsWith('dependabot.yml');
      const workflows = pathsOf(groups, (path) => !updates(path));
      return [
        await workflowFaults(workflows),
        await updateFaults(pathsOf(groups, updates)),
        await attackFaults(pathsOf(groups)),
      ].join('');
    },
    mistakes: [
      { name: 'a word that is none', file: 'check.yml', what: /runs-on:/, by: 'runs_on:' },
      { name: 'an expression of nothing', file: 'check.yml', what: /run: make lint/, by: 'run: make ${{ nothing }}' },
      { name: 'an action that can change', file: 'check.yml', what: /@[0-9a-f]{40}/, by: '@v4' },
      { name: 'an ecosystem that is none', file: 'dependabot.yml', what: /(package-ecosystem:).*/, by: '$1 nothing' },
    ],
  },
  {
    name: 'manifests of kustomize',
    readBy:
      'kustomize; then the schemas of Kubernetes, the restricted Pod Security Standard, and whether they hold together',
    isOne: below('deploy/kubernetes/'),
    together: true,
    faults: (groups) => manifestsFaults(groups, (folder) => kustomize(join(folder, 'deploy/kubernetes'))),
    mistakes: [
      { name: 'a file that is not there', file: 'kustomization.yaml', what: /processes\.yaml/, by: 'proceses.yaml' },
      { name: 'a word that is none', file: 'processes.yaml', what: /containerPort:/, by: 'containerPrt:' },
      {
        name: 'a root that can be written',
        file: 'processes.yaml',
        what: /(OnlyRootFilesystem:) true/,
        by: '$1 false',
      },
      { name: 'metrics at another port', file: 'network.yaml', what: /port: 9464/, by: 'port: 9999' },
      { name: 'a port of nobody', file: 'processes.yaml', what: /targetPort: http/, by: 'targetPort: htp' },
    ],
  },
  {
    name: 'charts of Helm',
    readBy: '`helm lint --strict` and `helm template`; then as those of kustomize',
    isOne: below('deploy/helm/'),
    together: true,
    faults: async (groups) => {
      const charts = groups.map(({ folder }) => join(folder, 'deploy/helm'));
      const built = await manifestsFaults(groups, (folder) => helm(join(folder, 'deploy/helm')));
      return built + (await chartFaults(charts));
    },
    mistakes: [
      { name: 'a template that does not end', file: 'processes.yaml', what: /\{\{- end \}\}/, by: '' },
      { name: 'a value that is refused', file: 'values.yaml', what: /IfNotPresent/, by: 'Sometimes' },
      { name: 'a word that is none', file: '_helpers.tpl', what: /containerPort:/, by: 'containerPrt:' },
      { name: 'a root that can be written', file: '_helpers.tpl', what: /(OnlyRootFilesystem:) true/, by: '$1 false' },
    ],
  },
  {
    name: 'files of Caddy',
    readBy: '`caddy validate`',
    isOne: (path) => path.endsWith('/Caddyfile'),
    together: false,
    faults: each(caddyFaults),
    mistakes: [{ name: 'a name that is none', file: 'Caddyfile', what: /respond @inside/, by: 'respond @outside' }],
  },
  {
    name: 'files of Traefik',
    readBy: 'Traefik itself',
    isOne: (path) => /^deploy\/ingress\/.*\.yaml$/.test(path),
    together: true,
    faults: (groups) => traefikFaults(groups.map(({ folder }) => join(folder, 'deploy/ingress'))),
    mistakes: [
      { name: 'a word that is none', file: 'traefik.yaml', what: /readTimeout:/, by: 'readTimout:' },
      { name: 'a middleware that is none', file: 'app.yaml', what: /rateLimit:/, by: 'rateLimits:' },
    ],
  },
  {
    name: 'files of Prometheus',
    readBy: '`promtool check config`, rules included',
    isOne: (path) => /^deploy\/observability\/(?:prometheus|rules)\.yml$/.test(path),
    together: true,
    faults: (groups) => prometheusFaults(pathsOf(groups, (path) => path.endsWith('prometheus.yml'))),
    mistakes: [
      { name: 'a word that is none', file: 'prometheus.yml', what: /scrape_interval:/, by: 'scrape_intervall:' },
      { name: 'an expression that does not end', file: 'rules.yml', what: /expr: /, by: 'expr: sum(' },
    ],
  },
];
