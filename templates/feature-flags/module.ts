import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'feature-flags',
  kind: 'platform',
  category: 'central',
  title: 'Feature flags',
  summary: 'Gradual roll-outs and experiments.',
  status: 'planned',
});
