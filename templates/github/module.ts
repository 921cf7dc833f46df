import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'github',
  kind: 'component',
  category: 'delivery',
  title: 'GitHub workflows',
  summary: 'Lint, types, tests and image builds on every push.',
  status: 'planned',
});
