import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'github',
  kind: 'component',
  category: 'delivery',
  title: 'Workflows',
  summary: 'On GitHub: style, types and tests on every push, and updates of what the project depends on.',
  status: 'available',
});
