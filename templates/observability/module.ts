import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'observability',
  kind: 'component',
  category: 'operations',
  title: 'Observability',
  summary: 'Traces, metrics and structured logs.',
  status: 'planned',
});
