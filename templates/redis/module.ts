import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'redis',
  kind: 'component',
  category: 'data',
  title: 'Redis',
  summary: 'One pooled client for queues, caches and limits.',
  status: 'planned',
});
