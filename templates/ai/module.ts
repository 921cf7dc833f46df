import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'ai',
  kind: 'service',
  category: 'ai',
  title: 'AI',
  summary: 'Chat and completions from hosted or local models.',
  status: 'planned',
  requires: [
    { need: 'backend', because: 'its routes stream answers' },
    { need: 'worker', because: 'long requests run in the background' },
  ],
});
