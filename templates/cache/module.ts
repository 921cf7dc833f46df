import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'cache',
  kind: 'component',
  category: 'data',
  title: 'Cache',
  summary: 'Answers kept for a while, made once however many ask, with versioned keys.',
  status: 'available',
  options: {
    backend: {
      kind: 'choice',
      title: 'Where values are kept',
      summary: 'Whether all processes share what one of them has made.',
      values: [
        { id: 'redis', title: 'Redis', summary: 'One cache for all processes.' },
        { id: 'memory', title: 'Memory', summary: 'Each process its own; needs no server.' },
      ],
      default: 'redis',
    },
  },
  requires: [
    { need: 'backend', because: 'it shares the settings and the log of the app' },
    {
      need: 'redis',
      because: 'all processes share its values there',
      when: { option: 'backend', is: ['redis'] },
    },
  ],
});
