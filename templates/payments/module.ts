import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'payments',
  kind: 'service',
  category: 'payments',
  title: 'Payments',
  summary: 'Checkout, subscriptions and webhooks.',
  status: 'planned',
  requires: [
    { need: 'backend', because: 'webhooks come in over HTTP' },
    { need: 'database', because: 'payments and their states are stored' },
  ],
});
