/** What manifests have to be beside what Kubernetes takes: as safe as it demands at most, and whole in themselves. */
import { expect } from 'vitest';
import { containersOf, type Manifests, quantity, type Thing } from './manifests.ts';

/** The restricted Pod Security Standard, and more. */
export function isRestricted(manifests: Manifests): void {
  expect(manifests.pods.length).toBeGreaterThan(0);
  for (const { thing, pod } of manifests.pods) {
    const { securityContext } = pod;
    expect([pod.hostNetwork, pod.hostPID, pod.hostIPC]).toEqual([undefined, undefined, undefined]);
    expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(securityContext.runAsUser).toBeGreaterThan(thing.kind === 'StatefulSet' ? 0 : 10_000);
    for (const volume of pod.volumes) expect(volume.emptyDir ?? volume.persistentVolumeClaim).toBeDefined();
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(manifests.one('ServiceAccount', pod.serviceAccountName).automountServiceAccountToken).toBe(false);
    for (const { securityContext: own, volumeMounts } of containersOf(pod)) {
      expect(own).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(volumeMounts.map(({ mountPath }) => mountPath)).toContain('/tmp');
    }
  }
}

/** Labels, ports, volumes, names and amounts that speak of each other. */
export function holdsTogether(manifests: Manifests): void {
  const names = manifests.things.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  expect(names).toEqual([...new Set(names)]);
  for (const { thing, labels, pod } of manifests.pods) {
    if (thing.kind !== 'Job') {
      expect(labels).toMatchObject(thing.spec.selector?.matchLabels ?? { none: 'selected' });
      expect(manifests.selected(thing.spec.selector)).toHaveLength(1);
    }
    const volumes = [
      ...pod.volumes.map(({ name }) => name),
      ...(thing.spec.volumeClaimTemplates ?? []).map(({ metadata }) => metadata.name),
    ];
    for (const { persistentVolumeClaim: claim } of pod.volumes)
      if (claim) manifests.one('PersistentVolumeClaim', claim.claimName);
    for (const container of containersOf(pod)) {
      const { volumeMounts, resources, ports = [] } = container;
      expect(volumes).toEqual(expect.arrayContaining(volumeMounts.map(({ name }) => name)));
      for (const { subPath } of volumeMounts) expect(subPath ?? '').not.toMatch(/^\/|\.\./);
      expect(container.image).toMatch(/:\d/);
      expect(Object.keys(resources.requests)).toEqual(Object.keys(resources.limits));
      for (const [what, request] of Object.entries(resources.requests))
        expect(quantity(request)).toBeLessThanOrEqual(quantity(resources.limits[what] ?? '0'));
      for (const probe of [container.startupProbe, container.livenessProbe, container.readinessProbe]) {
        const port = probe?.httpGet?.port ?? probe?.tcpSocket?.port;
        if (port) expect(ports.map(({ name }) => name)).toContain(port);
      }
    }
  }
  for (const { metadata, spec } of manifests.of('Service')) {
    const served = manifests.pods.filter(({ labels }) =>
      Object.entries(spec.selector ?? { none: 'selected' }).every(([name, value]) => labels[name] === String(value)),
    );
    expect(served, metadata.name).toHaveLength(1);
    for (const { port, targetPort } of spec.ports ?? []) {
      const there = served.flatMap(({ pod }) => pod.containers.flatMap(({ ports }) => ports ?? []));
      expect(there.filter(({ name }) => name === targetPort).map(({ containerPort }) => containerPort)).toEqual([port]);
    }
  }
  for (const { metadata, spec } of manifests.of('PodDisruptionBudget'))
    expect(manifests.selected(spec.selector), metadata.name).toHaveLength(1);
  for (const { spec } of manifests.of('HorizontalPodAutoscaler')) {
    const { kind = '', name = '' } = spec.scaleTargetRef ?? {};
    expect(manifests.one(kind, name).spec.replicas, 'two would turn the same knob').toBeUndefined();
    expect(spec.minReplicas).toBeLessThanOrEqual(spec.maxReplicas ?? 0);
  }
  for (const { metadata, spec } of manifests.of('NetworkPolicy')) {
    const chosen = manifests.selected(spec.podSelector);
    expect(chosen.length, metadata.name).toBeGreaterThan(0);
    const peers = [
      ...(spec.ingress ?? []).map(({ from, ports }) => ({ peers: from, ports })),
      ...(spec.egress ?? []).map(({ to, ports }) => ({ peers: to, ports })),
    ];
    for (const { peers: pods, ports } of peers)
      for (const { podSelector, namespaceSelector } of pods ?? []) {
        if (!podSelector || namespaceSelector) continue;
        expect(manifests.selected(podSelector).length, metadata.name).toBeGreaterThan(0);
        expect(ports.length).toBeGreaterThan(0);
      }
  }
  // A server that processes are told of by its name has a service of that name and port.
  for (const value of Object.values(manifests.of('ConfigMap')[0]?.data ?? {})) {
    const [, host, port] = /^[a-z+]+:\/\/(?:[^@/]*@)?([a-z]+):(\d+)/.exec(value) ?? [];
    if (!manifests.of('StatefulSet').some(({ metadata }) => metadata.name === host)) continue;
    expect(manifests.one('Service', host ?? '').spec.ports?.map((one) => one.port)).toEqual([Number(port)]);
  }
}

/** In the order of the ports of their metrics. */
const OBSERVED = ['app', 'worker', 'scheduler'];

/** Prometheus reaches the metrics of every process that runs on where it is to fetch them, and nothing else. */
export function letPrometheusIn(manifests: Manifests): void {
  const policies = manifests.of('NetworkPolicy');
  if (policies.length === 0) return;
  const first = manifests.of('ConfigMap')[0]?.data?.OTEL_EXPORTER_PROMETHEUS_PORT;
  for (const { thing, labels, pod } of manifests.pods) {
    if (thing.kind === 'Job') continue;
    const isFor = ({ spec }: Thing): boolean =>
      Object.entries(spec.podSelector?.matchLabels ?? { none: 'selected' }).every(
        ([name, value]) => labels[name] === value,
      );
    const open = policies
      .filter(isFor)
      .flatMap(({ spec }) => spec.ingress ?? [])
      .filter(({ from }) => from?.some(({ namespaceSelector }) => namespaceSelector))
      .flatMap(({ ports }) => ports.map(({ port }) => port));
    const told = labels.tier === 'process' && first !== undefined ? pod.containers.map(({ name }) => name) : [];
    expect(open.sort(), thing.metadata.name).toEqual(told.map((name) => Number(first) + OBSERVED.indexOf(name)).sort());
  }
}
