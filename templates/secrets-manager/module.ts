import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'secrets-manager',
  kind: 'platform',
  category: 'central',
  title: 'Secrets manager',
  summary: 'Secrets stored, leased and rotated in one place.',
  status: 'planned',
});
