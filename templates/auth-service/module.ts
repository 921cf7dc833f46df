import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'auth-service',
  kind: 'platform',
  category: 'central',
  title: 'Auth service',
  summary: 'One sign-in for several projects, by OpenID Connect.',
  status: 'planned',
});
