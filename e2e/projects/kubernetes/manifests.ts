/** What a cluster would be given: the objects of a project's manifests, and what can be asked of them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { goTool } from '../../support/go.ts';
import { must, run } from '../../support/shell.ts';
import { type Faults, faultsBy } from '../../support/validators.ts';

export type Labels = Readonly<Record<string, string>>;
export interface Probe {
  readonly httpGet?: { readonly path: string; readonly port: string };
  readonly tcpSocket?: { readonly port: string };
  readonly exec?: { readonly command: readonly string[] };
}
export interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly secretKeyRef?: { readonly name: string; readonly key: string; readonly optional?: boolean };
  };
}
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly env?: readonly Variable[];
  readonly envFrom?: readonly { readonly configMapRef?: { readonly name: string } }[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly resources: Readonly<Record<'requests' | 'limits', Readonly<Record<string, string>>>>;
  readonly securityContext: {
    readonly allowPrivilegeEscalation: boolean;
    readonly readOnlyRootFilesystem: boolean;
    readonly privileged?: boolean;
    readonly capabilities: { readonly drop: readonly string[]; readonly add?: readonly string[] };
  };
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string; readonly subPath?: string }[];
}
export interface Volume {
  readonly name: string;
  readonly emptyDir?: object;
  readonly persistentVolumeClaim?: { readonly claimName: string };
}
export interface Pod {
  readonly serviceAccountName: string;
  readonly automountServiceAccountToken: boolean;
  readonly terminationGracePeriodSeconds: number;
  readonly restartPolicy?: string;
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly securityContext: {
    readonly runAsNonRoot: boolean;
    readonly runAsUser: number;
    readonly seccompProfile: { readonly type: string };
  };
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
  readonly volumes: readonly Volume[];
}
export interface Selector {
  readonly matchLabels?: Labels;
}
export interface Peer {
  /** Whoever has one lies elsewhere in the cluster. */
  readonly namespaceSelector?: Selector;
  readonly podSelector?: Selector;
}
export interface Thing {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Labels; readonly annotations?: Labels };
  readonly automountServiceAccountToken?: boolean;
  readonly data?: Readonly<Record<string, string>>;
  readonly spec: {
    readonly replicas?: number;
    readonly strategy?: { readonly type: string };
    readonly minReplicas?: number;
    readonly maxReplicas?: number;
    /** A service's is labels alone. */
    readonly selector?: Selector & Labels;
    readonly podSelector?: Selector;
    readonly policyTypes?: readonly string[];
    readonly ingress?: readonly { readonly from?: readonly Peer[]; readonly ports: readonly { port: number }[] }[];
    readonly egress?: readonly { readonly to?: readonly Peer[]; readonly ports: readonly { port: number }[] }[];
    readonly scaleTargetRef?: { readonly kind: string; readonly name: string };
    readonly template?: { readonly metadata: { readonly labels: Labels }; readonly spec: Pod };
    readonly ports?: readonly { readonly port: number; readonly targetPort: string }[];
    readonly volumeClaimTemplates?: readonly { readonly metadata: { readonly name: string } }[];
  };
}

/** Some manifests as one text, and what is in them. */
export class Manifests {
  readonly text: string;
  readonly things: readonly Thing[];

  constructor(text: string) {
    this.text = text;
    const documents = parseAllDocuments(text);
    this.things = documents.flatMap((document) => {
      if (document.errors.length > 0) throw new Error(`${document.errors.join('\n')}\n${text}`);
      return (document.toJS() as Thing | null) ?? [];
    });
  }

  of(...kinds: readonly string[]): Thing[] {
    return this.things.filter(({ kind }) => kinds.includes(kind));
  }

  one(kind: string, name: string): Thing {
    const [found, other] = this.of(kind).filter(({ metadata }) => metadata.name === name);
    if (!found || other) throw new Error(`not one ${kind} ${name}`);
    return found;
  }

  /** All that make pods, with the pod they make. */
  get pods(): { readonly thing: Thing; readonly labels: Labels; readonly pod: Pod }[] {
    return this.things.flatMap((thing) => {
      const template = thing.spec?.template;
      return template ? [{ thing, labels: template.metadata.labels, pod: template.spec }] : [];
    });
  }

  /** The containers that run the project's own image, those first that run before all else. */
  get processes(): { readonly container: Container; readonly before: boolean; readonly pod: Pod }[] {
    return this.pods
      .filter(({ labels }) => labels.tier === 'process')
      .flatMap(({ thing, pod }) => [
        ...(pod.initContainers ?? []).map((container) => ({ container, before: true, pod })),
        ...pod.containers.map((container) => ({ container, before: thing.kind === 'Job', pod })),
      ])
      .sort((a, b) => Number(b.before) - Number(a.before));
  }

  selected(selector: Selector | undefined): Labels[] {
    const wanted = Object.entries(selector?.matchLabels ?? {});
    return this.pods
      .map(({ labels }) => labels)
      .filter((labels) => wanted.every(([name, value]) => labels[name] === value));
  }
}

export const containersOf = (pod: Pod): Container[] => [...(pod.initContainers ?? []), ...pod.containers];

export async function kustomize(folder: string): Promise<Manifests> {
  const program = await goTool('kustomize', 'sigs.k8s.io/kustomize/kustomize/v5@v5.8.2');
  return new Manifests((await must(program, ['build', folder])).stdout);
}

export const findHelm = (): Promise<string> => goTool('helm', 'helm.sh/helm/v4/cmd/helm@v4.3.1');

export async function helm(folder: string, sets: readonly string[] = []): Promise<Manifests> {
  const args = sets.flatMap((set) => ['--set', set]);
  return new Manifests((await must(await findHelm(), ['template', 'a-release', folder, ...args])).stdout);
}

/** What Helm's own check finds in charts, given as folders. */
export const chartFaults: Faults = async (folders) => faultsBy(await findHelm(), ['lint', '--strict'], folders);

/** What kube-score holds against them; what it is not asked about has its reason here. */
export async function score(manifests: Manifests, folder: string): Promise<string[]> {
  const program = await goTool('kube-score', 'github.com/zegl/kube-score/cmd/kube-score@v1.20.0');
  const file = join(folder, 'scored.yaml');
  writeFileSync(file, manifests.text);
  const ignored = [
    // A tag is never given twice; to ask the registry at each start would tie a restart to it.
    'container-image-pull-policy',
    // The users of foreign images are low; ours are looked at here.
    'container-security-context-user-group-id',
  ];
  const ran = await run(program, [
    'score',
    '--output-format',
    'ci',
    ...ignored.flatMap((one) => ['--ignore-test', one]),
    file,
  ]);
  if (!ran.stdout.includes('[OK]')) throw new Error(`kube-score did not look: ${ran.output}`);
  return ran.stdout.split('\n').filter((line) => line.startsWith('[CRITICAL]'));
}

/** A quantity of Kubernetes as a number. */
export function quantity(text: string): number {
  const [, digits, unit = ''] = /^(\d+)(m|Mi|Gi)?$/.exec(text) ?? [];
  if (digits === undefined) throw new Error(`${text} is no quantity`);
  return Number(digits) * ({ '': 1, m: 0.001, Mi: 2 ** 20, Gi: 2 ** 30 }[unit] ?? Number.NaN);
}
