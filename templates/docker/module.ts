import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'docker',
  kind: 'component',
  category: 'delivery',
  title: 'Docker',
  summary: 'A small image and compose files.',
  status: 'available',
});
