import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'worker',
  kind: 'component',
  category: 'background',
  title: 'Worker',
  summary: 'Background tasks with retries and a dead-letter place.',
  status: 'planned',
  requires: [{ need: 'redis', because: 'tasks wait in a stream there' }],
});
