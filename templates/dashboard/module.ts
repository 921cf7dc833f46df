import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'dashboard',
  kind: 'component',
  category: 'operations',
  title: 'Dashboard',
  summary: 'A live card for every part of the project.',
  status: 'planned',
  requires: [{ need: 'frontend', because: 'it is a page there' }],
});
