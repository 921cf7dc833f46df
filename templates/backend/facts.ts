import { defineFacts, dependency } from '#core/facts.ts';
import { endpoint, fixture, target } from '../base/kinds.ts';
import { card } from '../dashboard/kinds.ts';
import { process } from '../docker/kinds.ts';
import { observed } from '../observability/kinds.ts';
import { reserved } from './kinds.ts';
import module from './module.ts';

export default defineFacts(module, () => [
  dependency({ name: 'fastapi' }),
  dependency({ name: 'starlette' }),
  // Without websockets uvicorn speaks no WebSocket, and pages hang on their splash screen.
  dependency({ name: 'uvicorn' }),
  dependency({ name: 'websockets' }),
  dependency({ name: 'httpx2', group: 'dev' }),

  ...target({
    module: 'app.components.backend.server',
    name: 'serve',
    target: 'serve',
    comment: 'run the app; HOST and PORT move it',
  }),
  process({
    name: 'app',
    command: ['app', 'serve'],
    port: '8000',
    live: '/health/live',
    ready: '/health/ready',
    grace: '10',
  }),
  ...observed('app', 0),
  ...['/api', '/docs', '/health', '/metrics', '/openapi.json', '/redoc', '/.well-known'].map((prefix) =>
    reserved({ prefix }),
  ),
  endpoint({ method: 'GET', path: '/health/live', summary: 'the process answers' }),
  endpoint({
    method: 'GET',
    path: '/health/ready',
    summary: 'all it depends on answers too; 503 names the part that does not',
  }),
  fixture({ module: 'tests.plugins.backend' }),
  ...card({ module: 'app.components.backend.card', name: 'app_card', part: 'application' }),
]);
