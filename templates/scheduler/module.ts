import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'scheduler',
  kind: 'component',
  category: 'background',
  title: 'Scheduler',
  summary: 'Jobs at fixed times, in a process of their own.',
  status: 'planned',
});
