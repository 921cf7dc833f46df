import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'ingress',
  kind: 'component',
  category: 'delivery',
  title: 'Ingress',
  summary: 'TLS, redirects and rate limits ahead of the app.',
  status: 'planned',
});
