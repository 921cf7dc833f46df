import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'notification-service',
  kind: 'platform',
  category: 'central',
  title: 'Notification service',
  summary: 'Mail, SMS and push from one place.',
  status: 'planned',
});
