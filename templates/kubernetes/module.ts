import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'kubernetes',
  kind: 'component',
  category: 'delivery',
  title: 'Kubernetes',
  summary: 'Manifests with probes, limits and a migration job.',
  status: 'available',
  options: {
    flavour: {
      kind: 'choice',
      title: 'Flavour',
      summary: 'What the manifests are put together with.',
      values: [
        { id: 'kustomize', title: 'Kustomize', summary: 'Plain manifests; kubectl applies them.' },
        { id: 'helm', title: 'Helm', summary: 'A chart with values and a schema for them.' },
      ],
      default: 'kustomize',
    },
    replicas: {
      kind: 'text',
      title: 'Replicas',
      summary: 'How many pods each process begins with, where several may run at once.',
      maxLength: 2,
      range: { from: 1, to: 10 },
      default: '1',
    },
    autoscaling: {
      kind: 'toggle',
      title: 'Autoscaling',
      summary: 'More pods of the app, up to ten, while the processors are busy.',
      default: false,
    },
  },
  requires: [{ need: 'docker', because: 'it deploys the image' }],
  conflicts: [
    {
      module: 'database',
      because: 'pods cannot share an SQLite file, so there can only be one of them; PostgreSQL serves many',
      when: { option: 'replicas', is: ['2', '3', '4', '5', '6', '7', '8', '9', '10'] },
      unless: { option: 'engine', is: ['postgres'] },
    },
    {
      module: 'database',
      because: 'pods cannot share an SQLite file, so their number stays at one; PostgreSQL serves many',
      when: { option: 'autoscaling', is: [true] },
      unless: { option: 'engine', is: ['postgres'] },
    },
  ],
});
