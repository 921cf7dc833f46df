import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'worker',
  kind: 'component',
  category: 'background',
  title: 'Worker',
  summary: 'Background tasks with retries, time limits and a dead-letter place.',
  status: 'available',
  options: {
    concurrency: {
      kind: 'text',
      title: 'Tasks at once',
      summary: 'How many one process runs side by side; more processes run more.',
      maxLength: 4,
      range: { from: 1, to: 1000 },
      default: '10',
    },
  },
  requires: [
    { need: 'redis', because: 'tasks wait in a stream there', options: { persistence: 'aof' } },
    { need: 'database', because: 'a task keeps its effect and the note that it is done in one transaction' },
  ],
});
