import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'kubernetes',
  kind: 'component',
  category: 'delivery',
  title: 'Kubernetes',
  summary: 'Manifests with probes, limits and a migration job.',
  status: 'planned',
  requires: [{ need: 'docker', because: 'it deploys the image' }],
});
