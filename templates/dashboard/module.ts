import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'dashboard',
  kind: 'component',
  category: 'operations',
  title: 'Dashboard',
  summary: 'A page with a live card for every part: how it is, how fast it answers, and what matters there.',
  status: 'available',
  options: {
    auth: {
      kind: 'link',
      title: 'For admins',
      summary: 'Only admins see it. Without this it is shown in development only, and production has no such page.',
      target: 'auth',
      because: 'only admins see it',
      options: { level: 'rbac' },
      default: false,
    },
  },
  requires: [
    { need: 'backend', because: 'it asks there how the parts are' },
    { need: 'frontend', because: 'it is a page there' },
  ],
});
