import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'redis',
  kind: 'component',
  category: 'data',
  title: 'Redis',
  summary: 'One pooled client for queues, caches and limits.',
  status: 'available',
  options: {
    persistence: {
      kind: 'choice',
      title: 'Persistence',
      summary: 'What its container keeps when it is started anew.',
      values: [
        { id: 'aof', title: 'Append-only file', summary: 'All but the last second; queues need it.' },
        { id: 'memory', title: 'Memory', summary: 'Nothing; enough for a cache.' },
      ],
      default: 'aof',
    },
    port: {
      kind: 'text',
      title: 'Port',
      summary: 'Where it answers on your machine.',
      maxLength: 5,
      range: { from: 1, to: 65535 },
      default: '6379',
    },
  },
  requires: [{ need: 'backend', because: 'its client is opened and closed there, and its health is reported there' }],
});
