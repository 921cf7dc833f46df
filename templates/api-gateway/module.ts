import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'api-gateway',
  kind: 'platform',
  category: 'central',
  title: 'API gateway',
  summary: 'One entry with routing, limits and policies.',
  status: 'planned',
});
