import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'config-service',
  kind: 'platform',
  category: 'central',
  title: 'Config service',
  summary: 'Settings that change without a deployment.',
  status: 'planned',
});
