import { defineFacts, dependency } from '#core/facts.ts';
import { health, lifespan, prepare } from '../backend/kinds.ts';
import { container, fixture, preparation, setting, settings } from '../base/kinds.ts';
import { card } from '../dashboard/kinds.ts';
import { secret, server } from '../docker/kinds.ts';
import { workflowService } from '../github/kinds.ts';
import { clusterServer } from '../kubernetes/kinds.ts';
import { tracedClient } from '../observability/kinds.ts';
import module from './module.ts';

const GROUP = 'Redis';
const IMAGE = 'redis:8.2';
const PASSWORD = 'REDIS_PASSWORD=${REDIS_PASSWORD:?stands in .env}';
// A second dollar, or compose would fill it in itself.
const START = 'exec redis-server --requirepass "$$REDIS_PASSWORD"';
// Read from what is said to it, and not as an argument, which whoever sees the machine's processes would see.
const START_FROM_FILE = (keeping: string): string =>
  `exec redis-server - ${keeping} <<END\nrequirepass $$(cat /run/secrets/REDIS_PASSWORD)\nEND`;
const KEEPING = { aof: '--appendonly yes', memory: "--save '' --appendonly no" };

const volumesOf = (persistence: keyof typeof KEEPING) => ({
  volumes: persistence === 'aof' ? ['redis:/data'] : [],
  volumeNames: persistence === 'aof' ? ['redis'] : [],
});

export default defineFacts(module, (options) => [
  // Its asynchronous client is part of it; hiredis is left out, which saves a compiled package.
  dependency({ name: 'redis' }),

  ...settings({ module: 'app.core.redis', name: 'RedisSettings' }),
  ...lifespan({ module: 'app.core.redis', name: 'redis_lifespan' }),
  ...health({ module: 'app.core.redis', name: 'check_redis', part: 'redis' }),
  ...card({ module: 'app.core.redis_card', name: 'redis_card', part: 'redis' }),
  ...prepare({ module: 'app.core.redis', name: 'prepare_redis' }),
  tracedClient({ module: 'app.core.redis' }),
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
      deployed: 'redis://redis:6379/0',
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
  ...secret({
    name: 'REDIS_PASSWORD',
    value: '',
    comment: 'the password that goes into REDIS_URL, here and in compose.yaml',
    group: GROUP,
    secret: '32',
  }),
  ...options.with('persistence', (persistence) => [
    clusterServer({
      name: 'redis',
      image: IMAGE,
      port: '6379',
      user: '999',
      command: ['sh', '-c', `exec redis-server --requirepass "$REDIS_PASSWORD" ${KEEPING[persistence]}`],
      password: 'REDIS_PASSWORD',
      secret: 'REDIS_PASSWORD',
      folder: '/data',
      room: persistence === 'aof' ? '2Gi' : '',
      check: 'REDISCLI_AUTH="$REDIS_PASSWORD" redis-cli ping | grep -q PONG',
    }),
  ]),
  ...(['aof', 'memory'] as const).flatMap((persistence) =>
    options.when(
      'persistence',
      [persistence],
      [
        server({
          name: 'redis',
          image: IMAGE,
          user: 'redis',
          secret: 'REDIS_PASSWORD',
          environment: [],
          command: ['sh', '-c', START_FROM_FILE(KEEPING[persistence])],
          ...volumesOf(persistence),
          scratch: ['/tmp'],
          health: 'REDISCLI_AUTH="$$(cat /run/secrets/REDIS_PASSWORD)" redis-cli ping | grep -q PONG',
          grace: '30',
        }),
        ...options.with('port', (port) =>
          container({
            name: 'redis',
            image: IMAGE,
            ports: [`127.0.0.1:${port}:6379`],
            environment: [PASSWORD],
            command: ['sh', '-c', `${START} ${KEEPING[persistence]}`],
            ...volumesOf(persistence),
            health: 'REDISCLI_AUTH="$$REDIS_PASSWORD" redis-cli ping | grep -q PONG',
          }),
        ),
      ],
    ),
  ),
]);
