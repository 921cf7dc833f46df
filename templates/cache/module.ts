import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'cache',
  kind: 'component',
  category: 'data',
  title: 'Cache',
  summary: 'Cached answers with versioned keys and stampede protection.',
  status: 'planned',
});
