import { defineFacts, dependency } from '#core/facts.ts';
import { health, lifespan, prepare } from '../backend/kinds.ts';
import { container, fixture, preparation, setting, settings } from '../base/kinds.ts';
import { card } from '../dashboard/kinds.ts';
import { workflowService } from '../github/kinds.ts';
import module from './module.ts';

const GROUP = 'Redis';
const IMAGE = 'redis:8.2';
const PASSWORD = 'REDIS_PASSWORD=${REDIS_PASSWORD:?stands in .env}';
// A second dollar, or compose would fill it in itself.
const START = 'exec redis-server --requirepass "$$REDIS_PASSWORD"';
const KEEPING = { aof: '--appendonly yes', memory: "--save '' --appendonly no" };

export default defineFacts(module, (options) => [
  // Its asynchronous client is part of it; hiredis is left out, which saves a compiled package.
  dependency({ name: 'redis' }),

  ...settings({ module: 'app.core.redis', name: 'RedisSettings' }),
  ...lifespan({ module: 'app.core.redis', name: 'redis_lifespan' }),
  ...health({ module: 'app.core.redis', name: 'check_redis', part: 'redis' }),
  ...card({ module: 'app.core.redis_card', name: 'redis_card', part: 'redis' }),
  ...prepare({ module: 'app.core.redis', name: 'prepare_redis' }),
  fixture({ module: 'tests.plugins.redis' }),
  workflowService({
    name: 'redis',
    image: IMAGE,
    port: '6379',
    environment: [],
    health: 'redis-cli ping',
    variable: 'TEST_REDIS_URL',
    url: 'redis://localhost:6379/0',
  }),

  ...options.with('port', (port) => [
    setting({
      name: 'REDIS_URL',
      value: `redis://localhost:${port}/0`,
      comment: 'the server, without the password; rediss:// for TLS',
      group: GROUP,
    }),
    preparation({
      title: 'Redis',
      lines: [
        'The app uses the server that `REDIS_URL` names, with the password that was made for this project and stands in `.env`.',
        'Where there is no container engine to run one, install it and start one for this project:',
        '',
        '```sh',
        'sudo apt-get install redis-server    # macOS: brew install redis',
        `redis-server --daemonize yes --port ${port} --requirepass "$(sed -n s/^REDIS_PASSWORD=//p .env)"`,
        '```',
        '',
        "`make test` needs neither: it uses `TEST_REDIS_URL` where that is set, and otherwise starts the machine's own Redis on a free port, for the tests alone.",
      ],
    }),
  ]),
  setting({
    name: 'REDIS_PASSWORD',
    value: '',
    comment: 'the password that goes into REDIS_URL, here and in compose.yaml',
    group: GROUP,
    secret: '32',
  }),
  ...(['aof', 'memory'] as const).flatMap((persistence) =>
    options.when(
      'persistence',
      [persistence],
      options.with('port', (port) =>
        container({
          name: 'redis',
          image: IMAGE,
          ports: [`127.0.0.1:${port}:6379`],
          environment: [PASSWORD],
          command: ['sh', '-c', `${START} ${KEEPING[persistence]}`],
          volumes: persistence === 'aof' ? ['redis:/data'] : [],
          volumeNames: persistence === 'aof' ? ['redis'] : [],
          health: 'REDISCLI_AUTH="$$REDIS_PASSWORD" redis-cli ping | grep -q PONG',
        }),
      ),
    ),
  ),
]);
