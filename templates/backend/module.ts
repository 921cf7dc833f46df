import { defineModule } from '#core/module.ts';

export default defineModule({
  id: 'backend',
  kind: 'component',
  category: 'application',
  title: 'Backend',
  summary: 'FastAPI with health endpoints, structured errors and security headers.',
  status: 'available',
  always: true,
  requires: [{ need: 'base', because: 'it runs on the project skeleton' }],
});
