import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'frontend',
  kind: 'component',
  category: 'application',
  title: 'Frontend',
  summary: 'Flet pages, served by the same app.',
  status: 'available',
  always: true,
  requires: [{ need: 'backend', because: 'its pages are mounted in that app' }],
});
